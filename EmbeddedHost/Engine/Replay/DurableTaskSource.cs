using EmbeddedHost.Engine.Contracts;

namespace EmbeddedHost.Engine.Replay;

/// <summary>What an orchestrator waits for, completed by a message of its instance.</summary>
/// <remarks>
/// Continuations run inside the completing call, on the turn's thread: no synchronisation context and no scheduler
/// is involved, so that the order of the code is the order of the messages.
/// </remarks>
internal abstract class DurableTaskSource
{
    public abstract bool IsCompleted { get; }

    /// <summary>Completes with a payload (UTF-8 JSON), converted to what the orchestrator asked for.</summary>
    public abstract void SetResult(byte[]? payload, IPayloadSerializer serializer);

    public abstract void SetException(Exception exception);

    public abstract void SetCanceled(CancellationToken cancellationToken);
}

/// <inheritdoc cref="DurableTaskSource" />
internal sealed class DurableTaskSource<T> : DurableTaskSource
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override bool IsCompleted => _source.Task.IsCompleted;

    public override void SetResult(byte[]? payload, IPayloadSerializer serializer)
    {
        T value;
        try
        {
            value = serializer.Read<T>(payload)!;
        }
        catch (Exception e)
        {
            _ = _source.TrySetException(e);
            return;
        }

        _ = _source.TrySetResult(value);
    }

    public override void SetException(Exception exception) => _source.TrySetException(exception);

    public override void SetCanceled(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
}
