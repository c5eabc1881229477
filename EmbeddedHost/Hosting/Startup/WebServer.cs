using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>The web server under the functions: HTTP/1.1, nothing that they do not need.</summary>
internal static class WebServer
{
    // How long a stop waits for requests and activities under way.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    public static WebApplicationBuilder CreateBuilder(HostSettings settings)
    {
        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = settings.ContentRoot,
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT")
                ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
                ?? Environments.Production,
        });
        web.Configuration.AddHostSettings(settings);
        _ = web.Logging.AddConfiguration(web.Configuration.GetSection("Logging"));
        _ = web.Logging.AddSimpleConsole(console => console.SingleLine = true);
        _ = web.Services.AddRouting();
        _ = web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        _ = web.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, settings));
        return web;
    }

    private static void Listen(KestrelServerOptions kestrel, HostSettings settings)
    {
        var port = settings.Port;
        kestrel.AddServerHeader = false;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        kestrel.Listen(settings.Address, port);
        // A port that the system picks would differ between the two addresses.
        if (settings.Arguments.Address is null && port != 0 && HasIPv6Loopback())
        {
            kestrel.Listen(IPAddress.IPv6Loopback, port);
        }
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
