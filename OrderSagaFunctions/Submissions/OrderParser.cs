using System.Text.Json;
using System.Text.RegularExpressions;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using Sagas.Fields;

namespace OrderSagaFunctions.Submissions;

/// <summary>Turns a submitted JSON order, in snake case or camel case, into an <see cref="Order"/> or into the list of what is wrong with it.</summary>
internal static partial class OrderParser
{
    /// <summary>The rule of a new order's id, for messages.</summary>
    public const string IdRule =
        $"1 to 64 characters of A-Z a-z 0-9 - _, and none of counts, stuck, {DeliverNotifications.InstanceId}, redrive-… and …-recovery-N";

    /// <summary>Parses and validates an order.</summary>
    /// <param name="json">The request's body.</param>
    /// <param name="defaultCurrency">The currency of an order that names none.</param>
    /// <param name="errors">Receives every mistake found.</param>
    /// <returns>The order, or null where there are errors.</returns>
    public static Order? Parse(JsonElement json, string defaultCurrency, List<FieldError> errors)
    {
        var fields = new JsonFields(json, string.Empty, errors);
        var orderId = fields.RequiredText("order_id", IsFreeOrderId, IdRule);
        var customerId = fields.RequiredText("customer_id", OrderLimits.IsItemOrCustomerId, OrderLimits.ItemOrCustomerIdRule);
        var currency = fields.OptionalText("currency", IsCurrency, Currencies.Rule) ?? defaultCurrency;
        var country = fields.OptionalText("ship_to_country", OrderLimits.IsCountry, OrderLimits.CountryRule);
        var date = ReadDate(fields);
        var lines = ReadLines(fields, currency, errors);
        fields.RefuseMisspelt();
        if (errors.Count > 0)
        {
            return null;
        }

        var order = new Order(orderId!, date, customerId!, currency, country, lines);
        RefuseTooLarge(order, fields);
        return errors.Count == 0 ? order : null;
    }

    private static bool IsFreeOrderId(string text) => OrderLimits.IsOrderId(text) && !TakenId().IsMatch(text);

    private static bool IsCurrency(string text) => Currencies.DigitsOf(text) is not null;

    private static DateTimeOffset? ReadDate(JsonFields fields)
    {
        DateTimeOffset date = default;
        return fields.OptionalText("order_date", value => IsoTime.TryParse(value, out date), IsoTime.Rule) is null ? null : date;
    }

    private static List<OrderLine> ReadLines(JsonFields order, string currency, List<FieldError> errors)
    {
        var lines = new List<OrderLine>();
        if (order.Find("items") is not { ValueKind: JsonValueKind.Array } items || items.GetArrayLength() is 0 or > OrderLimits.Lines)
        {
            order.Refuse("items", $"an array of 1 to {OrderLimits.Lines} lines");
            return lines;
        }

        foreach (var item in items.EnumerateArray())
        {
            var path = $"items[{lines.Count}]";
            var fields = new JsonFields(item, path, errors);
            if (!fields.IsObject)
            {
                errors.Add(new FieldError(path, "an object with item_id, qty and unit_price", JsonFields.Describe(item)));
                return lines;
            }

            lines.Add(ReadLine(fields, currency));
        }

        return lines;
    }

    private static OrderLine ReadLine(JsonFields fields, string currency)
    {
        var itemId = fields.RequiredText("item_id", OrderLimits.IsItemOrCustomerId, OrderLimits.ItemOrCustomerIdRule);
        var quantity = fields.RequiredInteger("qty", 1, OrderLimits.Quantity);
        var description = fields.OptionalText(
            "description",
            static text => HumanText.IsWithin(text, OrderLimits.DescriptionLength) && !text.Any(char.IsControl),
            OrderLimits.DescriptionRule);
        var price = ReadPrice(fields, currency);
        fields.RefuseMisspelt();
        return new OrderLine(itemId ?? string.Empty, quantity ?? 0, description, price);
    }

    private static long ReadPrice(JsonFields fields, string currency)
    {
        if (fields.Find("unit_price") is { ValueKind: JsonValueKind.Number } value
            && Money.TryParse(value.GetRawText(), currency, out var price)
            && price.Minor >= 0)
        {
            return price.Minor;
        }

        fields.Refuse("unit_price", $"a number from 0 to {Currencies.LargestAmount} with at most {Currencies.DigitsOf(currency) ?? 2} decimals ({currency})");
        return 0;
    }

    private static void RefuseTooLarge(Order order, JsonFields fields)
    {
        // Summed as decimal: a hundred lines within their own limits can overflow the 64-bit count of minor units.
        var total = order.Lines.Sum(line => (decimal)line.Quantity * line.UnitPriceMinor);
        if (total > Money.LargestOf(order.Currency)!.Value.Minor)
        {
            fields.Refuse("items", $"a total of at most {Currencies.LargestAmount} {order.Currency}");
        }
        else if (OrderRows.WriteLines(order.Lines).Length > OrderLimits.StoredLinesLength)
        {
            fields.Refuse("items", $"lines that take at most {OrderLimits.StoredLinesLength} characters of JSON; shorten the descriptions");
        }
    }

    // 'orders/counts' and 'orders/stuck' tell of all orders; under the others the app runs orchestrations of its own.
    [GeneratedRegex($"^(counts|stuck|{DeliverNotifications.InstanceId}|redrive-.*|.*-recovery-[0-9]+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TakenId();
}
