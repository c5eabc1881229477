using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Hosting.Binding;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Queues;
using EmbeddedHost.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>
/// Tries what a start can fail on before it begins, so that a person reads one sentence, and not that sentence amid
/// the logs of services that were started in vain.
/// </summary>
internal static class Preflight
{
    /// <exception cref="HostStartupException">The keys, a schedule, the data folder, a setting of the app, or the port is not as it should be.</exception>
    public static void Check(IServiceProvider services, HostSettings settings)
    {
        services.GetRequiredService<UnservedBindings>().Check(settings.Arguments.Strict);
        CheckSettings(settings);
        CheckKeys(services.GetRequiredService<KeyRing>(), settings);
        _ = services.GetRequiredService<IReadOnlyList<TimerDefinition>>();
        services.GetRequiredService<QueueNames>().Check(services.GetRequiredService<FunctionCatalog>().Functions);
        _ = services.GetRequiredService<IHostRuntime>();
        CheckAppSettings(services.GetService<IStartupValidator>());
        CheckPort(settings);
    }

    /// <summary>The failure of a port that another process has.</summary>
    public static HostStartupException PortInUse(int port, Exception cause) =>
        new($"Port {port} is in use by another process: stop that process, or choose another port with --port.", cause);

    private static void CheckSettings(HostSettings settings)
    {
        if (settings.AsksForKeys && !settings.HasAppSettings)
        {
            throw new HostStartupException(
                $"The host {Exposure(settings)}, and nothing is set for the app: there is no local.settings.json in '{settings.ContentRoot}', no "
                + "appsettings.json, and no Section__Key in the environment. Set there what the app is to run with; where the defaults will do, "
                + "AzureWebJobsStorage=UseDevelopmentStorage=true in the environment says so.");
        }
    }

    private static void CheckKeys(KeyRing keys, HostSettings settings)
    {
        if (settings.AsksForKeys && keys.IsEmpty)
        {
            throw new HostStartupException(
                $"The host {Exposure(settings)}, and there are no valid keys in '{settings.DataFolder}' to ask for: " +
                $"make them with --create-keys, set them as in {KeySettings.Example}, or start without {(settings.IsLocal ? "--require-keys" : "--address")}.");
        }
    }

    private static string Exposure(HostSettings settings) =>
        settings.IsLocal ? "was started with --require-keys" : $"is to listen on {settings.Address}, beyond this machine";

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
