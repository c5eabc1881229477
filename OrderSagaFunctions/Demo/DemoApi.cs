using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Answers;
using Sagas.Fields;
using Sagas.Http;

namespace OrderSagaFunctions.Demo;

/// <summary>What a page offers in the demo. No row and no instance holds it, and so it is none of the data format.</summary>
/// <param name="IsDemo">Whether this is the demo.</param>
/// <param name="CanCrash">Whether <c>POST /api/demo/crash</c> does what it is for.</param>
/// <param name="Scenarios">The orders that it offers; none outside the demo.</param>
public sealed record DemoView(bool IsDemo, bool CanCrash, IReadOnlyList<DemoScenario> Scenarios);

/// <summary>The demo over HTTP: orders that show something, and a host that can be killed.</summary>
public sealed class DemoApi(DemoMode mode, HostCrash crash)
{
    /// <summary>Whether this is the demo, and what it offers.</summary>
    [Function("GetDemo")]
    public async Task<HttpResponseData> GetAsync([HttpTrigger(Roles.Submit, "get", Route = "demo")] HttpRequestData request) =>
        QueryFields.RefuseAll(request) is { Count: > 0 } errors
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, new DemoView(mode.IsDemo, mode.CanCrash, mode.IsDemo ? DemoScenarios.All : []));

    /// <summary>
    /// Kills the host as <c>kill -9</c> does: 202, and then nothing until its supervisor has started it again; 409 where none would.
    /// </summary>
    [Function("CrashHost")]
    public async Task<HttpResponseData> CrashAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "demo/crash")] HttpRequestData request, CancellationToken cancellation)
    {
        var errors = QueryFields.RefuseAll(request);
        using var body = await request.ReadJsonAsync(errors, cancellation, isOptional: true);
        if (body is not null)
        {
            new JsonFields(body.RootElement, string.Empty, errors).RefuseOthers();
        }

        if (errors.Count > 0)
        {
            return await request.RefuseAsync(errors);
        }

        if (!mode.CanCrash)
        {
            return await request.ConflictAsync(
                OrderProblems.NotADemo,
                "Not a supervised demo",
                "Only a demo that a supervisor starts again can be killed. Start the app with --demo --supervise. Nothing was done.");
        }

        crash.AtTheEndOfTheCall();
        return request.CreateResponse(HttpStatusCode.Accepted);
    }
}
