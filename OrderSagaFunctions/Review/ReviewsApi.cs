using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Review;

/// <summary>The review queue over HTTP.</summary>
public sealed class ReviewsApi(ReviewQueue queue, LongReads reads)
{
    /// <summary>Lists the reviews that wait for somebody, the oldest deadline first, a page at a time.</summary>
    [Function("ListReviews")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(Roles.Review, "get", Route = "reviews")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        var query = new QueryFields(request.Query, errors);
        var (top, after) = (query.Top(), query.Continuation(SortKey.IsOne));
        query.RefuseOthers();
        return errors.Count > 0
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await reads.RunAsync("reviews", () => ReadAsync(client, top, after?[0], cancellation), cancellation));
    }

    private async Task<ReviewPage> ReadAsync(DurableTaskClient client, int top, string? after, CancellationToken cancellation)
    {
        var page = new SortedPage<WaitingReview>(top, after, static review => SortKey.Of(review.Deadline, review.OrderId));
        var unreadable = new UnreadableRows();
        await foreach (var review in queue.ListAsync(client, unreadable, cancellation))
        {
            page.Add(review);
        }

        var (reviews, next) = page.End();
        return new ReviewPage(reviews, next, unreadable.Found);
    }
}

/// <summary>A page of the review queue, by deadline.</summary>
/// <param name="Reviews">The reviews.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The rows because of which reviews may be left out; null where there are none.</param>
public sealed record ReviewPage(IReadOnlyList<WaitingReview> Reviews, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);

/// <summary>A review that waits for somebody.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Flags">Why a person should look at it.</param>
/// <param name="RequestedAt">Since when.</param>
/// <param name="Deadline">When no answer becomes a no.</param>
public sealed record WaitingReview(
    string OrderId, string CustomerId, IReadOnlyList<ReviewFlag> Flags, DateTimeOffset RequestedAt, DateTimeOffset Deadline);

/// <summary>The reviews that wait for somebody.</summary>
public sealed class ReviewQueue(OrderStore orders, ReviewStore reviews, ReviewDesk desk)
{
    /// <summary>Every review whose order is still in it, in no particular order.</summary>
    internal async IAsyncEnumerable<WaitingReview> ListAsync(
        DurableTaskClient client, UnreadableRows unreadable, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (task, review) in reviews.ListUndecidedAsync(unreadable, cancellation))
        {
            if (await unreadable.SkipAsync(() => orders.FindAsync(task.Key, cancellation)) is { } order && order.Generation == task.Generation
                && await desk.IsWaitingAsync(task.Saga, await client.GetInstanceAsync(order.InstanceId, cancellation), cancellation))
            {
                yield return new WaitingReview(task.Key, order.CustomerId, review.Flags, review.RequestedAt, review.Deadline);
            }
        }
    }

    /// <summary>Whether an order's saga waits for a reviewer.</summary>
    internal async Task<bool> HasAsync(DurableTaskClient client, OrderGlance order, CancellationToken cancellation) =>
        (await reviews.ReadAsync(order.OrderId, cancellation)).Any(review => review.Task.Generation == order.Generation && review.View.Decision is null)
        && await desk.IsWaitingAsync(order.Id, await client.GetInstanceAsync(order.InstanceId, cancellation), cancellation);
}

/// <summary>Reviews of suspicious orders.</summary>
internal static class ReviewServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddSingleton<ReviewQueue>();
        return services;
    }
}
