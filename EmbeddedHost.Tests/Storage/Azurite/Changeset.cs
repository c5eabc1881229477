using System.Net.Http.Headers;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>A transaction on the wire: a batch with one changeset, whose parts are the writes' requests.</summary>
internal static class Changeset
{
    private const string Boundary = "changeset_contract";
    private const string BatchBoundary = "batch_contract";
    private const string StatusLine = "HTTP/1.1 ";

    /// <summary>The writes as one request to an account.</summary>
    public static HttpRequestMessage Of(Uri account, IEnumerable<EntityRequest> writes)
    {
        var changeset = Multipart(Boundary);
        foreach (var write in writes)
        {
            changeset.Add(Part(account, write));
        }

        var batch = Multipart(BatchBoundary);
        batch.Add(changeset);
        return new(HttpMethod.Post, $"{account}/$batch") { Content = batch };
    }

    /// <summary>The response to each write.</summary>
    /// <exception cref="TableTransactionFailedException">One was refused; its response is the only one.</exception>
    public static IReadOnlyList<Response> Read(string body)
    {
        var responses = body.Split(StatusLine)[1..].Select(One).ToList();
        return responses.Find(response => response.IsError) is { } refused
            ? throw new TableTransactionFailedException(refused.Refusal())
            : responses;
    }

    private static MultipartContent Multipart(string boundary)
    {
        var content = new MultipartContent("mixed", boundary);
        // Azurite does not find a boundary in quotes, which the content puts around it.
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/mixed; boundary={boundary}");
        return content;
    }

    private static StringContent Part(Uri account, EntityRequest write)
    {
        var text = new StringBuilder($"{write.Method} {account}/{write.Path} {StatusLine.TrimEnd()}\r\n");
        text.Append("Accept: application/json;odata=minimalmetadata\r\nContent-Type: application/json\r\nPrefer: return-no-content\r\nDataServiceVersion: 3.0;\r\n");
        if (write.IfMatch is not null)
        {
            text.Append($"If-Match: {write.IfMatch}\r\n");
        }

        var part = new StringContent(text.Append($"\r\n{write.Json}\r\n").ToString());
        part.Headers.ContentType = new MediaTypeHeaderValue("application/http");
        part.Headers.Add("Content-Transfer-Encoding", "binary");
        return part;
    }

    private static RestResponse One(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var headers = lines.Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2));
        return new(
            int.Parse(lines[0].AsSpan(0, 3)),
            headers.ToDictionary(header => header[0], header => header[^1], StringComparer.OrdinalIgnoreCase),
            lines.FirstOrDefault(line => line.StartsWith('{')) ?? "");
    }
}
