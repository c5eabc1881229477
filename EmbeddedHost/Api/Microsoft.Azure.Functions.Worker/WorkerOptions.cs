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

    /// <summary>
    /// Whether a failure is reported as the function's own exception. The functions run in the host's process, so that it
    /// always is; the real host wraps it where this is false.
    /// </summary>
    public bool EnableUserCodeException { get; set; } = true;
}
