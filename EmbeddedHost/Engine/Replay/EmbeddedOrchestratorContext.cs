using System.Text;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Replay;

/// <summary>An orchestrator's context on the embedded engine: with GUIDs of its own, and a custom status that is written with the turn.</summary>
internal sealed class EmbeddedOrchestratorContext(
    TaskOrchestrationContext inner, OrchestrationStart start, TurnThread turn, ExecutionGuids guids, EngineServices services)
    : OrchestratorContext(inner, start, turn, services)
{
    private readonly EngineServices _services = services;
    private bool _hasNewStatus;
    private object? _status;

    /// <summary>Takes the custom status that the code has set in this turn, as it is now. Null: it has set none.</summary>
    public NewStatus? TakeStatus()
    {
        if (!_hasNewStatus)
        {
            return null;
        }

        var status = _status;
        (_hasNewStatus, _status) = (false, null);
        return new NewStatus(_services.Serializer.Serialize(status));
    }

    /// <inheritdoc />
    public override void SetCustomStatus(object? customStatus)
    {
        Assert();
        if (IsReplaying)
        {
            return;
        }

        // Kept here and not in the inner context, which would serialise it again in every turn.
        (_hasNewStatus, _status) = (true, customStatus);
    }

    /// <inheritdoc />
    public override Guid NewGuid()
    {
        Assert();
        return guids.New(CurrentUtcDateTime);
    }

    /// <inheritdoc />
    protected override TaskOptions? OfChild(TaskOptions? options)
    {
        var named = options as SubOrchestrationOptions ?? (options is null ? new SubOrchestrationOptions() : new SubOrchestrationOptions(options));
        return base.OfChild(named.InstanceId is null ? named with { InstanceId = NewGuid().ToString("N") } : named);
    }
}

/// <summary>A custom status as it is to be stored; without a value it is cleared.</summary>
internal readonly record struct NewStatus(byte[]? Value)
{
    /// <summary>Why an instance whose status is too long fails.</summary>
    public const string TooLong = "The custom status is too long: expected at most 16 KB as UTF-16 (8,192 characters of JSON).";

    private const int MostBytes = 16 * 1024;

    /// <summary>True above the limit that Azure has.</summary>
    public bool IsTooLong => Value is not null && Encoding.UTF8.GetCharCount(Value) * sizeof(char) > MostBytes;
}
