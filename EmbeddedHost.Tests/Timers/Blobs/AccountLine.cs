using System.Net.Sockets;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace EmbeddedHost.Tests.Timers.Blobs;

/// <summary>A host's line to the storage account, which a test cuts and listens to.</summary>
internal sealed class AccountLine : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private readonly List<string> _leases = [];
    private volatile State _state;

    private enum State
    {
        Open,
        Cut,
        Silent,
    }

    /// <summary>What was asked of leases, and for how many seconds.</summary>
    public IReadOnlyList<string> Leases
    {
        get
        {
            lock (_gate)
            {
                return [.. _leases];
            }
        }
    }

    /// <summary>From now on each call fails.</summary>
    public void Cut() => _state = State.Cut;

    /// <summary>From now on no call gets an answer.</summary>
    public void Silence() => _state = State.Silent;

    /// <summary>From now on calls get through.</summary>
    public void Restore() => _state = State.Open;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here blocks.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        switch (_state)
        {
            case State.Cut:
                throw new RequestFailedException("The line is cut.", new SocketException((int)SocketError.ConnectionRefused));
            case State.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, message.CancellationToken);
                break;
            default:
                await ProcessNextAsync(message, pipeline);
                Note(message.Request);
                break;
        }
    }

    private void Note(Request request)
    {
        if (request.Headers.TryGetValue("x-ms-lease-action", out var action))
        {
            lock (_gate)
            {
                _leases.Add(request.Headers.TryGetValue("x-ms-lease-duration", out var seconds) ? $"{action} {seconds}" : action);
            }
        }
    }
}
