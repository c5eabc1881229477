using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>Hands each log entry on as a line.</summary>
internal sealed class LineLogger(Action<string> write) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, write);

    public void Dispose()
    {
        // It holds nothing.
    }

    private sealed class Category(string name, Action<string> write) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            write($"{logLevel}: {name}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
    }
}
