using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>
/// Tries what a start can fail on before it begins, so that a person reads one sentence, and not that sentence amid
/// the logs of services that were started in vain.
/// </summary>
internal static class Preflight
{
    /// <exception cref="HostStartupException">The keys, the data folder, a setting of the app, or the port is not as it should be.</exception>
    public static void Check(IServiceProvider services, HostSettings settings)
    {
        CheckKeys(services.GetRequiredService<KeyRing>(), settings);
        CheckStorage(services.GetRequiredService<IConfiguration>().GetSection("AzureWebJobsStorage"));
        _ = services.GetRequiredService<EmbeddedRuntime>();
        CheckAppSettings(services.GetService<IStartupValidator>());
        CheckPort(settings);
    }

    /// <summary>The failure of a port that another process has.</summary>
    public static HostStartupException PortInUse(int port, Exception cause) =>
        new($"Port {port} is in use by another process: stop that process, or choose another port with --port.", cause);

    private static void CheckKeys(KeyRing keys, HostSettings settings)
    {
        if (settings.AsksForKeys && keys.IsEmpty)
        {
            var reason = settings.IsLocal ? "was started with --require-keys" : $"is to listen on {settings.Address}, beyond this machine";
            throw new HostStartupException(
                $"The host {reason}, and there are no valid keys in '{settings.DataFolder}' to ask for: " +
                $"make them with --create-keys, or start without {(settings.IsLocal ? "--require-keys" : "--address")}.");
        }
    }

    // The hub is in the data folder whatever this names: with its tables elsewhere, an app would have its rows in one place and its
    // sagas in another.
    private static void CheckStorage(IConfigurationSection storage)
    {
        if (storage.Value is { Length: > 0 } connection ? !DevelopmentStorage.IsNamedBy(connection) : storage.GetChildren().Any())
        {
            throw new HostStartupException(
                $"{storage.Key} does not name development storage, and the embedded host serves no other: its tables are in the data folder "
                + $"(tables.db). Set {storage.Key} to UseDevelopmentStorage=true, or build for Azure with -p:DurableHost=Azure.");
        }
    }

    private static void CheckAppSettings(IStartupValidator? validator)
    {
        try
        {
            validator?.Validate();
        }
        catch (Exception e) when (e is OptionsValidationException or AggregateException or InvalidOperationException)
        {
            throw new HostStartupException(
                "The app's settings are not what it expects:" + string.Concat(Failures(e).Select(failure => Environment.NewLine + "  " + failure)), e);
        }
    }

    private static IEnumerable<string> Failures(Exception failure) => failure switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Failures),
        OptionsValidationException validation => validation.Failures,
        _ => [failure.Message],
    };

    private static void CheckPort(HostSettings settings)
    {
        var port = settings.Port;
        try
        {
            using var socket = new Socket(settings.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(settings.Address, port));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw PortInUse(port, e);
        }
        catch (SocketException e)
        {
            throw new HostStartupException($"Port {port} of {settings.Address} cannot be listened on: {e.Message} Choose another with --port or --address.", e);
        }
    }
}
