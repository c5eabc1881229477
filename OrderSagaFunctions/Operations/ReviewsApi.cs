using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Http;

namespace OrderSagaFunctions.Operations;

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
        await foreach (var review in queue.ListAsync(client, cancellation))
        {
            page.Add(review);
        }

        var (reviews, next) = page.End();
        return new ReviewPage(reviews, next);
    }
}
