using System.Net.Sockets;
using System.Net;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Printing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>The web server under the functions: HTTP/1.1, nothing that they do not need.</summary>
internal static class WebServer
{
    private const int LongestHead = 16 * 1024;

    /// <summary>The server, on the configured port.</summary>
    public static IWebHostBuilder UseHostServer(this IWebHostBuilder web, HostSettings settings) =>
        web.UseKestrelCore()
            .ConfigureKestrel(kestrel => Listen(kestrel, settings))
            // The ASP.NET Core integration has the server read the app's own section of it: further addresses would be without a guard.
            .ConfigureServices(static services => services.PostConfigure<KestrelServerOptions>(static kestrel => kestrel.ConfigurationLoader = null));

    /// <summary>Logs to the console, at the levels of <c>host.json</c>.</summary>
    public static void AddHostLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        var levels = configuration.GetSection("Logging");
        HostConfiguration.CheckLogLevels(levels);
        _ = logging.AddConfiguration(levels);
        _ = logging.AddConsole(console => console.FormatterName = HostConsoleFormatter.FormatterName);
        _ = logging.AddConsoleFormatter<HostConsoleFormatter, ConsoleFormatterOptions>();
    }

    private static void Listen(KestrelServerOptions kestrel, HostSettings settings)
    {
        var port = settings.Port;
        kestrel.AddServerHeader = false;
        Limit(kestrel.Limits);
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        kestrel.Listen(settings.Address, port);
        // A port that the system picks would differ between the two addresses.
        if (settings.Arguments.Address is null && port != 0 && HasIPv6Loopback())
        {
            kestrel.Listen(IPAddress.IPv6Loopback, port);
        }
    }

    // For what callers send before a function is found for it, and how fast; bodies have limits of their own (RequestBodies).
    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MemoryShare.Connections;
        limits.MaxRequestHeadersTotalSize = LongestHead;
        // What is read ahead of a connection, sent before anyone asks for it.
        limits.MaxRequestBufferSize = LongestHead;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }

    // Containers often know IPv6 but have no ::1.
    private static bool HasIPv6Loopback()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
