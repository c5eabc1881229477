using System.Net;

namespace EmbeddedHost.Http.Outgoing;

/// <summary>
/// Follows redirects, as .NET's own handler does, but takes no secret along: a function key never, and what else tells who
/// asks only within one origin. .NET itself keeps back <c>Authorization</c> alone.
/// </summary>
internal sealed class SafeRedirects(SocketsHttpHandler inner) : DelegatingHandler(inner)
{
    private const int Most = 50;

    private static readonly string[] OfOneOrigin = ["Authorization", "Cookie"];

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var followed = 0; followed < Most && Target(request, response) is { } target; followed++)
        {
            var status = response.StatusCode;
            response.Dispose();
            Follow(request, status, target);
            response = await base.SendAsync(request, cancellationToken);
        }

        return response;
    }

    private static Uri? Target(HttpRequestMessage request, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (300 or 301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(request.RequestUri!, location);
        var isHttp = target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && request.RequestUri!.Scheme == Uri.UriSchemeHttp);
        return isHttp ? target : null;
    }

    private static void Follow(HttpRequestMessage request, HttpStatusCode status, Uri target)
    {
        if (status is HttpStatusCode.SeeOther ? request.Method != HttpMethod.Get && request.Method != HttpMethod.Head
            : (int)status < (int)HttpStatusCode.TemporaryRedirect && request.Method == HttpMethod.Post)
        {
            request.Method = HttpMethod.Get;
            request.Content = null;
        }

        _ = request.Headers.Remove("x-functions-key");
        if (!IsSameOrigin(request.RequestUri!, target))
        {
            foreach (var name in OfOneOrigin)
            {
                _ = request.Headers.Remove(name);
            }
        }

        request.RequestUri = target;
    }

    private static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
