using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Answers;
using Sagas.Http;

namespace OrderSagaFunctions.Dashboard;

/// <summary>
/// Serves the dashboard page. The files hold nothing secret, and a browser sends no key when it opens an address: what the
/// page shows it reads from the API, with the key that it asks for.
/// </summary>
public sealed class DashboardPage
{
    // No script, style or request but the page's own, no markup made from texts, and nobody may show the page in a frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>The page: 304 if the caller has it already.</summary>
    [Function("GetDashboard")]
    public Task<HttpResponseData> GetAsync([HttpTrigger(Roles.Anyone, "get", Route = "dashboard")] HttpRequestData request) =>
        // The page's own addresses are relative to one without a slash at its end.
        request.Url.AbsolutePath.EndsWith('/')
            ? Task.FromResult(Move(request, request.Url.AbsolutePath.TrimEnd('/')))
            : AnswerAsync(request, DashboardFile.Page);

    /// <summary>A file of the page: 304 if the caller has it already, 404 if there is no such file.</summary>
    [Function("GetDashboardFile")]
    public Task<HttpResponseData> GetFileAsync(
        [HttpTrigger(Roles.Anyone, "get", Route = "dashboard/{file}")] HttpRequestData request, string file) => AnswerAsync(request, file);

    private static async Task<HttpResponseData> AnswerAsync(HttpRequestData request, string name)
    {
        if (!DashboardFile.All.TryGetValue(name, out var file))
        {
            return await request.AnswerAsync(new Problem(OrderProblems.UnknownFile, "Unknown file", (int)HttpStatusCode.NotFound, $"The page has no file '{name}'."));
        }

        var response = await request.AnswerTextAsync(file.Content, file.MediaType);
        response.Headers.Add("Content-Security-Policy", Policy);
        response.Headers.Add("X-Content-Type-Options", "nosniff");
        response.Headers.Add("Referrer-Policy", "no-referrer");
        return response;
    }

    private static HttpResponseData Move(HttpRequestData request, string path)
    {
        var response = request.CreateResponse(HttpStatusCode.PermanentRedirect);
        response.Headers.Add("Location", path);
        return response;
    }
}
