using Microsoft.DurableTask.Client;
using Moq;

namespace Sagas.Tests.Runs;

/// <summary>Waking or stopping an instance that may end at any moment, on a host that refuses both for one that has.</summary>
public sealed class WakingTests
{
    private readonly Mock<DurableTaskClient> _client = new("test");

    [Fact]
    public async Task Wake_InstanceEndsInBetween_IsNoError()
    {
        Instance(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed);
        Refuse();

        await _client.Object.WakeAsync("order-1", "Cancel", default);
    }

    [Fact]
    public async Task Wake_EventIsRefusedForAnotherReason_Throws()
    {
        Instance(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Running);
        Refuse();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _client.Object.WakeAsync("order-1", "Cancel", default));
    }

    [Fact]
    public async Task Wake_InstanceHasEnded_RaisesNothing()
    {
        Instance(OrchestrationRuntimeStatus.Completed);

        await _client.Object.WakeAsync("order-1", "Cancel", default);

        _client.Verify(client => client.RaiseEventAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task Stop_InstanceEndsInBetween_IsNoError()
    {
        Instance(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed);
        _client.Setup(Terminate()).ThrowsAsync(new InvalidOperationException("refused"));

        await _client.Object.StopAsync("order-1", "taken up again", default);

        _client.Verify(Terminate(), Times.Once);
    }

    private static System.Linq.Expressions.Expression<Func<DurableTaskClient, Task>> Terminate() => client =>
        client.TerminateInstanceAsync("order-1", "taken up again", It.IsAny<CancellationToken>());

    private void Instance(params OrchestrationRuntimeStatus[] statuses)
    {
        var states = new Queue<OrchestrationRuntimeStatus>(statuses);
        _client.Setup(client => client.GetInstanceAsync("order-1", It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new OrchestrationMetadata("OrderSaga", "order-1") { RuntimeStatus = states.Dequeue() });
    }

    private void Refuse() => _client
        .Setup(client => client.RaiseEventAsync("order-1", "Cancel", It.IsAny<object?>(), It.IsAny<CancellationToken>()))
        .ThrowsAsync(new InvalidOperationException("refused"));
}
