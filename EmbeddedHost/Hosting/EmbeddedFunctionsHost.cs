using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Hosting.Binding;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Printing;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Hosting.Telemetry;
using EmbeddedHost.Queues;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting;

/// <summary>The host as the app's program runs it.</summary>
internal sealed class EmbeddedFunctionsHost(IHost inner, HostSetup setup, HostSettings settings) : IHost, IAsyncDisposable
{
    private OtlpExport? _export;

    public IServiceProvider Services => inner.Services;

    /// <summary>Where the running host answers, such as <c>http://localhost:7071</c>.</summary>
    public string Origin => $"http://{HostName(settings.Address)}:{new Uri(Addresses.First()).Port}";

    private IHostRuntime Runtime => Services.GetRequiredService<IHostRuntime>();

    private ICollection<string> Addresses =>
        Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;

    /// <summary>The host that a program gets: this one, unless whoever has it built wants another in its place.</summary>
    public static IHost Around(IHost inner, HostSetup setup, HostSettings settings)
    {
        var host = new EmbeddedFunctionsHost(inner, setup, settings);
        return setup.TakeOver?.Invoke(host) ?? host;
    }

    /// <summary>Opens the data folder, recovers what an earlier run left, and only then listens.</summary>
    /// <exception cref="HostStartupException">The port or the data folder is in use, or a setting is wrong (the app's own included).</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (setup.OwnsProcess)
        {
            FatalErrors.EndProcess();
        }

        try
        {
            await StartServerAsync(cancellationToken);
        }
        catch (HostStartupException e) when (setup.OwnsProcess)
        {
            // The log is written by a thread of its own, which would be cut off.
            Services.GetRequiredService<ILoggerFactory>().Dispose();
            ProcessHost.Exit(e);
            throw;
        }

        if (settings.Local.Notice is { } notice)
        {
            await setup.Output.WriteLineAsync(notice);
        }

        foreach (var line in Runtime.Notices)
        {
            await setup.Output.WriteLineAsync(line);
        }

        await setup.Output.WriteAsync(FunctionListing.OfUnserved(Services.GetRequiredService<UnservedBindings>().Lines, setup.Ink));
        await setup.Output.WriteAsync(FunctionListing.Of(Services.GetRequiredService<FunctionCatalog>().Functions, settings.Host, Origin, setup.Ink, setup.HomePage));
        // A stop in the middle of a start would be a failed start.
        _ = setup.Supervisor?.Stop.Register(Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await inner.StopAsync(cancellationToken);
        if (setup.OwnsProcess && Runtime.HasFaulted)
        {
            Environment.ExitCode = 1;
        }
    }

    public void Dispose()
    {
        inner.Dispose();
        _export?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)inner).DisposeAsync();
        _export?.Dispose();
    }

    private static string HostName(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "localhost"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
        : address.ToString();

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            Preflight.Check(Services, settings);
            await Services.GetRequiredService<QueueReach>().CheckAsync();
            _export = OtlpExport.TryStart(AppDomain.CurrentDomain.FriendlyName);
            await inner.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw Preflight.PortInUse(settings.Port, e);
        }
        catch (Exception e) when (e is not HostStartupException && Runtime.Explain(e) is { } reason)
        {
            throw new HostStartupException(reason, e);
        }
        catch (OperationCanceledException)
        {
            // A start that was cut off: why, the engine knows.
            Runtime.EndStart();
            throw;
        }

        Runtime.EndStart();
    }
}
