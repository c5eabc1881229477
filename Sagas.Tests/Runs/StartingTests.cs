using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace Sagas.Tests.Runs;

/// <summary>Starting an instance that somebody else may start, on a host that refuses the id of one that runs.</summary>
public sealed class StartingTests
{
    private readonly Mock<DurableTaskClient> _client = new("test");

    [Fact]
    public async Task TryStart_NobodyRuns_Starts()
    {
        _client.Setup(Start()).ReturnsAsync("order-1");

        Assert.True(await TryStartAsync());
    }

    [Fact]
    public async Task TryStart_SomebodyElseWasFirst_IsNoError()
    {
        Refuse(OrchestrationRuntimeStatus.Running);

        Assert.False(await TryStartAsync());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(null)]
    public async Task TryStart_RefusedForAnotherReason_Throws(OrchestrationRuntimeStatus? status)
    {
        Refuse(status);

        await Assert.ThrowsAsync<InvalidOperationException>(TryStartAsync);
    }

    private static System.Linq.Expressions.Expression<Func<DurableTaskClient, Task<string>>> Start() => client =>
        client.ScheduleNewOrchestrationInstanceAsync(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>());

    private void Refuse(OrchestrationRuntimeStatus? status)
    {
        _client.Setup(Start()).ThrowsAsync(new InvalidOperationException("refused"));
        _client.Setup(client => client.GetInstanceAsync("order-1", It.IsAny<CancellationToken>()))
            .ReturnsAsync(status is null ? null : new OrchestrationMetadata("OrderSaga", "order-1") { RuntimeStatus = status.Value });
    }

    private Task<bool> TryStartAsync() => _client.Object.TryStartAsync("OrderSaga", input: null, "order-1", default);
}
