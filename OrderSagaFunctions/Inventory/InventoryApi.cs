using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Inventory;

/// <summary>The stock over HTTP.</summary>
public sealed class InventoryApi(StockCatalog catalog)
{
    private const long MostPieces = 1_000_000_000;

    /// <summary>Lists every item.</summary>
    [Function("ListInventory")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "inventory")] HttpRequestData request,
        CancellationToken cancellation) =>
        await request.AnswerAsync(HttpStatusCode.OK, await catalog.ListAsync(cancellation));

    /// <summary>Sets how many pieces of an item there are to be reserved and, where the body says so, at which location, adding the item where it is new.</summary>
    [Function("SetInventory")]
    public async Task<HttpResponseData> SetAsync(
        [HttpTrigger(Roles.Operate, "put", Route = "inventory/{itemId}")] HttpRequestData request,
        string itemId,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (!OrderLimits.IsItemOrCustomerId(itemId))
        {
            errors.Add(new FieldError("itemId", $"{OrderLimits.ItemOrCustomerIdRule} in the path", itemId));
        }

        using var body = await request.ReadJsonAsync(errors, cancellation);
        var quantity = body is null ? null : new JsonFields(body.RootElement, string.Empty, errors)
            .RequiredInteger("quantity", 0, MostPieces, $"a whole number from 0 to {MostPieces}");
        var location = body is null ? null : new JsonFields(body.RootElement, string.Empty, errors)
            .OptionalText("location", Locations.IsName, Locations.NameRule);
        return errors.Count > 0
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await catalog.SetAsync(itemId, quantity!.Value, location, cancellation));
    }
}
