using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>Takes orders in over HTTP.</summary>
public sealed class SubmitOrder(
    SubmissionStore submissions, OrderStore orders, IOptions<OrderOptions> orderOptions, IOptions<SagaOptions> sagaOptions)
{
    private const int FirstGeneration = 1;
    private readonly SagaSettings _settings = sagaOptions.Value.ToSagaSettings();

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

        var orderId = submission.Order.OrderId;
        switch (await submissions.ClaimAsync(submission, cancellation))
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
            case ClaimResult.New:
                await ScheduleAsync(client, submission, cancellation);
                break;
            case ClaimResult.Known when !await IsStartedAsync(client, submission, cancellation):
                await ScheduleAsync(client, submission, cancellation);
                break;
        }

        return await AcceptAsync(request, client, submission);
    }

    private async Task<Submission?> ReadAsync(HttpRequestData request, List<FieldError> errors, CancellationToken cancellation)
    {
        errors.AddRange(QueryFields.RefuseAll(request));
        if (!SubmissionKey.TryRead(request.Headers, out var key))
        {
            errors.Add(new FieldError("Idempotency-Key", SubmissionKey.HeaderRule, FieldError.Shorten(key!)));
        }

        using var body = await request.ReadJsonAsync(errors, cancellation);
        return body is not null && OrderParser.Parse(body.RootElement, orderOptions.Value.DefaultCurrency, errors) is { } order
            ? new Submission(order, SubmissionKey.ToInstanceId(order.OrderId, key), SubmissionKey.Fingerprint(order))
            : null;
    }

    // A purged instance is unknown too: where the order is stored or has a report, its saga has begun and must not start again;
    // one that was stopped from outside is recovered. Of one that was stopped before it stored the order nothing is left.
    private async Task<bool> IsStartedAsync(DurableTaskClient client, Submission submission, CancellationToken cancellation)
    {
        var order = await orders.FindAsync(submission.Order.OrderId, cancellation);
        var instance = await client.GetInstanceAsync(submission.InstanceId, cancellation);
        return order is { Report: not null } or not { Status: OrderStatus.Received } || instance is { IsCompleted: false };
    }

    private async Task ScheduleAsync(DurableTaskClient client, Submission submission, CancellationToken cancellation)
    {
        var input = new OrderSagaInput(submission.Order, _settings, FirstGeneration, OrderVersions.Current);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(OrderSaga), input, new StartOrchestrationOptions { InstanceId = submission.InstanceId }, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Hosts refuse a running id each with an exception of their own. It runs, then, or has since: the same submission
            // came twice at once. One that was stopped before is no sign of that.
            if (!await IsStartedAsync(client, submission, cancellation))
            {
                throw;
            }
        }
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
