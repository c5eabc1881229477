using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settings of the part of the host that runs the app's functions.</summary>
public class WorkerOptions
{
    /// <summary>
    /// Reads and writes bodies and payloads. Where the app sets none, JSON with the app's
    /// <see cref="System.Text.Json.JsonSerializerOptions"/>, property names read in any case.
    /// </summary>
    public ObjectSerializer? Serializer { get; set; }
}
