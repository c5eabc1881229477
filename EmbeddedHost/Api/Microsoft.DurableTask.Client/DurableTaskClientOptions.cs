using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Client;

/// <summary>How a client works.</summary>
public class DurableTaskClientOptions
{
    /// <summary>What turns inputs, results and events into text and back.</summary>
    public DataConverter DataConverter { get; set; } = JsonDataConverter.Default;

    /// <summary>The version of instances started without one; empty for none.</summary>
    public string DefaultVersion { get; set; } = string.Empty;
}
