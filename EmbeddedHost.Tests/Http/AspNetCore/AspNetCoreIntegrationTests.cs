using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Http.AspNetCore;
using EmbeddedHost.Testing.Simulation;
using EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Http.AspNetCore;

/// <summary>The seam to the extension's package.</summary>
public sealed class AspNetCoreIntegrationTests
{
    private const string Package = "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore";

    [Fact]
    public void Coordinator_OfTheReleasedPackage_HasTheMembersThatTheHostKnows()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        _ = builder.ConfigureFunctionsWebApplication();

        Assert.True(AspNetCoreIntegration.TryConnect(builder.Services));

        var coordinator = builder.Services.Last(static service => service.ServiceType.Name == "IHttpCoordinator");
        _ = Assert.IsType<AspNetCoreIntegration.Coordinator>(coordinator.ImplementationInstance, exactMatch: false);
        Assert.Equal(
            ["CompleteFunctionInvocation", "RunFunctionInvocationAsync", "SetFunctionContextAsync", "SetHttpContextAsync"],
            coordinator.ServiceType.GetMethods().Select(static method => method.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TryConnect_PackageWithoutTheCoordinator_IsRefusedWithItsVersion()
    {
        var service = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(Package) { Version = new Version(9, 0) }, AssemblyBuilderAccess.Run)
            .DefineDynamicModule(Package).DefineType($"{Package}.Other", TypeAttributes.Public).CreateType();

        var error = Assert.Throws<HostStartupException>(() => AspNetCoreIntegration.TryConnect(new ServiceCollection().AddSingleton(service)));

        Assert.Contains("9.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryConnect_AppWithoutTheIntegration_IsFalse() => Assert.False(AspNetCoreIntegration.TryConnect(FunctionsApplication.CreateBuilder([]).Services));

    [Fact]
    public async Task TestHostsServer_ServesTheIntegration_AndWhatMiddlewareDoesAtTheEnd()
    {
        using var folder = new TemporaryFolder();
        using var server = new MemoryServer();
        var builder = EmbeddedStartup.Use(FunctionsApplication.CreateBuilder([]), new HostSetup
        {
            Arguments = ["--port", "0"],
            ContentRoot = folder.Path,
            FunctionTypes = [typeof(WebFunctions)],
            Output = TextWriter.Null,
            ReplaceServices = services => services.AddSingleton<IServer>(server),
        });
        var late = new LateHeader();
        _ = builder.ConfigureFunctionsWebApplication();
        _ = builder.Services.AddSingleton<WebFunctions.Gate>().AddSingleton<IStartupFilter>(late);
        await using var host = (IAsyncDisposable)builder.Build();
        await ((Microsoft.Extensions.Hosting.IHost)host).StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(MemoryServer.Address, "api/body"));
        var body = """{"name":"ink","quantity":3}"""u8.ToArray();
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };

        using var response = await server.SendAsync(request, body);

        Assert.Equal("3 ink", Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()));
        Assert.Equal("200", Assert.Single(response.Headers.GetValues("X-Late")));
        Assert.True(late.IsCompleted);
        await ((Microsoft.Extensions.Hosting.IHost)host).StopAsync();
    }

    private sealed class LateHeader : IStartupFilter
    {
        public bool IsCompleted { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            _ = app.Use((http, next) =>
            {
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers["X-Late"] = $"{http.Response.StatusCode}";
                    return Task.CompletedTask;
                });
                http.Response.OnCompleted(() =>
                {
                    IsCompleted = true;
                    return Task.CompletedTask;
                });
                return next(http);
            });
            next(app);
        };
    }
}
