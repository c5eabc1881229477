using System.Text.Json.Serialization;

namespace EmbeddedHost.Http.Outgoing;

/// <summary>A request as it is kept in an orchestration's history.</summary>
internal sealed record HttpCall(string Method, Uri Uri, IDictionary<string, string?[]>? Headers, string? Content, TimeSpan? Timeout);

/// <summary>An answer as it is kept in an orchestration's history.</summary>
internal sealed record HttpReply(int Status, IDictionary<string, string?[]> Headers, string? Content);

/// <summary>Reads and writes requests and answers, whatever serializer the app has.</summary>
[JsonSerializable(typeof(HttpCall))]
[JsonSerializable(typeof(HttpReply))]
internal sealed partial class HttpCallJson : JsonSerializerContext;
