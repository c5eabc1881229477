using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Startup;
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

    public static async Task<RunningHost> StartAsync(
        Type[] functions,
        Action<FunctionsApplicationBuilder>? configure = null,
        string? hostJson = null,
        string? localSettings = null,
        params string[] arguments)
    {
        var folder = new TemporaryFolder();
        try
        {
            return await StartAsync(folder, functions, configure, hostJson, localSettings, arguments);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

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
        TemporaryFolder folder,
        Type[] functions,
        Action<FunctionsApplicationBuilder>? configure,
        string? hostJson,
        string? localSettings,
        string[] arguments)
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
        var builder = new FunctionsApplicationBuilder(new HostSetup
        {
            Arguments = ["--port", "0", .. arguments],
            ContentRoot = folder.Path,
            FunctionTypes = functions,
            TableAccount = "test" + Guid.NewGuid().ToString("N")[..16],
            Output = output,
        });
        _ = builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new RunningHost(folder, host, output);
    }
}
