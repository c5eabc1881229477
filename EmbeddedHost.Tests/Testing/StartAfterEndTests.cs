using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Testing;

public sealed class StartAfterEndTests
{
    private const int Seeds = 20;

    [Fact]
    public async Task Start_AsSoonAsTheEndOfTheOneBeforeIsOnDisk_Runs()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            await using var host = await Shop.OpenAsync(seed);
            _ = await host.BuyAsync("again");

            await host.RunAsync(async () =>
            {
                while (await host.Client.GetInstanceAsync("again") is { IsCompleted: false })
                {
                    await Task.Yield();
                }

                _ = await host.BuyAsync("again");
            });

            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.WaitForCompletionAsync("again")).RuntimeStatus);
        }
    }
}
