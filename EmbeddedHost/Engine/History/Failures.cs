using System.Text.Json;
using DurableTask.Core;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.History;

/// <summary>Failures as the Durable Task Framework holds them, and as the programming model shows them.</summary>
internal static class Failures
{
    /// <summary>The failure of an exception. One that cannot tell its message is a failure like any other.</summary>
    public static FailureDetails Of(Exception e)
    {
        try
        {
            return new FailureDetails(e);
        }
        catch (Exception unreadable)
        {
            return new FailureDetails(
                e.GetType().FullName!, $"The exception has no readable message: {unreadable.GetType().FullName}.", e.StackTrace,
                innerFailure: null, isNonRetriable: false);
        }
    }

    /// <summary>Whether an exception can tell its message.</summary>
    public static bool IsReadable(Exception e)
    {
        try
        {
            return e.Message is not null;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>The failure as clients and tests see it.</summary>
    public static TaskFailureDetails Shown(this FailureDetails failure) => new(
        failure.ErrorType, failure.ErrorMessage, failure.StackTrace, failure.InnerFailure?.Shown(), failure.Properties);
}

/// <summary>What an exception properties provider has told of a failure, as JSON.</summary>
internal static class FailureProperties
{
    public static string ToJson(IDictionary<string, object?> properties) => JsonSerializer.Serialize(properties);

    public static Dictionary<string, object?> FromJson(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.ToDictionary(
            static property => property.Key, static property => Value(property.Value), StringComparer.Ordinal);

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        _ => element.EnumerateObject().ToDictionary(
            static property => property.Name, static property => Value(property.Value), StringComparer.Ordinal),
    };
}
