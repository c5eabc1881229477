using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HumanInteraction;

/// <summary>What somebody wants back. <paramref name="AnswerWithin"/> is how long the manager has to decide.</summary>
public sealed record Expense(string What, long Cents, TimeSpan AnswerWithin);

public sealed record Decision(bool IsApproved, string By);

public sealed record Outcome(string Status, string By);

/// <summary>Waits for a person's decision, and goes on without it when the time is over.</summary>
public sealed class Expenses(ILogger<Expenses> logger)
{
    private const string DecisionEvent = "Decision";

    [Function(nameof(Submit))]
    public static async Task<HttpResponseData> Submit(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "expenses")] HttpRequestData request,
        [DurableClient] DurableTaskClient client)
    {
        var expense = await request.ReadFromJsonAsync<Expense>();
        if (expense is not { Cents: > 0 } || expense.AnswerWithin <= TimeSpan.Zero)
        {
            return request.CreateResponse(HttpStatusCode.BadRequest);
        }

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Refund), expense);
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    [Function(nameof(Decide))]
    public static async Task<HttpResponseData> Decide(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "expenses/{id}/decision")] HttpRequestData request,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        if (await request.ReadFromJsonAsync<Decision>() is not { By.Length: > 0 } decision)
        {
            return request.CreateResponse(HttpStatusCode.BadRequest);
        }

        if (await client.GetInstanceAsync(id) is not { IsCompleted: false })
        {
            return request.CreateResponse(HttpStatusCode.NotFound);
        }

        await client.RaiseEventAsync(id, DecisionEvent, decision);
        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    [Function(nameof(Refund))]
    public static async Task<Outcome> Refund([OrchestrationTrigger] TaskOrchestrationContext context, Expense expense)
    {
        await context.CallActivityAsync(nameof(AskManager), expense);
        context.SetCustomStatus("Waiting for a decision");
        using var decided = new CancellationTokenSource();
        var decision = context.WaitForExternalEvent<Decision>(DecisionEvent, decided.Token);
        var timeout = context.CreateTimer(expense.AnswerWithin, decided.Token);
        var first = await Task.WhenAny(decision, timeout);

        // What is no longer waited for must not keep the orchestration: the timer, or the event.
        decided.Cancel();
        return first == timeout
            ? await context.CallActivityAsync<Outcome>(nameof(Escalate), expense)
            : new Outcome(decision.Result.IsApproved ? "Approved" : "Rejected", decision.Result.By);
    }

    [Function(nameof(AskManager))]
    public void AskManager([ActivityTrigger] Expense expense) =>
        logger.LogInformation("Is it right to pay {Cents} cents for {What}?", expense.Cents, expense.What);

    [Function(nameof(Escalate))]
    public static Outcome Escalate([ActivityTrigger] Expense expense) => new("Escalated", expense.Cents > 100_000 ? "board" : "accounting");
}
