using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;

namespace EmbeddedHost.Hosting;

/// <summary>The door that a program's <c>Main</c> comes through.</summary>
internal static class ProcessHost
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args, Assembly app) =>
        new(new HostSetup { Arguments = args, Assemblies = [app] });
}
