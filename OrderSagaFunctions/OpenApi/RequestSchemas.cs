using Microsoft.OpenApi;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Submissions;
using Sagas;
using Sagas.Fields;

namespace OrderSagaFunctions.OpenApi;

/// <summary>
/// The schemas of requests' bodies. The app reads these field by field and not into a type, so they are written here, with the
/// limits and the rules of the code that reads them.
/// </summary>
internal static class RequestSchemas
{
    /// <summary>What the schema of an order is called.</summary>
    public const string Order = "NewOrder";

    /// <summary>What the schema of an order's line is called.</summary>
    public const string Line = "NewOrderLine";

    /// <summary>What the schema of an action's note is called.</summary>
    public const string Note = "Note";

    /// <summary>What the schema of a note with its reason is called.</summary>
    public const string ReasonedNote = "ReasonedNote";

    /// <summary>What the schema of a reviewer's decision is called.</summary>
    public const string Decision = "NewDecision";

    /// <summary>What the schema of a body without fields is called.</summary>
    public const string Nothing = "Nothing";

    /// <summary>What the schema of an item's stock is called.</summary>
    public const string Stock = "NewStock";

    /// <summary>The pattern of an item's or a customer's id.</summary>
    public static string ItemOrCustomerIdPattern => IdPattern("_.:@");

    /// <summary>The pattern of a location's name.</summary>
    private const string LocationPattern = "^[a-z0-9-]{1,32}$";

    private const string CountryPattern = "^[A-Z]{2}$";
    private const string CurrencyPattern = "^[A-Z]{3}$";

    /// <summary>Adds them all to a document.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Order, Open(
            "An order. Each name may also be in camel case (orderId), but not in both forms. Fields that are not known are passed over, unless they have the letters of one that is.",
            ("order_id", Text(OrderParser.IdRule, IdPattern("_")), true),
            ("order_date", Optional(Text($"When the customer placed it: {IsoTime.Rule}")), false),
            ("customer_id", Text(OrderLimits.ItemOrCustomerIdRule, ItemOrCustomerIdPattern), true),
            ("currency", Optional(Text($"{Currencies.Rule} that has a minor unit; without it, that of Orders__DefaultCurrency", CurrencyPattern)), false),
            ("ship_to_country", Optional(Text(OrderLimits.CountryRule, CountryPattern)), false),
            ("items", Lines(document), true)));
        document.AddComponent(Line, Open(
            "A line of an order.",
            ("item_id", Text(OrderLimits.ItemOrCustomerIdRule, ItemOrCustomerIdPattern), true),
            ("qty", Whole("A whole number, however it is written: 2, 2.0 and 20e-1 are the same", 1, OrderLimits.Quantity), true),
            ("description", Optional(Text(OrderLimits.DescriptionRule, longest: OrderLimits.DescriptionLength)), false),
            ("unit_price", Price(), true)));
        document.AddComponent(Note, Closed("Who acts, and why. It is kept with what is done.", By(), ("reason", Optional(Reason()), false)));
        document.AddComponent(ReasonedNote, Closed("Who acts, and why. It is kept with what is done.", By(), ("reason", Reason(), true)));
        document.AddComponent(Nothing, Closed("An object without fields."));
        document.AddComponent(Decision, Closed(
            "What a reviewer decides.",
            ("approved", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether the order may go on" }, true),
            ("reviewer", Optional(Name($"{PersonName.Rule}; needed where the host has authenticated nobody")), false),
            ("comment", Optional(Text(ReviewAnswer.CommentRule, longest: ReviewAnswer.LongestComment)), false)));
        document.AddComponent(Stock, Closed(
            "How many pieces of an item there are to be reserved, and where.",
            ("quantity", Whole("A whole number", 0, OrderLimits.Stock), true),
            ("location", Optional(Text($"{Locations.NameRule}; without it the item stays where it is, and a new one is in {Locations.Default}", LocationPattern)), false)));
    }

    /// <summary>A text.</summary>
    public static OpenApiSchema Text(string rule, string? pattern = null, int? longest = null) =>
        new() { Type = JsonSchemaType.String, Description = rule, Pattern = pattern, MaxLength = longest };

    /// <summary>A whole number.</summary>
    public static OpenApiSchema Whole(string rule, long least, long most) =>
        new() { Type = JsonSchemaType.Integer, Description = rule, Minimum = Write(least), Maximum = Write(most) };

    /// <summary>The pattern of an id, in which these characters are allowed beside letters, digits and hyphens.</summary>
    public static string IdPattern(string others) => $"^[A-Za-z0-9{others}-]{{1,{Write(OrderLimits.IdLength)}}}$";

    private static OpenApiSchema Lines(OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Array,
        Description = $"1 to {OrderLimits.Lines} lines, an item as often as wanted; a total of at most {Currencies.LargestAmount}, and {OrderLimits.StoredLinesLength} characters as stored",
        MinItems = 1,
        MaxItems = OrderLimits.Lines,
        Items = new OpenApiSchemaReference(Line, document),
    };

    private static OpenApiSchema Price() => new()
    {
        Type = JsonSchemaType.Number,
        Description = "In major units of the order's currency, with its decimals at most",
        Minimum = Write(0),
        Maximum = Write(Currencies.LargestAmount),
    };

    private static (string Name, OpenApiSchema Schema, bool IsRequired) By() =>
        ("by", Optional(Name($"{PersonName.Rule}; where the host has authenticated a person, for whom that one acts")), false);

    private static OpenApiSchema Name(string rule) => Text(rule, longest: PersonName.Longest);

    private static OpenApiSchema Reason() => Text(OperatorNote.ReasonRule, longest: OperatorNote.LongestReason);

    // Null counts as absent.
    private static OpenApiSchema Optional(OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        return schema;
    }

    private static OpenApiSchema Closed(string description, params (string Name, OpenApiSchema Schema, bool IsRequired)[] fields)
    {
        var schema = Open($"{description} Any other field is refused.", fields);
        schema.AdditionalPropertiesAllowed = false;
        return schema;
    }

    private static OpenApiSchema Open(string description, params (string Name, OpenApiSchema Schema, bool IsRequired)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = fields.Where(static field => field.IsRequired).Select(static field => field.Name).ToHashSet(StringComparer.Ordinal),
        Properties = fields.ToDictionary(static field => field.Name, static IOpenApiSchema (field) => field.Schema, StringComparer.Ordinal),
    };

    private static string Write(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
