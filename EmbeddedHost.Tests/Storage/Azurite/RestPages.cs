using Azure;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>Pages of a query, each asked for as it is enumerated; a continuation token is what the next request's query adds.</summary>
internal sealed class RestPages<T>(int? maxPerPage, Func<string?, int?, Task<Page<T>>> read) : AsyncPageable<T>
    where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = await read(continuationToken, pageSizeHint ?? maxPerPage);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}

/// <summary>A query's options and continuation in the URL.</summary>
internal static class RestPages
{
    public static string Query(string? filter, int? size, IEnumerable<string>? select = null) =>
        Option("$filter", string.IsNullOrEmpty(filter) ? null : filter)
        + Option("$top", size?.ToString())
        + Option("$select", select is null ? null : string.Join(',', select));

    /// <summary>The options that continue after a response, which names them in headers; null where it is the last.</summary>
    public static string? Token(Response response, params string[] names)
    {
        var token = string.Concat(names.Select(name =>
            Option(name, response.Headers.TryGetValue("x-ms-continuation-" + name, out var value) ? value : null)));
        return token.Length == 0 ? null : token;
    }

    private static string Option(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
