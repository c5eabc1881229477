using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Apps;

/// <summary>Steps that fail at first, or always, and the three ways to deal with them.</summary>
public sealed class FaultyDelivery(FaultyDelivery.Carrier carrier)
{
    public sealed class Carrier
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);

        public int Attempts(string parcel) => _attempts.GetValueOrDefault(parcel);

        public int Try(string parcel) => _attempts.AddOrUpdate(parcel, 1, (_, count) => count + 1);
    }

    public sealed record Parcel(string Id, int FailsFirst);

    public sealed class AddressUnknownException(string message) : Exception(message);

    [Function("Deliver")]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "deliveries/{how}")] HttpRequestData req,
        string how,
        [DurableClient] DurableTaskClient client)
    {
        var parcel = await req.ReadFromJsonAsync<Parcel>();
        return client.CreateCheckStatusResponse(req, await client.ScheduleNewOrchestrationInstanceAsync(how, parcel));
    }

    [Function(nameof(ByPolicy))]
    public static async Task<string> ByPolicy([OrchestrationTrigger] TaskOrchestrationContext context, Parcel parcel)
    {
        var options = TaskOptions.FromRetryPolicy(new RetryPolicy(
            maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2.0));
        return await context.CallActivityAsync<string>(nameof(Hand), parcel, options);
    }

    [Function(nameof(ByHandler))]
    public static async Task<string> ByHandler([OrchestrationTrigger] TaskOrchestrationContext context, Parcel parcel)
    {
        var options = TaskOptions.FromRetryHandler(retry =>
            !retry.LastFailure.IsCausedBy<AddressUnknownException>() && retry.LastAttemptNumber < 10);
        return await context.CallActivityAsync<string>(nameof(Hand), parcel, options);
    }

    [Function(nameof(BySubOrchestration))]
    public static async Task<string> BySubOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, Parcel parcel)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<string>(
                nameof(Once), parcel, new TaskOptions(new RetryPolicy(4, TimeSpan.FromMinutes(1))));
        }
        catch (TaskFailedException e)
        {
            return $"{e.TaskName} gave up: {e.FailureDetails.ErrorMessage}";
        }
    }

    [Function(nameof(Once))]
    public static Task<string> Once([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Hand), context.GetInput<Parcel>());

    [Function(nameof(Hand))]
    public string Hand([ActivityTrigger] Parcel parcel)
    {
        if (parcel.Id.StartsWith("nowhere", StringComparison.Ordinal))
        {
            _ = carrier.Try(parcel.Id);
            throw new AddressUnknownException($"Nobody lives at {parcel.Id}.");
        }

        var attempt = carrier.Try(parcel.Id);
        return attempt > parcel.FailsFirst ? $"delivered at {attempt}" : throw new InvalidOperationException("The van broke down.");
    }
}
