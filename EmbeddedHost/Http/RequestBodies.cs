using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EmbeddedHost.Http;

/// <summary>Reads requests' bodies into memory, within the limits of size, time and memory that hold for whoever calls.</summary>
internal sealed class RequestBodies(HeldBodies held, HostStop stop, TimeProvider time)
{
    /// <summary>How long a body may take to arrive, in all.</summary>
    public static readonly TimeSpan LongestArrival = TimeSpan.FromSeconds(30);

    /// <summary>Reads a request's body; dispose of it once it is used up.</summary>
    /// <param name="http">The request. One whose method has no body takes none.</param>
    /// <param name="limit">How many bytes it may have.</param>
    /// <exception cref="BadHttpRequestException">413: it is larger. 408: it takes too long. 503: there is no memory for it, or the host stops.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async ValueTask<HeldBody> ReadAsync(HttpContext http, int limit)
    {
        var request = http.Request;
        limit = TakesBody(request.Method) ? limit : 0;
        var length = request.ContentLength;
        if (length > limit)
        {
            throw TooLarge(request, limit, $"one of {length} bytes");
        }

        var isEmpty = length is 0 || (length is null && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false);
        // One byte more than allowed, where the length is not known: that is how a larger one shows.
        var body = held.Begin(isEmpty ? 0 : (int?)length ?? limit + 1);
        try
        {
            if (!isEmpty)
            {
                await FillAsync(http, body, limit);
            }

            return held.TryComplete(body) ? body : throw NoMemory();
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private async Task FillAsync(HttpContext http, HeldBody body, int limit)
    {
        using var late = new CancellationTokenSource(LongestArrival, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted, stop.Begun, body.GivenUp);
        try
        {
            while (true)
            {
                if (!body.TryMakeRoom(out var room))
                {
                    throw NoMemory();
                }

                if (room.IsEmpty || await http.Request.Body.ReadAsync(room, end.Token) is not (> 0 and var count))
                {
                    return;
                }

                body.Advance(count);
                if (body.Bytes.Count > limit)
                {
                    throw TooLarge(http.Request, limit, "a larger one");
                }
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw stop.Begun.IsCancellationRequested ? Problem.Stopping()
                : late.IsCancellationRequested ? TooSlow(body)
                : NoMemory();
        }
    }

    private static bool TakesBody(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsDelete(method) && !HttpMethods.IsOptions(method);

    private static BadHttpRequestException TooLarge(HttpRequest request, int limit, string found) => new(
        $"{request.Method} {request.Path} takes {(limit == 0 ? "no body" : $"a body of at most {limit} bytes")}; the request has {found}.",
        StatusCodes.Status413PayloadTooLarge);

    private static BadHttpRequestException TooSlow(HeldBody body) => new(
        $"The body has to arrive within {LongestArrival.TotalSeconds} seconds; {body.Bytes.Count} bytes of it came in that time.",
        StatusCodes.Status408RequestTimeout);

    private static BadHttpRequestException NoMemory() => new(
        "The bodies of other requests take all the memory that the host has for bodies. Send the request again.",
        StatusCodes.Status503ServiceUnavailable);
}
