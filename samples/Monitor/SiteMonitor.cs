using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Monitor;

/// <summary>A site to look at every so often, until it is well or the time is over.</summary>
public sealed record Watch(Uri Site, TimeSpan Interval, DateTimeOffset Until, int Looks = 0);

public sealed record Verdict(bool IsWell, int Looks);

/// <summary>Looks at a site again and again until it answers.</summary>
public sealed class SiteMonitor(IHttpClientFactory http)
{
    [Function(nameof(StartWatch))]
    public static async Task<HttpResponseData> StartWatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "watches")] HttpRequestData request,
        [DurableClient] DurableTaskClient client)
    {
        var watch = await request.ReadFromJsonAsync<Watch>();
        if (watch is not { Site.IsAbsoluteUri: true } || watch.Interval <= TimeSpan.Zero)
        {
            return request.CreateResponse(HttpStatusCode.BadRequest);
        }

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(WatchSite), watch);
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    [Function(nameof(WatchSite))]
    public static async Task<Verdict?> WatchSite([OrchestrationTrigger] TaskOrchestrationContext context, Watch watch)
    {
        var isWell = await context.CallActivityAsync<bool>(nameof(IsWell), watch.Site);
        var looked = watch with { Looks = watch.Looks + 1 };
        if (isWell || context.CurrentUtcDateTime + watch.Interval > watch.Until.UtcDateTime)
        {
            return new Verdict(isWell, looked.Looks);
        }

        await context.CreateTimer(watch.Interval, CancellationToken.None);

        // A new generation with an empty history: a monitor may run for months.
        context.ContinueAsNew(looked);
        return null;
    }

    [Function(nameof(IsWell))]
    public async Task<bool> IsWell([ActivityTrigger] Uri site, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient();
            using var answer = await client.GetAsync(site, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Nobody listens there now.
            return false;
        }
    }
}
