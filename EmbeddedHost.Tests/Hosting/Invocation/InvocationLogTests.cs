using System.Collections.Concurrent;
using EmbeddedHost.Hosting.Printing;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EmbeddedHost.Tests.Hosting.Invocation;

/// <summary>What the log lines of functions carry, and which of them are let through.</summary>
public sealed class InvocationLogTests
{
    [Fact]
    public async Task Log_OfAFunction_CarriesFunctionInvocationAndInstance()
    {
        using var log = new ScopedLog();
        await using var host = await StartAsync(log, hostJson: null);

        var id = await host.Http.GetStringAsync(new Uri("api/begin", UriKind.Relative));
        _ = await host.Client.WaitForInstanceCompletionAsync(id);

        Assert.Equal(["begin", "decide", "act"], log.Lines.Select(line => line.Scope["AzureFunctions_FunctionName"]));
        Assert.Equal([null, id, id], log.Lines.Select(line => line.Scope["InstanceId"]));
        Assert.Equal(3, log.Lines.Select(line => line.Scope["AzureFunctions_InvocationId"]).Distinct().Count());
        Assert.Equal([$"begin", $"decide {id}", $"act {id}"], log.Lines.Select(line => line.Name));
    }

    [Fact]
    public async Task LogLevel_OfHostJson_IsHonoured()
    {
        using var log = new ScopedLog();
        await using var host = await StartAsync(
            log, """{"logging":{"logLevel":{"default":"Information","Category.act":"Warning"}}}""");

        var id = await host.Http.GetStringAsync(new Uri("api/begin", UriKind.Relative));
        _ = await host.Client.WaitForInstanceCompletionAsync(id);

        Assert.Equal(["begin", "decide"], log.Lines.Select(line => line.Message));
    }

    [Fact]
    public void ConsoleLine_NamesTimeLevelCategoryAndWhoseItIs()
    {
        using var line = new StringWriter();
        var formatter = new HostConsoleFormatter(new(), new Engine.ManualClock());
        var entry = new LogEntry<string>(
            LogLevel.Warning, "Shop", eventId: default, "Out of stock.", new InvalidOperationException("Why"), static (state, _) => state);

        formatter.Write(entry, scopeProvider: null, line);

        Assert.Equal(
            "[2030-01-01T00:00:00.000Z] warn Shop: Out of stock.\nSystem.InvalidOperationException: Why\n", line.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task ConsoleLine_OfAFunction_NamesFunctionAndInstance()
    {
        using var log = new ScopedLog();
        await using var host = await StartAsync(log, hostJson: null);
        var id = await host.Http.GetStringAsync(new Uri("api/begin", UriKind.Relative));
        _ = await host.Client.WaitForInstanceCompletionAsync(id);

        Assert.EndsWith($" info Category.act [act {id}]: act", log.Lines.Last().ConsoleLine, StringComparison.Ordinal);
    }

    private static Task<RunningHost> StartAsync(ScopedLog log, string? hostJson) => RunningHost.StartAsync(
        [typeof(Functions)], builder => builder.Logging.AddProvider(log), hostJson);

    public static class Functions
    {
        [Function("begin")]
        public static Task<string> Begin(
            [HttpTrigger("get")] HttpRequestData request, [DurableClient] DurableTaskClient client, FunctionContext context)
        {
            context.GetLogger("Category.begin").LogInformation("begin");
            return client.ScheduleNewOrchestrationInstanceAsync("decide");
        }

        [Function("decide")]
        public static async Task Decide([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.CreateReplaySafeLogger("Category.decide").LogInformation("decide");
            await context.CallActivityAsync("act");
        }

        [Function("act")]
        public static async Task Act([ActivityTrigger] string? input, FunctionContext context)
        {
            await Task.Yield();
            context.GetLogger("Category.act").LogInformation("act");
        }
    }

    private sealed record Line(string Message, IReadOnlyDictionary<string, object?> Scope, string Name, string ConsoleLine);

    /// <summary>Keeps what is logged under <c>Category</c>, with its scope.</summary>
    private sealed class ScopedLog : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentQueue<Line> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Category", StringComparison.Ordinal) ? new Logger(this, categoryName) : NullLogger.Instance;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(ScopedLog log, string category) : ILogger
        {
            private readonly ConsoleFormatter _formatter = new HostConsoleFormatter(new(), TimeProvider.System);

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                InvocationScope? scope = null;
                log._scopes!.ForEachScope((found, _) => scope = found as InvocationScope ?? scope, state: 0);
                using var console = new StringWriter();
                _formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), log._scopes, console);
                log.Lines.Enqueue(new Line(
                    formatter(state, exception), scope!.ToDictionary(StringComparer.Ordinal), scope!.ToString(), console.ToString().TrimEnd()));
            }
        }
    }
}
