using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Http.Management;
using EmbeddedHost.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting;

/// <summary>The host as the app's program runs it.</summary>
internal sealed class EmbeddedFunctionsHost(WebApplication app, HostSetup setup, HostSettings settings) : IHost, IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    /// <summary>Where the running host answers, such as <c>http://localhost:7071</c>.</summary>
    public string Origin => $"http://localhost:{new Uri(app.Urls.First()).Port}";

    /// <summary>Opens the data folder, recovers what an earlier run left, and only then listens.</summary>
    /// <exception cref="HostStartupException">The port or the data folder is in use, or a setting is wrong (the app's own included).</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartServerAsync(cancellationToken);
        }
        catch (HostStartupException e) when (setup.OwnsProcess)
        {
            ProcessHost.Exit(e);
            throw;
        }

        ManagementLinks.Register(Services.GetRequiredService<DurableTaskClient>(), Origin);
        if (settings.Local.Notice is { } notice)
        {
            await setup.Output.WriteLineAsync(notice);
        }

        await setup.Output.WriteAsync(FunctionListing.Of(Services.GetRequiredService<FunctionCatalog>().Functions, settings.Host, Origin));
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await ((IHost)app).StopAsync(cancellationToken);
        if (setup.OwnsProcess && Services.GetRequiredService<EmbeddedRuntime>().HasFaulted)
        {
            Environment.ExitCode = 1;
        }
    }

    public void Dispose() => ((IDisposable)app).Dispose();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            Preflight.Check(app.Services, settings);
            await ((IHost)app).StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw Preflight.PortInUse(settings.Port, e);
        }
        catch (Exception e) when (StorageException.Behind(e) is { } storage)
        {
            throw new HostStartupException(storage.Message, e);
        }
    }
}
