using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;
using Sagas.Fields;
using Sagas.Http;

namespace OrderSagaFunctions.Submissions;

/// <summary>Takes orders in over HTTP.</summary>
public sealed class SubmitOrder(SubmissionStore submissions, OrderStart start, IOptions<OrderOptions> options)
{
    /// <summary>Accepts an order and starts its saga: 202, the same for the same order again; 400 for an invalid one; 409 for another under the same key.</summary>
    [Function(nameof(SubmitOrder))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "orders")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (await ReadAsync(request, errors, cancellation) is not { } submission)
        {
            return await request.RefuseAsync(errors);
        }

        var (orderId, instanceId) = (submission.Order.OrderId, submission.InstanceId);
        var claim = await submissions.ClaimAsync(submission, cancellation);
        if (claim is ClaimResult.New || (claim is ClaimResult.Known && !await start.IsStartedAsync(client, orderId, instanceId, cancellation)))
        {
            await start.StartAsync(client, submission.Order, instanceId, cancellation);
        }

        switch (claim)
        {
            case ClaimResult.OtherBody:
                return await request.ConflictAsync(
                    Problem.OtherSubmission,
                    "Other contents under the same key",
                    $"Order '{orderId}' or its Idempotency-Key was used before with other contents. Send what was sent then, or take a new one.");
            case ClaimResult.OtherKey:
                return await request.ConflictAsync(
                    Problem.OtherSubmission,
                    "Order known under another key",
                    $"Order '{orderId}' was submitted before under another Idempotency-Key. Send that one.");
        }

        return await AcceptAsync(request, client, submission);
    }

    private async Task<Submission?> ReadAsync(HttpRequestData request, List<FieldError> errors, CancellationToken cancellation)
    {
        errors.AddRange(QueryFields.RefuseAll(request));
        if (!SubmissionKey.TryRead(request.Headers, out var key))
        {
            errors.Add(new FieldError(SubmissionKey.Header, SubmissionKey.HeaderRule, FieldError.Shorten(key!)));
        }

        using var body = await request.ReadJsonAsync(errors, cancellation);
        return body is not null && OrderParser.Parse(body.RootElement, options.Value.DefaultCurrency, errors) is { } order
            ? new Submission(order, SubmissionKey.ToInstanceId(order.OrderId, key), SubmissionKey.Fingerprint(order))
            : null;
    }

    private static async Task<HttpResponseData> AcceptAsync(HttpRequestData request, DurableTaskClient client, Submission submission)
    {
        var statusUrl = $"{request.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{submission.Order.OrderId}";
        var links = ManagementLinks.For(client, request, submission.InstanceId);
        var answer = SubmissionAnswer.Of(submission.Order.OrderId, submission.InstanceId, statusUrl, links);
        var response = await request.AnswerAsync(HttpStatusCode.Accepted, answer);
        response.Headers.Add("Location", statusUrl);
        response.Headers.Add("Retry-After", "1");
        return response;
    }
}

/// <summary>The answer to an accepted order; the links are there where the caller may have them.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="InstanceId">Its saga.</param>
/// <param name="StatusUrl">Where the order can be watched.</param>
public sealed record SubmissionAnswer(string OrderId, string InstanceId, string StatusUrl)
{
    /// <summary>The instance, under the name that Durable Functions' own answers give it.</summary>
    public string Id => InstanceId;

    /// <summary>Durable Functions' status of the instance.</summary>
    public string? StatusQueryGetUri { get; init; }

    /// <summary>Raises an event.</summary>
    public string? SendEventPostUri { get; init; }

    /// <summary>Ends the instance at once, without compensation.</summary>
    public string? TerminatePostUri { get; init; }

    /// <summary>Rewinds a failed instance.</summary>
    public string? RewindPostUri { get; init; }

    /// <summary>Removes the instance's history.</summary>
    public string? PurgeHistoryDeleteUri { get; init; }

    /// <summary>Starts the instance anew.</summary>
    public string? RestartPostUri { get; init; }

    /// <summary>Holds the instance.</summary>
    public string? SuspendPostUri { get; init; }

    /// <summary>Lets a held instance go on.</summary>
    public string? ResumePostUri { get; init; }

    /// <summary>Makes the answer of a submission.</summary>
    public static SubmissionAnswer Of(string orderId, string instanceId, string statusUrl, HttpManagementPayload? links) =>
        new(orderId, instanceId, statusUrl)
        {
            StatusQueryGetUri = links?.StatusQueryGetUri,
            SendEventPostUri = links?.SendEventPostUri,
            TerminatePostUri = links?.TerminatePostUri,
            RewindPostUri = links?.RewindPostUri,
            PurgeHistoryDeleteUri = links?.PurgeHistoryDeleteUri,
            RestartPostUri = links?.RestartPostUri,
            SuspendPostUri = links?.SuspendPostUri,
            ResumePostUri = links?.ResumePostUri,
        };
}
