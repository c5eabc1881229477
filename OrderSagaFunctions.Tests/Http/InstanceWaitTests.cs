using EmbeddedHost.Testing;
using Microsoft.DurableTask.Client;
using Moq;
using OrderSagaFunctions.Tests.Operations;
using Sagas.Http;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>Waiting for an instance's end, on whatever engine.</summary>
public sealed class InstanceWaitTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task WaitForEnd_ClientThatLooksEveryTwoSeconds_AnswersWithinATenthOfTheEnd()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "UpdateOrderStatus:1"));
        await shop.SubmitAsync(EndToEnd.Orders.Plain("2-polled"));

        var (end, at) = await WaitAsync(shop.Host, PollingClient(shop.Host), "2-polled");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end!.RuntimeStatus);
        Assert.NotNull(end.SerializedCustomStatus);
        Assert.InRange(at - end.LastUpdatedAt, TimeSpan.Zero, TimeSpan.FromSeconds(0.1));
    }

    [Fact]
    public async Task WaitForEnd_ClientThatHearsOfTheEnd_AnswersAtOnce()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "UpdateOrderStatus:1"));
        await shop.SubmitAsync(EndToEnd.Orders.Plain("2-told"));

        var (end, at) = await WaitAsync(shop.Host, shop.Host.Client, "2-told");

        Assert.Equal(end!.LastUpdatedAt, at);
    }

    [Fact]
    public async Task WaitForEnd_WaitIsOver_TellsHowFarItHasCome()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("waits");
        var before = shop.Host.Clock.GetUtcNow();

        var (present, at) = await WaitAsync(shop.Host, PollingClient(shop.Host), "waits");

        Assert.Equal((OrchestrationRuntimeStatus.Running, Longest), (present!.RuntimeStatus, at - before));
    }

    [Fact]
    public async Task WaitForEnd_InstanceIsPurgedMeanwhile_FindsNone()
    {
        await using var shop = await Shop.OpenAsync();

        var (present, _) = await WaitAsync(shop.Host, PollingClient(shop.Host), "gone");

        Assert.Null(present);
    }

    private static Task<(OrchestrationMetadata? Instance, DateTimeOffset At)> WaitAsync(DurableTestHost host, DurableTaskClient client, string instanceId) =>
        host.RunAsync(async () => (await client.WaitForEndAsync(instanceId, Longest, host.Clock, default), host.Clock.GetUtcNow()));

    /// <summary>A client that waits as Azure Storage's does.</summary>
    private static DurableTaskClient PollingClient(DurableTestHost host)
    {
        var client = new Mock<DurableTaskClient>("polling");
        client.Setup(c => c.GetInstancesAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .Returns((string id, bool payloads, CancellationToken token) => host.Client.GetInstancesAsync(id, payloads, token));
        client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .Returns((string id, bool payloads, CancellationToken token) => host.Client.GetInstanceAsync(id, payloads, token));
        client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns((string id, CancellationToken token) => host.Client.GetInstanceAsync(id, token));
        client.Setup(c => c.WaitForInstanceCompletionAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .Returns(async (string id, bool payloads, CancellationToken token) =>
            {
                while (true)
                {
                    if (await host.Client.GetInstanceAsync(id, payloads, token) is { IsCompleted: true } ended)
                    {
                        return ended;
                    }

                    await Task.Delay(TimeSpan.FromSeconds(2), host.Clock, token);
                }
            });
        return client.Object;
    }
}
