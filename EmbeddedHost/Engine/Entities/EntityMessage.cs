using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine.Entities;

/// <summary>
/// What orchestrations, clients and entities send to an entity, in the form that the Durable Task Framework writes: a request
/// (an operation, or that the entity be locked), or a release of its lock. The Framework's own classes for it are internal, so
/// it is read here; all that writes it is the Framework's. A test holds the two against each other.
/// </summary>
internal sealed record EntityMessage
{
    private const string RequestName = "op";
    private const string ReleaseName = "release";

    /// <summary>The operation's name; null where this is no operation.</summary>
    [JsonPropertyName("op")]
    public string? Operation { get; init; }

    /// <summary>True where nobody waits for the operation's result.</summary>
    [JsonPropertyName("signal")]
    public bool IsSignal { get; init; }

    /// <summary>The operation's input, as JSON.</summary>
    [JsonPropertyName("input")]
    public string? Input { get; init; }

    /// <summary>The request's id, which its answer is named after.</summary>
    [JsonPropertyName("id")]
    public string Id { get; init; } = "";

    /// <summary>The orchestration that sent it; null where something else did.</summary>
    [JsonPropertyName("parent")]
    public string? Parent { get; init; }

    /// <summary>The key of the sender's run.</summary>
    [JsonPropertyName("parentExecution")]
    public string? ParentExecution { get; init; }

    /// <summary>When it is to be delivered (UTC); null is at once.</summary>
    [JsonPropertyName("due")]
    public DateTime? Due { get; init; }

    /// <summary>The entities that are to be locked, in the order in which they are; null where this is no such request.</summary>
    [JsonPropertyName("lockset")]
    public IReadOnlyList<LockTarget>? LockSet { get; init; }

    /// <summary>Which of them is this one.</summary>
    [JsonPropertyName("pos")]
    public int Position { get; init; }

    /// <summary>True for the end of a critical section.</summary>
    [JsonIgnore]
    public bool IsRelease { get; init; }

    // Of a lock request: code may send anything under any name.
    private bool IsComplete => LockSet is null || (Parent is not null && Position >= 0 && Position < LockSet.Count);

    /// <summary>A signal.</summary>
    public static HistoryEvent Signal(string id, string operation, string? input, DateTime? due) => Event(
        ClientEntityHelpers.EmitOperationSignal(Entity(id), Guid.NewGuid(), operation, input, due is { } at ? (at, at) : null));

    /// <summary>The release of a lock whose owner will not release it.</summary>
    public static HistoryEvent Unlocking(string id, string owner) => Event(ClientEntityHelpers.EmitUnlockForOrphanedLock(Entity(id), owner));

    /// <summary>Reads a message; null where it is none to an entity.</summary>
    public static EntityMessage? Read(HistoryEvent e)
    {
        var isRelease = e.Name == ReleaseName;
        if (e.Payload is null || !(isRelease || e.Name?.StartsWith(RequestName, StringComparison.Ordinal) == true))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<EntityMessage>(e.Payload) is { IsComplete: true } read ? read with { IsRelease = isRelease } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The request for the next entity of the lock set.</summary>
    public HistoryEvent Forwarded() => Event(RequestName, this with { Position = Position + 1 });

    /// <summary>What tells the sender that it has all of its locks.</summary>
    public HistoryEvent Granted() => Event(Id, new Answer("Lock Acquisition Completed", Error: null, Failure: null));

    /// <summary>What the sender of an operation hears.</summary>
    public HistoryEvent Answered(OperationResult result) => Event(Id, new Answer(result.Result, result.ErrorMessage, result.FailureDetails));

    /// <summary>A message as the history of its sender has it: without the time of its making, which is another in each replay.</summary>
    public static byte[]? Recorded(byte[]? message)
    {
        if (message is null || JsonNode.Parse(message) is not JsonObject content || !content.Remove("requestTime"))
        {
            return message;
        }

        return JsonSerializer.SerializeToUtf8Bytes(content);
    }

    /// <summary>A payload's bytes.</summary>
    public static byte[]? Bytes(string? payload) => payload is null ? null : Encoding.UTF8.GetBytes(payload);

    private static OrchestrationInstance Entity(string id) => new() { InstanceId = id };

    private static HistoryEvent Event(EntityMessageEvent written) => new()
    {
        Kind = HistoryEventKind.EventRaised,
        Name = written.EventName,
        Payload = Bytes(written.AsSerializedString()),
    };

    private static HistoryEvent Event<T>(string name, T content) =>
        new() { Kind = HistoryEventKind.EventRaised, Name = name, Payload = JsonSerializer.SerializeToUtf8Bytes(content) };

    private sealed record Answer(
        [property: JsonPropertyName("result")] string? Result,
        [property: JsonPropertyName("exceptionType")] string? Error,
        [property: JsonPropertyName("failureDetails")] FailureDetails? Failure);
}

/// <summary>An entity of a lock set.</summary>
internal sealed record LockTarget([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("key")] string Key)
{
    /// <summary>The entity's id.</summary>
    public override string ToString() => $"@{Name}@{Key}";
}
