using DurableTask.Core.History;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Moq;
using OrderSagaFunctions.Operations;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>The history call on engines that do not have it, or fail in it.</summary>
public sealed class EngineHistoryTests
{
    /// <summary>How each fails, and what is said then.</summary>
    public static TheoryData<Exception, string> Failures { get; } = new()
    {
        { new NotSupportedException(), "The engine of this host hands out no histories." },
        { new NotImplementedException(), "The engine of this host hands out no histories." },
        { new RpcException(new Status(StatusCode.Unimplemented, "StreamInstanceHistory")), "The engine of this host hands out no histories." },
        { new InvalidOperationException("no connection"), "The engine could not read the history of 'order-1': no connection" },
        { new ArgumentException("unknown"), "The host knows no instance 'order-1': it was purged, or has not begun." },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Read_EngineThatCannot_SaysWhy(Exception failure, string sentence)
    {
        var client = new Mock<DurableTaskClient>("other");
        client.Setup(one => one.GetOrchestrationHistoryAsync("order-1", It.IsAny<CancellationToken>())).ThrowsAsync(failure);

        var history = await EngineHistory.ReadAsync(client.Object, "order-1", CancellationToken.None);

        Assert.Empty(history.Events);
        Assert.Equal(sentence, history.Missing);
    }

    [Fact]
    public async Task Read_ClientOfAVersionWithoutTheCall_SaysSo()
    {
        var client = new Mock<DurableTaskClient>("other") { CallBase = true };

        Assert.Equal("The engine of this host hands out no histories.", (await EngineHistory.ReadAsync(client.Object, "order-1", CancellationToken.None)).Missing);
    }

    [Fact]
    public async Task Read_CallerGoes_Ends()
    {
        var client = new Mock<DurableTaskClient>("other");
        client.Setup(one => one.GetOrchestrationHistoryAsync("order-1", It.IsAny<CancellationToken>())).ThrowsAsync(new OperationCanceledException());

        _ = await Assert.ThrowsAsync<OperationCanceledException>(() => EngineHistory.ReadAsync(client.Object, "order-1", CancellationToken.None));
    }

    [Fact]
    public async Task Read_EngineThatCan_GivesTheEvents()
    {
        HistoryEvent[] events = [new OrchestratorStartedEvent(-1)];
        var client = new Mock<DurableTaskClient>("other");
        client.Setup(one => one.GetOrchestrationHistoryAsync("order-1", It.IsAny<CancellationToken>())).ReturnsAsync(events);

        var history = await EngineHistory.ReadAsync(client.Object, "order-1", CancellationToken.None);

        Assert.Equal(events, history.Events);
        Assert.Null(history.Missing);
    }
}
