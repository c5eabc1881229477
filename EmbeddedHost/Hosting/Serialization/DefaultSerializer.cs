using System.Text.Json;
using Azure.Core.Serialization;

namespace EmbeddedHost.Hosting.Serialization;

/// <summary>
/// The serializer of an app that sets none. It shows its options, so that payloads, which are bytes already, need no
/// stream around them.
/// </summary>
internal sealed class DefaultSerializer(JsonSerializerOptions options) : JsonObjectSerializer(options)
{
    /// <summary>The app's JSON options.</summary>
    public JsonSerializerOptions Options { get; } = options;
}
