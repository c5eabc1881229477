using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Startup;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a functions app begins.</summary>
public class FunctionsApplication
{
    /// <summary>
    /// A builder with the host's configuration and services in place. The functions are those of the calling
    /// assembly; <paramref name="args"/> are the host's options (<c>--help</c> lists them).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return ProcessHost.CreateBuilder(args, Assembly.GetCallingAssembly());
    }
}
