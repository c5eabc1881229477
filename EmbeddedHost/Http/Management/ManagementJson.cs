using System.Text.Json.Serialization;

namespace EmbeddedHost.Http.Management;

/// <summary>The JSON of the management API's own types, whatever serializer the app has.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ManagementLinks))]
internal sealed partial class ManagementJson : JsonSerializerContext;
