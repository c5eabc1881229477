using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Http.AspNetCore;

/// <summary>Hosts with the ASP.NET Core integration, and <see cref="WebFunctions"/>.</summary>
internal static class WebHost
{
    public static Task<RunningHost> StartAsync(Action<FunctionsApplicationBuilder>? configure = null) =>
        RunningHost.StartAsync([typeof(WebFunctions)], builder => Use(builder, configure));

    public static void Use(FunctionsApplicationBuilder builder, Action<FunctionsApplicationBuilder>? configure = null)
    {
        _ = builder.ConfigureFunctionsWebApplication();
        _ = builder.Services.AddSingleton<WebFunctions.Gate>();
        configure?.Invoke(builder);
    }
}
