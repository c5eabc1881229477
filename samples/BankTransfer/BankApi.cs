using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BankTransfer;

/// <summary>What customers call. Each call can be repeated by whoever got no answer.</summary>
public static class BankApi
{
    [Function(nameof(OpenAccount))]
    public static async Task<HttpResponseData> OpenAccount(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "accounts/{owner}/{cents:long:min(0)}")] HttpRequestData request,
        string owner,
        long cents,
        [DurableClient] DurableTaskClient client)
    {
        await client.Entities.SignalEntityAsync(Transfers.Account(owner), nameof(Account.Open), cents);
        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    [Function(nameof(ReadAccount))]
    public static async Task<HttpResponseData> ReadAccount(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "accounts/{owner}")] HttpRequestData request,
        string owner,
        [DurableClient] DurableTaskClient client)
    {
        if (await client.Entities.GetEntityAsync<Balance>(Transfers.Account(owner)) is not { State.IsOpen: true } account)
        {
            return request.CreateResponse(HttpStatusCode.NotFound);
        }

        var response = request.CreateResponse();
        await response.WriteAsJsonAsync(account.State.Cents);
        return response;
    }

    /// <summary>The caller names the transfer: the same name again is the same transfer, and its money moves once.</summary>
    [Function(nameof(StartTransfer))]
    public static async Task<HttpResponseData> StartTransfer(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "transfers/{id}")] HttpRequestData request,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        var transfer = await request.ReadFromJsonAsync<Transfer>();
        if (transfer is not { Cents: > 0, From.Length: > 0, To.Length: > 0 } || transfer.From == transfer.To)
        {
            return request.CreateResponse(HttpStatusCode.BadRequest);
        }

        if (await client.GetInstanceAsync(id) is null)
        {
            // Two calls at once may both come here. The start of the second is refused, then, even if the first has ended.
            var once = new StartOrchestrationOptions(id).WithDedupeStatuses(
                OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(Transfers.Move), transfer, once);
        }

        return await client.CreateCheckStatusResponseAsync(request, id);
    }
}
