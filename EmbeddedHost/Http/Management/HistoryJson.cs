using System.Text.Json;
using EmbeddedHost.Engine.Contracts;
using Microsoft.DurableTask;

namespace EmbeddedHost.Http.Management;

/// <summary>Writes an instance's history, in the property names of the original (PascalCase).</summary>
internal static class HistoryJson
{
    /// <summary>Writes the property <c>historyEvents</c>.</summary>
    public static void WriteProperty(Utf8JsonWriter json, HistoryDocument history, bool showOutput)
    {
        json.WriteStartArray("historyEvents");
        foreach (var row in history.Events)
        {
            json.WriteStartObject();
            json.WriteString("EventType", row.EventType);
            json.WriteString("Timestamp", row.Timestamp);
            WriteTime(json, "ScheduledTime", row.ScheduledTime);
            WriteText(json, "FunctionName", row.FunctionName);
            WriteText(json, "Name", row.Name);
            WriteTime(json, "FireAt", row.FireAt);
            WritePayload(json, "Input", row.Input);
            WritePayload(json, "Result", showOutput ? row.Result : null);
            WriteText(json, "OrchestrationStatus", row.OrchestrationStatus?.ToString());
            WriteText(json, "Reason", row.Reason);
            WriteText(json, "Details", row.Details);
            if (row.FailureDetails is not null)
            {
                json.WritePropertyName("FailureDetails");
                WriteFailure(json, row.FailureDetails);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFailure(Utf8JsonWriter json, TaskFailureDetails failure)
    {
        json.WriteStartObject();
        json.WriteString("ErrorType", failure.ErrorType);
        json.WriteString("ErrorMessage", failure.ErrorMessage);
        WriteText(json, "StackTrace", failure.StackTrace);
        if (failure.InnerFailure is not null)
        {
            json.WritePropertyName("InnerFailure");
            WriteFailure(json, failure.InnerFailure);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTime? value)
    {
        if (value is { } time)
        {
            json.WriteString(name, time);
        }
    }

    private static void WritePayload(Utf8JsonWriter json, string name, byte[]? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            StatusJson.WritePayload(json, value);
        }
    }
}
