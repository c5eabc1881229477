using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace ClassSyntax;

/// <summary>Starts the orchestrator by the name of its class.</summary>
public static class BillingApi
{
    [Function(nameof(StartBill))]
    public static async Task<HttpResponseData> StartBill(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "bills")] HttpRequestData request,
        [DurableClient] DurableTaskClient client)
    {
        if (await request.ReadFromJsonAsync<Line[]>() is not { Length: > 0 } lines)
        {
            return request.CreateResponse(HttpStatusCode.BadRequest);
        }

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(BillOrder), lines);
        return await client.CreateCheckStatusResponseAsync(request, id);
    }
}
