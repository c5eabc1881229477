using System.Globalization;
using EmbeddedHost.Framework.AzureStorage;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EmbeddedHost.Hosting.Printing;

/// <summary>
/// A log entry as a line: time, level, category, in brackets the function and the instance that it comes from, message.
/// An exception follows below.
/// </summary>
internal sealed class HostConsoleFormatter(HostSetup setup, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "embedded-host";

    // The framework's word for a start that failed, with a trace.
    private const string FrameworkCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // Storage that fails is told in the host's own sentence.
        if (logEntry is { Category: FrameworkCategory, Exception: { } failure } && (StorageException.Behind(failure)?.Message ?? StorageFailures.Explain(failure)) is not null)
        {
            return;
        }

        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(setup.Ink.Dim(string.Create(CultureInfo.InvariantCulture, $"[{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}]")));
        textWriter.Write($" {NameOf(logEntry.LogLevel)} {logEntry.Category}");
        if (InvocationOf(scopeProvider) is { } invocation)
        {
            textWriter.Write($" [{invocation}]");
        }

        textWriter.Write(": ");
        textWriter.WriteLine(message);
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception);
        }
    }

    private string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => setup.Ink.Dim("trce"),
        LogLevel.Debug => setup.Ink.Dim("dbug"),
        LogLevel.Information => setup.Ink.Green("info"),
        LogLevel.Warning => setup.Ink.Yellow("warn"),
        LogLevel.Error => setup.Ink.Red("fail"),
        _ => setup.Ink.Red("crit"),
    };

    private static InvocationScope? InvocationOf(IExternalScopeProvider? scopes)
    {
        var found = new InvocationScope?[1];
        // Outermost first: the last one is the invocation that the entry comes from.
        scopes?.ForEachScope(static (scope, found) => found[0] = scope as InvocationScope ?? found[0], found);
        return found[0];
    }
}
