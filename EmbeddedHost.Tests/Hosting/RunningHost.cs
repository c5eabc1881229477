using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Http;
using EmbeddedHost.Http.Outgoing;
using EmbeddedHost.Storage.Pairing;
using EmbeddedHost.Tests.Engine;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>A host on a free port and a data folder of its own, with the functions that a test gives it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IHost _host;
    private readonly StringWriter _output;

    private RunningHost(TemporaryFolder folder, IHost host, StringWriter output)
    {
        _folder = folder;
        _host = host;
        _output = output;
        Http = new HttpClient { BaseAddress = new Uri(((EmbeddedFunctionsHost)host).Origin) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _host.Services;

    public DurableTaskClient Client => Services.GetRequiredService<DurableTaskClient>();

    /// <summary>What the host printed at start.</summary>
    public string Output => _output.ToString();

    /// <summary>Starts an app that is a <see cref="FunctionsApplicationBuilder"/>.</summary>
    public static Task<RunningHost> StartAsync(
        Type[] functions,
        Action<FunctionsApplicationBuilder>? configure = null,
        string? hostJson = null,
        string? localSettings = null,
        TimeProvider? clock = null,
        DataFormats? dataFormats = null,
        params string[] arguments) =>
        StartAsync(functions, hostJson, localSettings, clock, arguments, setup =>
        {
            setup = dataFormats is null ? setup : setup with { DataFormats = dataFormats };
            var builder = EmbeddedStartup.Use(FunctionsApplication.CreateBuilder([]), setup);
            _ = builder.Logging.ClearProviders();
            if (clock is ManualClock { SkipsAhead: true })
            {
                // Bodies and answers come over a real socket: skipped time would be up before their bytes are here.
                _ = builder.Services.AddSingleton(services => new RequestBodies(
                    services.GetRequiredService<HeldBodies>(), services.GetRequiredService<HostStop>(), TimeProvider.System));
                _ = builder.Services.AddSingleton(new HttpCallActivity(clock, TimeProvider.System));
            }

            configure?.Invoke(builder);
            return builder.Build();
        });

    /// <summary>Starts an app that is an <see cref="IHostBuilder"/>.</summary>
    public static Task<RunningHost> StartGenericAsync(
        Type[] functions, Func<IHostBuilder, IHostBuilder> configure, string? hostJson = null, TimeProvider? clock = null) =>
        StartAsync(functions, hostJson, localSettings: null, clock, [], setup =>
            EmbeddedStartup.Use(configure(new HostBuilder()), setup).ConfigureLogging(logging => logging.ClearProviders()).Build());

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await _output.DisposeAsync();
        _folder.Dispose();
    }

    public Task StopAsync() => _host.StopAsync();

    private static async Task<RunningHost> StartAsync(
        Type[] functions, string? hostJson, string? localSettings, TimeProvider? clock, string[] arguments, Func<HostSetup, IHost> build)
    {
        var folder = new TemporaryFolder();
        try
        {
            if (hostJson is not null)
            {
                _ = folder.Write("host.json", hostJson);
            }

            if (localSettings is not null)
            {
                _ = folder.Write("local.settings.json", localSettings);
            }

            var output = new StringWriter();
            var host = build(new HostSetup
            {
                Arguments = ["--port", "0", .. arguments],
                ContentRoot = folder.Path,
                FunctionTypes = functions,
                Output = output,
                Time = clock ?? TimeProvider.System,
            });
            await host.StartAsync();
            return new RunningHost(folder, host, output);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
