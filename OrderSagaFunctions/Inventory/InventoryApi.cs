using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Orders;
using Sagas.Fields;
using Sagas.Http;

namespace OrderSagaFunctions.Inventory;

/// <summary>The stock over HTTP.</summary>
public sealed class InventoryApi(StockCatalog catalog)
{
    /// <summary>Lists every item.</summary>
    [Function("ListInventory")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "inventory")] HttpRequestData request,
        CancellationToken cancellation) => QueryFields.RefuseAll(request) is { Count: > 0 } errors
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await catalog.ListAsync(cancellation));

    /// <summary>Sets how many pieces of an item there are to be reserved and, where the body says so, at which location, adding the item where it is new.</summary>
    [Function("SetInventory")]
    public async Task<HttpResponseData> SetAsync(
        [HttpTrigger(Roles.Operate, "put", Route = "inventory/{itemId}")] HttpRequestData request,
        string itemId,
        CancellationToken cancellation)
    {
        var errors = QueryFields.RefuseAll(request);
        if (!OrderLimits.IsItemOrCustomerId(itemId))
        {
            errors.Add(new FieldError("itemId", $"{OrderLimits.ItemOrCustomerIdRule} in the path", FieldError.Shorten(itemId)));
        }

        using var body = await request.ReadJsonAsync(errors, cancellation);
        var fields = body is null ? null : new JsonFields(body.RootElement, string.Empty, errors);
        var quantity = fields?.RequiredInteger("quantity", 0, OrderLimits.Stock);
        var location = fields?.OptionalText("location", Locations.IsName, Locations.NameRule);
        fields?.RefuseOthers();
        return errors.Count > 0
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await catalog.SetAsync(itemId, quantity!.Value, location, cancellation));
    }
}

/// <summary>An item's stock as the API shows it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces are there to be reserved.</param>
/// <param name="Reserved">How many pieces are reserved for orders.</param>
/// <param name="Location">Where they are.</param>
public sealed record StockView(string ItemId, long Quantity, long Reserved, string Location);

/// <summary>The two sides of an item's account.</summary>
/// <param name="OnHand">Pieces there to be reserved.</param>
/// <param name="Reserved">Pieces reserved, as the stock row says.</param>
/// <param name="PutIn">Pieces put in by people, less those they took out.</param>
/// <param name="HeldByOrders">The sum of the orders' reservations.</param>
internal sealed record StockCount(long OnHand, long Reserved, long PutIn, long HeldByOrders);
