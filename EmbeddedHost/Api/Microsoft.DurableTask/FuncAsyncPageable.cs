using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask;

/// <summary>A listing whose pages a function reads.</summary>
internal sealed class FuncAsyncPageable<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> readPage) : AsyncPageable<T>
{
    /// <inheritdoc/>
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        => ReadAsync(continuationToken, pageSizeHint);

    private async IAsyncEnumerable<Page<T>> ReadAsync(
        string? token, int? pageSizeHint, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        do
        {
            var page = await readPage(token, pageSizeHint, cancellation);
            yield return page;
            token = page.ContinuationToken;
        }
        while (token is not null);
    }
}
