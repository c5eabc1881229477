using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using EmbeddedHost.Hosting;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static EmbeddedHost.Tests.Http.AspNetCore.WebHost;

namespace EmbeddedHost.Tests.Http.AspNetCore;

/// <summary>Apps that call <c>ConfigureFunctionsWebApplication</c>, as Core Tools and the public samples make them.</summary>
public sealed class WebApplicationTests
{
    [Fact]
    public async Task Action_RouteAndQueryValues_AreInTheRequestAndInTheParameters()
    {
        await using var host = await StartAsync();

        Assert.Equal(
            """{"id":7,"inRoute":"7","text":"a b","inQuery":"a b"}""",
            await host.Http.GetStringAsync(new Uri("api/action/7?text=a%20b", UriKind.Relative)));
    }

    [Fact]
    public async Task Result_OfMinimalApis_IsExecuted()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.PostAsJsonAsync(new Uri("api/result", UriKind.Relative), new WebFunctions.Item("ink", 3));

        Assert.Equal((HttpStatusCode.Created, "/items/ink"), (response.StatusCode, response.Headers.Location?.OriginalString));
        Assert.Equal(new WebFunctions.Item("ink", 3), await response.Content.ReadFromJsonAsync<WebFunctions.Item>());
    }

    [Fact]
    public async Task Form_WithAFile_IsRead()
    {
        await using var host = await StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("note"), "name" }, { new ByteArrayContent("text"u8.ToArray()), "file", "note.txt" } };

        using var response = await host.Http.PostAsync(new Uri("api/form", UriKind.Relative), form);

        Assert.Equal("note: text", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task FromBody_IsBoundByTheIntegration()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.PostAsJsonAsync(new Uri("api/body", UriKind.Relative), new { name = "ink", quantity = 3 });

        Assert.Equal("3 ink", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"quantity":"many"}""", "could not be converted")]
    [InlineData("", "non-empty request body")]
    public async Task FromBody_WrongOrMissing_Is400ThatSaysWhy(string body, string expected)
    {
        await using var host = await StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await host.Http.PostAsync(new Uri("api/body", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var detail = await response.DetailAsync();
        Assert.Contains("Function 'body', parameter 'item'", detail, StringComparison.Ordinal);
        Assert.Contains(expected, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpRequestData_BesideTheIntegration_IsServedAsBefore()
    {
        await using var host = await StartAsync();
        using var content = new StringContent("hello");

        using var response = await host.Http.PostAsync(new Uri("api/data", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("yes", Assert.Single(response.Headers.GetValues("X-Answer")));
        Assert.Equal("POST hello", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ResultOtherThanAResponse_IsNotSentAsOnAzure_AndTheLogSaysSo()
    {
        using var log = new LineLog();
        await using var host = await StartAsync(builder => builder.Logging.Services.AddSingleton<ILoggerProvider>(log));

        using var response = await host.Http.GetAsync(new Uri("api/context", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("True True", Assert.Single(response.Headers.GetValues("X-Same")));
        Assert.Contains(log.Lines, static line => line.StartsWith("Function 'context' returned a String, which", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoResult_IsAnEmpty200AsOnAzure()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.GetAsync(new Uri("api/nothing", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task SeveralOutputs_TheOneMarkedHttpResult_IsTheAnswer()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.GetAsync(new Uri("api/outputs", UriKind.Relative));

        Assert.Equal((418, "teapot"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task ManagementPayload_WithoutARequestData_HasAddressesOnTheCallersHost()
    {
        await using var host = await StartAsync();

        using var started = await host.Http.PostAsync(new Uri("api/links", UriKind.Relative), content: null);
        using var status = await host.Http.GetAsync(started.Headers.Location);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.StartsWith($"{host.Http.BaseAddress}runtime/webhooks/durabletask/instances/", started.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("wait", (await status.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task ManagementPayload_OfACallerWithAKeyForIt_CarriesTheKey()
    {
        using var folder = new TemporaryFolder();
        var key = Assert.Single(KeyMaker.Make(new KeyStore(folder.Path), [KeySet.Master], TimeSpan.Zero, DateTimeOffset.UtcNow)).Secret;
        await using var host = await RunningHost.StartAsync(
            [typeof(WebFunctions)], builder => Use(builder), localSettings: "{}", arguments: ["--data", folder.Path, "--require-keys"]);

        using var started = await host.Http.PostAsync(new Uri($"api/links?code={Uri.EscapeDataString(key)}", UriKind.Relative), content: null);
        using var status = await host.Http.GetAsync(started.Headers.Location);

        Assert.Equal("wait", (await status.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task WorkerMiddleware_SeesTheContextAndReplacesTheResult()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            context.GetHttpContext()!.Response.Headers["X-Seen"] = context.FunctionDefinition.Name;
            context.GetInvocationResult().Value = new StatusCodeResult(StatusCodes.Status410Gone);
        }));

        using var response = await host.Http.GetAsync(new Uri("api/nothing", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Gone, "nothing"), (response.StatusCode, Assert.Single(response.Headers.GetValues("X-Seen"))));
    }

    [Fact]
    public async Task WorkerMiddleware_ResponseDataOfTheIntegration_IsTheAnswer()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware(async (context, next) =>
        {
            var response = (await context.GetHttpRequestDataAsync())!.CreateResponse(HttpStatusCode.Forbidden);
            await response.WriteStringAsync("not for you");
            context.GetInvocationResult().Value = response;
        }));

        using var response = await host.Http.GetAsync(new Uri("api/nothing", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Forbidden, "not for you"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task WebMiddleware_RunsForFunctionsAlone()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await StartAsync(builder => builder.Services.AddSingleton<IStartupFilter>(new Seen(seen)));

        using var answered = await host.Http.GetAsync(new Uri("api/nothing", UriKind.Relative));
        using var unknown = await host.Http.GetAsync(new Uri("api/unknown", UriKind.Relative));
        using var management = await host.Http.GetAsync(new Uri("runtime/webhooks/durabletask/instances", UriKind.Relative));

        Assert.Equal("before", Assert.Single(answered.Headers.GetValues("X-Web")));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (unknown.StatusCode, management.StatusCode));
        Assert.Equal(["/api/nothing"], seen);
    }

    [Fact]
    public async Task WebMiddleware_RequestWithoutItsKey_DoesNotReachIt()
    {
        var seen = new ConcurrentQueue<string>();
        using var folder = new TemporaryFolder();
        _ = KeyMaker.Make(
            new KeyStore(folder.Path), [KeySet.Master], TimeSpan.Zero, DateTimeOffset.UtcNow);
        await using var host = await RunningHost.StartAsync(
            [typeof(WebFunctions)],
            builder => Use(builder, b => b.Services.AddSingleton<IStartupFilter>(new Seen(seen))),
            localSettings: "{}",
            arguments: ["--data", folder.Path, "--require-keys"]);

        using var response = await host.Http.GetAsync(new Uri("api/closed", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task Failure_IsAProblemThatTellsNoInternals()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.GetAsync(new Uri("api/fails", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("Function 'fails' failed; the host's log says why.", await response.DetailAsync());
    }

    [Fact]
    public async Task Body_LargerThanTheLimit_Is413()
    {
        await using var host = await RunningHost.StartAsync(
            [typeof(WebFunctions)], builder => Use(builder), """{"extensions":{"http":{"maxRequestBodyBytes":10}}}""");
        using var content = new StringContent(new string('x', 11));

        using var response = await host.Http.PostAsync(new Uri("api/form", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Start_TheIntegrationsOwnServer_DoesNotListen()
    {
        using var log = new LineLog();
        await using var host = await StartAsync(builder => builder.Logging.Services.AddSingleton<ILoggerProvider>(log));

        Assert.DoesNotContain(log.Lines, static line => line.Contains("Overriding address", StringComparison.Ordinal));
        Assert.Contains($"nothing: [GET] {host.Http.BaseAddress}api/nothing", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FurtherAddressInTheAppsSettings_IsNotListenedOn()
    {
        await using var host = await StartAsync(static builder => builder.Configuration["Kestrel:Endpoints:Further:Url"] = "http://127.0.0.1:0");

        var addresses = host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Assert.Equal(host.Http.BaseAddress!.Port, new Uri(Assert.Single(addresses)).Port);
    }

    [Fact]
    public async Task Start_HttpRequestWithoutTheIntegration_IsRefusedWithWhatToDo()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync([typeof(WebFunctions)]));

        Assert.Contains("'action'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'data'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Call ConfigureFunctionsWebApplication()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenericHost_WithTheIntegration_IsServed()
    {
        await using var host = await RunningHost.StartGenericAsync(
            [typeof(WebFunctions)],
            static builder => builder.ConfigureFunctionsWebApplication().ConfigureServices(static services => services.AddSingleton<WebFunctions.Gate>()));

        Assert.Contains("\"inRoute\":\"7\"", await host.Http.GetStringAsync(new Uri("api/action/7", UriKind.Relative)), StringComparison.Ordinal);
    }

    private sealed class Seen(ConcurrentQueue<string> paths) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            _ = app.Use((http, next) =>
            {
                paths.Enqueue(http.Request.Path.Value!);
                http.Response.Headers["X-Web"] = "before";
                return next(http);
            });
            next(app);
        };
    }
}
