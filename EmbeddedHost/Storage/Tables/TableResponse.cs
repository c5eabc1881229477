using System.Diagnostics.CodeAnalysis;
using System.Net;
using Azure;
using Azure.Core;

namespace EmbeddedHost.Storage.Tables;

/// <summary>What the service would have answered: a status and, for a written or read entity, its timestamp as an ETag.</summary>
internal sealed class TableResponse(int status, long? timestamp = null) : Response
{
    private const string ETagHeader = "ETag";

    public override int Status => status;

    public override bool IsError => status >= 400;

    public override string ReasonPhrase => ((HttpStatusCode)status).ToString();

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
        // Nothing is held.
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
        TryGetHeader(ETagHeader, out var etag) ? [new HttpHeader(ETagHeader, etag)] : [];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        // Formatted here: few callers look at it.
        value = timestamp is { } version && string.Equals(name, ETagHeader, StringComparison.OrdinalIgnoreCase)
            ? EntityETag.Format(version)
            : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
