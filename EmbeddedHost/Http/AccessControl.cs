using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Http.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Http;

/// <summary>Decides which requests come in.</summary>
internal static class AccessControl
{
    private static readonly string[] Unbelieved =
        ["Forwarded", ForwardedHeadersDefaults.XForwardedHostHeaderName, ForwardedHeadersDefaults.XForwardedProtoHeaderName];

    /// <summary>Puts what the settings ask for before the endpoints; routing has to come first.</summary>
    public static void UseAccessControl(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<HostSettings>();
        if (settings.IsLocal)
        {
            _ = app.Use(LoopbackGuard.CheckHostAsync);
        }

        if (settings.Host.UseForwardedHost)
        {
            // After the check of the host that was really called, before anything that says where the caller is.
            _ = app.UseForwardedHeaders(ProxyHeaders());
        }
        else
        {
            // The Durable extension makes links of them, whoever has sent them.
            _ = app.Use(WithoutForwardedHeadersAsync);
        }

        if (settings.IsLocal)
        {
            _ = app.Use(LoopbackGuard.CheckOriginAsync);
        }

        if (settings.AsksForKeys)
        {
            _ = app.Use(new KeyGate(app.ApplicationServices.GetRequiredService<KeyRing>()).InvokeAsync);
        }
    }

    private static Task WithoutForwardedHeadersAsync(HttpContext http, RequestDelegate next)
    {
        foreach (var name in Unbelieved)
        {
            _ = http.Request.Headers.Remove(name);
        }

        return next(http);
    }

    // Whoever sets the switch has a proxy in front that sets these headers, wherever it runs.
    private static ForwardedHeadersOptions ProxyHeaders()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        return options;
    }
}
