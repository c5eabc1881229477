using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Writes an instance's status. What is serialised already goes out as it is.</summary>
internal static class StatusJson
{
    /// <summary>Writes the properties into an open object.</summary>
    public static void WriteProperties(Utf8JsonWriter json, OrchestrationMetadata instance, bool showInput)
    {
        json.WriteString("name", instance.Name);
        json.WriteString("instanceId", instance.InstanceId);
        json.WriteString("runtimeStatus", instance.RuntimeStatus.ToString());
        WriteRaw(json, "input", showInput ? instance.SerializedInput : null);
        WriteRaw(json, "customStatus", instance.SerializedCustomStatus);
        if (instance is { SerializedOutput: null, FailureDetails: { } failure })
        {
            json.WriteString("output", failure.ToString());
        }
        else
        {
            WriteRaw(json, "output", instance.SerializedOutput);
        }

        json.WriteString("createdTime", Seconds(instance.CreatedAt));
        json.WriteString("lastUpdatedTime", Seconds(instance.LastUpdatedAt));
    }

    /// <summary>
    /// Writes what is serialised already. A store of the Framework has bare texts too, of a failure or why something was terminated:
    /// they go out as text.
    /// </summary>
    public static void WritePayload(Utf8JsonWriter json, ReadOnlySpan<byte> payload)
    {
        if (IsJson(payload))
        {
            json.WriteRawValue(payload, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(payload);
        }
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        WritePayload(json, Encoding.UTF8.GetBytes(value ?? "null"));
    }

    private static bool IsJson(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        try
        {
            while (reader.Read())
            {
                // To the end.
            }

            return reader.BytesConsumed > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Seconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
