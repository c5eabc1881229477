using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;

namespace Counter;

/// <summary>Signals counters and reads them.</summary>
public static class CounterApi
{
    /// <summary>Answers when the signal is on disk: from then on it is counted, whatever happens to this process.</summary>
    [Function(nameof(Add))]
    public static async Task<HttpResponseData> Add(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "counters/{name}/add/{amount:long}")] HttpRequestData request,
        string name,
        long amount,
        [DurableClient] DurableTaskClient client)
    {
        await client.Entities.SignalEntityAsync(Id(name), nameof(Counter.Add), amount);
        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    [Function(nameof(Reset))]
    public static async Task<HttpResponseData> Reset(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "counters/{name}/reset")] HttpRequestData request,
        string name,
        [DurableClient] DurableTaskClient client)
    {
        await client.Entities.SignalEntityAsync(Id(name), nameof(Counter.Reset));
        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    [Function(nameof(Read))]
    public static async Task<HttpResponseData> Read(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "counters/{name}")] HttpRequestData request,
        string name,
        [DurableClient] DurableTaskClient client)
    {
        var counter = await client.Entities.GetEntityAsync<long>(Id(name));
        var response = request.CreateResponse();
        await response.WriteAsJsonAsync(counter?.State ?? 0);
        return response;
    }

    private static EntityInstanceId Id(string name) => new(nameof(Counter), name);
}
