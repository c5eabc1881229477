using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>
/// Tries what a start can fail on before it begins, so that a person reads one sentence, and not that sentence amid
/// the logs of services that were started in vain.
/// </summary>
internal static class Preflight
{
    /// <exception cref="HostStartupException">The data folder, a setting of the app, or the port is not as it should be.</exception>
    public static void Check(IServiceProvider services, HostSettings settings)
    {
        _ = services.GetRequiredService<EmbeddedRuntime>();
        CheckAppSettings(services.GetService<IStartupValidator>());
        CheckPort(settings.Port);
    }

    /// <summary>The failure of a port that another process has.</summary>
    public static HostStartupException PortInUse(int port, Exception cause) =>
        new($"Port {port} is in use by another process: stop that process, or choose another port with --port.", cause);

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

    private static void CheckPort(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw PortInUse(port, e);
        }
        catch (SocketException e)
        {
            throw new HostStartupException($"Port {port} cannot be listened on: {e.Message} Choose another with --port.", e);
        }
    }
}
