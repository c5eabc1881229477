using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Apps;

/// <summary>Looks again and again, each time as a new generation, until there is nothing left to look at.</summary>
public sealed class JobMonitor(JobMonitor.Jobs jobs)
{
    public sealed class Jobs
    {
        private int _looks;

        /// <summary>How many looks a job takes.</summary>
        public const int Needed = 25;

        public string Look() => Interlocked.Increment(ref _looks) < Needed ? "Running" : "Done";
    }

    public readonly record struct State(string Job, int Looks);

    [Function("WatchJob")]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "jobs/{job}/watch")] HttpRequestData req,
        string job,
        [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(JobMonitor), new State(job, 0));
        return await client.CreateCheckStatusResponseAsync(req, id);
    }

    [Function(nameof(JobMonitor))]
    public static async Task<State> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<State>();
        var logger = context.CreateReplaySafeLogger<JobMonitor>();
        var status = await context.CallActivityAsync<string>(nameof(GetStatus), state.Job);
        state = state with { Looks = state.Looks + 1 };
        if (status == "Done")
        {
            return state;
        }

        logger.LogInformation("{Job} is {Status}.", state.Job, status);
        context.SetCustomStatus(status);
        await context.CreateTimer(TimeSpan.FromMinutes(5), CancellationToken.None);
        context.ContinueAsNew(state);
        return state;
    }

    [Function(nameof(GetStatus))]
    public Task<string> GetStatus([ActivityTrigger] string job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(jobs.Look());
    }
}
