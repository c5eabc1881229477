using System.Net;
using System.Net.Http.Json;
using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Hosting;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace EmbeddedHost.Tests.Http;

/// <summary>ASP.NET Core's own requests and results in HTTP functions.</summary>
public sealed class AspNetCoreFormsTests
{
    [Theory]
    [InlineData("api/action/7?name=Ada", HttpStatusCode.OK, "application/json; charset=utf-8", """{"id":"7","name":"Ada"}""")]
    [InlineData("api/action-text", HttpStatusCode.OK, "text/plain; charset=utf-8", "Welcome")]
    [InlineData("api/action-missing", HttpStatusCode.NotFound, null, "")]
    [InlineData("api/result", HttpStatusCode.Accepted, "application/json; charset=utf-8", """{"name":"Ada"}""")]
    [InlineData("api/record", HttpStatusCode.OK, "application/json; charset=utf-8", """{"Name":"Ada"}""")]
    [InlineData("api/context", HttpStatusCode.OK, "text/plain", "written GET")]
    [InlineData("api/data", HttpStatusCode.OK, null, "data")]
    public async Task Result_OfAnyForm_BecomesTheResponse(string address, HttpStatusCode status, string? contentType, string body)
    {
        await using var host = await RunningHost.StartAsync([typeof(Forms)], builder => builder.ConfigureFunctionsWebApplication());
        using var response = await host.Http.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/read-request")]
    [InlineData("api/read-body")]
    [InlineData("api/read-trigger")]
    public async Task Body_IsRead_FromTheRequestOrAsAType(string address)
    {
        await using var host = await RunningHost.StartGenericAsync([typeof(Bodies)], builder => builder.ConfigureFunctionsWebApplication());
        using var response = await host.Http.PostAsJsonAsync(address, new { name = "Ada" });

        Assert.Equal("\"Ada\"", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/outputs")]
    [InlineData("api/unmarked-outputs")]
    public async Task ResultOfSeveralOutputs_AnswersWithItsHttpProperty(string address)
    {
        await using var host = await RunningHost.StartGenericAsync([typeof(Outputs)], builder => builder.ConfigureFunctionsWebApplication());
        using var response = await host.Http.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Middleware_SeesTheHttpContext_AndMayAnswerOnIt()
    {
        await using var host = await RunningHost.StartGenericAsync([typeof(Forms)], builder => builder.ConfigureFunctionsWebApplication(
            worker => worker.UseMiddleware(async (context, next) =>
            {
                var http = context.GetHttpContext()!;
                http.Response.Headers["X-Function"] = context.FunctionDefinition.Name;
                if (http.Request.Query.ContainsKey("stop"))
                {
                    http.Response.StatusCode = StatusCodes.Status418ImATeapot;
                    return;
                }

                await next();
            })));

        using var passed = await host.Http.GetAsync(new Uri("api/result", UriKind.Relative));
        using var stopped = await host.Http.GetAsync(new Uri("api/result?stop=1", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Accepted, passed.StatusCode);
        Assert.Equal("result", passed.Headers.GetValues("X-Function").Single());
        Assert.Equal(StatusCodes.Status418ImATeapot, (int)stopped.StatusCode);
    }

    [Fact]
    public async Task Start_WithoutTheIntegration_NamesTheFunctionsThatNeedIt()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync([typeof(Forms)]));

        Assert.Contains("Function 'action'", error.Message, StringComparison.Ordinal);
        Assert.Contains("parameter 'request', of type 'HttpRequest'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Function 'result'", error.Message, StringComparison.Ordinal);
        Assert.Contains("the result, of type 'IResult'", error.Message, StringComparison.Ordinal);
        Assert.Contains("ConfigureFunctionsWebApplication()", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Function 'record'", error.Message, StringComparison.Ordinal);
    }

    public sealed record Person(string Name);

    public static class Forms
    {
        [Function("action")]
        public static IActionResult Action([HttpTrigger("get", Route = "action/{id}")] HttpRequest request, string id) =>
            new OkObjectResult(new { id, name = request.Query["name"].ToString() });

        [Function("action-text")]
        public static async Task<IActionResult> ActionText([HttpTrigger("get")] HttpRequest request)
        {
            await Task.Yield();
            return new OkObjectResult("Welcome");
        }

        [Function("action-missing")]
        public static IActionResult Missing([HttpTrigger("get")] HttpRequest request) => new NotFoundResult();

        [Function("result")]
        public static IResult Result([HttpTrigger("get")] HttpRequestData request) => Results.Accepted(value: new Person("Ada"));

        [Function("record")]
        public static Person Record([HttpTrigger("get")] HttpRequestData request) => new("Ada");

        [Function("context")]
        public static Task Context([HttpTrigger("get")] HttpRequestData request, HttpContext http)
        {
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync($"written {http.Request.Method}");
        }

        [Function("data")]
        public static async Task<HttpResponseData> Data([HttpTrigger("get")] HttpRequestData request)
        {
            var response = request.CreateResponse(HttpStatusCode.OK);
            await response.WriteStringAsync("data");
            return response;
        }
    }

    public static class Bodies
    {
        [Function("read-request")]
        public static async Task<IActionResult> FromRequest([HttpTrigger("post")] HttpRequest request) =>
            new JsonResult((await request.ReadFromJsonAsync<Person>())!.Name);

        [Function("read-body")]
        public static IActionResult FromBody([HttpTrigger("post")] HttpRequest request, [FromBody] Person person) =>
            new JsonResult(person.Name);

        [Function("read-trigger")]
        public static IActionResult FromTrigger([HttpTrigger("post")] Person person) => new JsonResult(person.Name);
    }

    public static class Outputs
    {
        public sealed class Marked
        {
            [HttpResult]
            public IActionResult? Answer { get; set; }

            public IReadOnlyList<string> Messages { get; set; } = [];
        }

        public sealed record Unmarked(HttpResponseData Answer, string Message);

        [Function("outputs")]
        public static Task<Marked> Several([HttpTrigger("get")] HttpRequest request) =>
            Task.FromResult(new Marked { Answer = new StatusCodeResult(StatusCodes.Status201Created), Messages = ["one"] });

        [Function("unmarked-outputs")]
        public static Unmarked SeveralUnmarked([HttpTrigger("get")] HttpRequestData request) =>
            new(request.CreateResponse(HttpStatusCode.Created), "one");
    }
}
