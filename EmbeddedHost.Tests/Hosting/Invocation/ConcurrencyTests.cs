using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Hosting.Invocation;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task MaxConcurrentActivityFunctions_OfHostJson_IsHonoured()
    {
        var crowd = new Crowd();
        await using var host = await RunningHost.StartAsync(
            [typeof(FanOut)],
            builder => builder.Services.AddSingleton(crowd),
            """{"extensions":{"durableTask":{"maxConcurrentActivityFunctions":2}}}""");

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("all", 20);
        _ = await host.Client.WaitForInstanceCompletionAsync(id);

        Assert.Equal(2, crowd.Largest);
    }

    public sealed class Crowd
    {
        private readonly TaskCompletionSource _pair = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private int _inside;

        public int Largest { get; private set; }

        public async Task PassAsync()
        {
            lock (_gate)
            {
                _inside++;
                Largest = Math.Max(Largest, _inside);
                if (_inside == 2)
                {
                    _ = _pair.TrySetResult();
                }
            }

            // The first waits for a second, so that a limit of one would be seen too.
            await _pair.Task;
            await Task.Yield();
            lock (_gate)
            {
                _inside--;
            }
        }
    }

    public sealed class FanOut(Crowd crowd)
    {
        [Function("all")]
        public static Task All([OrchestrationTrigger] TaskOrchestrationContext context, int count) =>
            Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallActivityAsync("one", i)));

        [Function("one")]
        public Task One([ActivityTrigger] int number) => crowd.PassAsync();
    }
}
