using EmbeddedHost.Http.AspNetCore;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>ASP.NET Core's own types in HTTP functions.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions take ASP.NET Core's requests and return its results.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AspNetCoreIntegration.Add(builder.Services);
        return builder;
    }
}
