using System.Reflection;
using System.Text;
using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Engine.Entities;
using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Tests.Engine.Entities;

/// <summary>The messages between orchestrations and entities are read as the Durable Task Framework writes them, and the other way round.</summary>
public sealed class EntityMessageTests
{
    private readonly OrchestrationEntityContext _sender = new("parent", "17", new Context());

    [Fact]
    public void Read_OperationOfTheFramework_HasAllOfIt()
    {
        var id = Guid.NewGuid();
        var due = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var call = Read(_sender.EmitRequestMessage(Target("@counter@a"), "Add", oneWay: false, id, scheduledTimeUtc: null, "5"));
        var signal = Read(_sender.EmitRequestMessage(Target("@counter@a"), "Add", oneWay: true, id, (due, due), input: null));

        Assert.Equal(("Add", false, "5", id.ToString(), "parent", "17"), (call.Operation, call.IsSignal, call.Input, call.Id, call.Parent, call.ParentExecution));
        Assert.True(call is { Due: null, LockSet: null, IsRelease: false });
        Assert.Equal((true, due, DateTimeKind.Utc), (signal.IsSignal, signal.Due!.Value, signal.Due.Value.Kind));
    }

    [Fact]
    public void Read_SignalOfAClient_IsNobodysMessage()
    {
        var due = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var signal = EntityMessage.Read(EntityMessage.Signal("@counter@a", "Add", "1", due))!;

        Assert.True(signal is { IsSignal: true, Operation: "Add", Input: "1", Parent: null });
        Assert.Equal(due, signal.Due);
    }

    [Fact]
    public void Read_LockAndReleaseOfTheFramework_AreThose()
    {
        var acquire = Read(_sender.EmitAcquireMessage(Guid.NewGuid(), [new EntityId("counter", "b"), new EntityId("counter", "a")]));
        var releases = _sender.EmitLockReleaseMessages().ToList();
        var orphan = EntityMessage.Read(EntityMessage.Unlocking("@counter@a", "parent"))!;

        Assert.Equal(["@counter@a", "@counter@b"], acquire.LockSet!.Select(static target => $"{target}"));
        Assert.Equal((0, "parent"), (acquire.Position, acquire.Parent));
        Assert.Equal(1, EntityMessage.Read(acquire.Forwarded())!.Position);
        Assert.Equal(2, releases.Count);
        Assert.All(releases.Select(Read), static release => Assert.True(release is { IsRelease: true, Parent: "parent", LockSet: null }));
        Assert.True(orphan is { IsRelease: true, Parent: "parent" });
    }

    [Theory]
    [InlineData("""{"lockset":[{"name":"counter","key":"a"}],"pos":0}""")]
    [InlineData("""{"lockset":[{"name":"counter","key":"a"}],"pos":1,"parent":"p"}""")]
    [InlineData("""{"lockset":[{"name":"counter","key":"a"}],"pos":-1,"parent":"p"}""")]
    public void Read_LockRequestThatNobodyCanBeTold_IsNone(string content) =>
        Assert.Null(EntityMessage.Read(new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = "op", Payload = Encoding.UTF8.GetBytes(content) }));

    [Fact]
    public void Answered_IsReadByTheFramework()
    {
        var call = Read(_sender.EmitRequestMessage(Target("@counter@a"), "Add", oneWay: false, Guid.NewGuid(), scheduledTimeUtc: null, "5"));
        var failure = new FailureDetails(
            "My.Error", "too much", "at here", new FailureDetails("Inner", "why", stackTrace: null, innerFailure: null, isNonRetriable: false),
            isNonRetriable: true, new Dictionary<string, object?> { ["limit"] = 5 });

        var done = Received(call.Answered(new OperationResult { Result = "7" }));
        var failed = Received(call.Answered(new OperationResult { FailureDetails = failure }));
        var granted = Received(call.Granted());

        Assert.Equal(call.Id, call.Answered(new OperationResult()).Name);
        Assert.Equal((false, "7"), (done.IsError, done.Result));
        Assert.True(failed.IsError);
        Assert.Equal(("My.Error", "too much", "at here", "why", true), (failed.FailureDetails!.ErrorType, failed.FailureDetails.ErrorMessage,
            failed.FailureDetails.StackTrace, failed.FailureDetails.InnerFailure!.ErrorMessage, failed.FailureDetails.IsNonRetriable));
        Assert.True(failed.FailureDetails.Properties!.ContainsKey("limit"));
        Assert.False(granted.IsError);
    }

    [Fact]
    public void Recorded_MessagesMadeAtTwoTimes_AreTheSame()
    {
        var id = Guid.NewGuid();
        byte[] Written(int hour) => Encoding.UTF8.GetBytes(_sender.EmitRequestMessage(
            Target("@counter@a"), "Add", oneWay: false, id, scheduledTimeUtc: null, "5",
            new DateTimeOffset(2030, 1, 1, hour, 0, 0, TimeSpan.Zero), createTrace: true).AsSerializedString());

        Assert.NotEqual(Written(1), Written(2));
        Assert.Equal(EntityMessage.Recorded(Written(1)), EntityMessage.Recorded(Written(2)));
        Assert.Equal("5", EntityMessage.Read(new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = "op", Payload = EntityMessage.Recorded(Written(1)) })!.Input);
    }

    [Theory]
    [InlineData("op", "not JSON")]
    [InlineData("op", "5")]
    [InlineData("go", "{}")]
    public void Read_SomethingElse_IsNoMessage(string name, string payload) =>
        Assert.Null(EntityMessage.Read(new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = name, Payload = Encoding.UTF8.GetBytes(payload) }));

    private static OrchestrationInstance Target(string id) => new() { InstanceId = id };

    private static EntityMessage Read(EntityMessageEvent written) => EntityMessage.Read(new HistoryEvent
    {
        Kind = HistoryEventKind.EventRaised, Name = written.EventName, Payload = Encoding.UTF8.GetBytes(written.AsSerializedString()),
    })!;

    private OperationResult Received(HistoryEvent answer) => _sender.DeserializeEntityResponseEvent(Encoding.UTF8.GetString(answer.Payload!));

    /// <summary>Of an orchestration, that it may use entities.</summary>
    private sealed class Context : OrchestrationContext
    {
        // The executor sets it, and only it can.
        public Context() => typeof(OrchestrationContext)
            .GetProperty("EntityParameters", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!
            .SetValue(this, new TaskOrchestrationEntityParameters());

        public override Task<TResult> ScheduleTask<TResult>(string name, string version, params object[] parameters) => throw new NotSupportedException();

        public override Task<T> CreateTimer<T>(DateTime fireAt, T state) => throw new NotSupportedException();

        public override Task<T> CreateTimer<T>(DateTime fireAt, T state, CancellationToken cancelToken) => throw new NotSupportedException();

        public override Task<T> CreateSubOrchestrationInstance<T>(string name, string version, object input) => throw new NotSupportedException();

        public override Task<T> CreateSubOrchestrationInstance<T>(string name, string version, string instanceId, object input) => throw new NotSupportedException();

        public override Task<T> CreateSubOrchestrationInstance<T>(
            string name, string version, string instanceId, object input, IDictionary<string, string> tags) => throw new NotSupportedException();

        public override void SendEvent(OrchestrationInstance orchestrationInstance, string eventName, object eventData) => throw new NotSupportedException();

        public override void ContinueAsNew(object input) => throw new NotSupportedException();

        public override void ContinueAsNew(string newVersion, object input) => throw new NotSupportedException();
    }
}
