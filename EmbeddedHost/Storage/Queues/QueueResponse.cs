using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace EmbeddedHost.Storage.Queues;

/// <summary>An answer of the queue service: a status, headers and, with some, XML.</summary>
internal sealed class QueueResponse : Response
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    public QueueResponse(int status, XElement? content = null)
    {
        Status = status;
        if (content is not null)
        {
            _headers["Content-Type"] = "application/xml";
            ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(content.ToString(SaveOptions.DisableFormatting)));
        }
    }

    public override int Status { get; }

    public override string ReasonPhrase => ((HttpStatusCode)Status).ToString();

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    /// <summary>The answer to what is refused, from which the client makes its exception.</summary>
    public static QueueResponse Of(QueueRefusal refusal) =>
        new QueueResponse(refusal.Status, new XElement("Error", new XElement("Code", refusal.Code), new XElement("Message", refusal.Message)))
            .With("x-ms-error-code", refusal.Code);

    public QueueResponse With(string header, string value)
    {
        _headers[header] = value;
        return this;
    }

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => _headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers.Select(static header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => _headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
