using System.Reflection;
using System.Reflection.Emit;
using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Package;

/// <summary>An app as Core Tools make one has the ASP.NET Core integration, which this host does not serve.</summary>
public sealed class WebApplicationTests
{
    private const string Integration = "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore";

    [Fact]
    public async Task Start_AspNetCoreIntegration_IsRefusedWithWhatToDo()
    {
        // Stands for what ConfigureFunctionsWebApplication registers: the tests do without its package.
        var service = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(Integration), AssemblyBuilderAccess.Run)
            .DefineDynamicModule(Integration).DefineType($"{Integration}.Coordinator", TypeAttributes.Public).CreateType();

        var error = await Assert.ThrowsAsync<HostStartupException>(() =>
            RunningHost.StartAsync([typeof(Functions)], builder => builder.Services.AddSingleton(service)));

        Assert.Contains("remove that call", error.Message, StringComparison.Ordinal);
    }

    private static class Functions
    {
        [Function("nothing")]
        public static void Nothing([OrchestrationTrigger] TaskOrchestrationContext context)
        {
        }
    }
}
