using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Apps;

public sealed class JobMonitorTests
{
    [Fact]
    public async Task JobMonitor_ManyGenerations_EndsWhenTheJobDoes()
    {
        var clock = new ManualClock(skipsAhead: true);
        await using var host = await RunningHost.StartAsync(
            [typeof(JobMonitor)], builder => builder.Services.AddSingleton<JobMonitor.Jobs>(), clock: clock);

        var ended = await host.RunAsync("api/jobs/backup/watch");

        Assert.Equal(JobMonitor.Jobs.Needed, ended.Output().GetProperty("Looks").GetInt32());
        Assert.True(clock.Elapsed >= (JobMonitor.Jobs.Needed - 1) * TimeSpan.FromMinutes(5));
    }
}
