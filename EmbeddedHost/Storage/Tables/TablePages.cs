using Azure;

namespace EmbeddedHost.Storage.Tables;

/// <summary>Reads the page that a token and a size ask for; no token is the first page.</summary>
internal delegate Page<T> ReadPage<T>(string? continuationToken, int size);

/// <summary>Pages that are read as they are enumerated.</summary>
internal sealed class TablePages<T>(ReadPage<T> read, int? maxPerPage, CancellationToken cancellationToken) : Pageable<T>(cancellationToken)
    where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        var size = pageSizeHint ?? maxPerPage ?? TableLimits.PageRows;
        if (size < 1)
        {
            throw TableErrors.InvalidInput($"A page of {size} was asked for; ask for at least 1 (at most {TableLimits.PageRows} are returned).");
        }

        do
        {
            CancellationToken.ThrowIfCancellationRequested();
            var page = read(continuationToken, Math.Min(size, TableLimits.PageRows));
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}

/// <summary>The same for callers that await. A page is a local read, which there is nothing to wait for: between pages others get their turn.</summary>
internal sealed class TableAsyncPages<T>(ReadPage<T> read, int? maxPerPage, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        foreach (var page in new TablePages<T>(read, maxPerPage, CancellationToken).AsPages(continuationToken, pageSizeHint))
        {
            yield return page;
            if (page.ContinuationToken is not null)
            {
                await Task.Yield();
            }
        }
    }
}
