using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>Loggers of the host, silent on replay. The host's factory stays the host's: it is neither changed nor disposed of.</summary>
internal sealed class ReplaySafeLoggerFactory(TaskOrchestrationContext context, ILoggerFactory inner) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new ReplaySafeLogger(context, inner.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
        => throw new NotSupportedException("An orchestration cannot add a logging provider: add it where the host is built.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
