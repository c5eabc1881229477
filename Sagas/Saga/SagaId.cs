using System.Security.Cryptography;
using System.Text;

namespace Sagas;

/// <summary>Which saga something is about.</summary>
/// <param name="Key">What the saga is about (<see cref="SagaDefinition.KeyOf"/>).</param>
/// <param name="Generation">Which saga of that, counted from 1: one that begins anew after another was undone is the next.</param>
/// <param name="Scope">Which child of the saga; null for the saga itself.</param>
public sealed record SagaId(string Key, int Generation = 1, string? Scope = null);

/// <summary>The input of a saga's activity, which says whose it is: the kit bounds each attempt, and undoes nothing once that saga is committed.</summary>
public interface ISagaInput
{
    /// <summary>The saga.</summary>
    SagaId Saga { get; }
}

/// <summary>Is told of each attempt at an activity of a saga, and may fail it: for demonstrations and tests.</summary>
public interface IAttemptObserver
{
    /// <summary>An attempt begins. What is thrown here fails it before it has done anything.</summary>
    /// <param name="activity">The activity's name.</param>
    /// <param name="key">What its saga is about.</param>
    void Before(string activity, string key);

    /// <summary>An attempt has done its work. What is thrown here fails it all the same.</summary>
    /// <inheritdoc cref="Before" path="/param" />
    void After(string activity, string key);
}

/// <summary>
/// The keys under which sagas keep their gates, waits and incidents, and run as instances: an order's id, or of any other saga
/// its name, a dot and its own id. No id has a dot, so that no two sagas share a key.
/// </summary>
public static class SagaKey
{
    /// <summary>The rule of an id, for messages.</summary>
    public const string IdRule = "1 to 64 characters of A-Z a-z 0-9 - _";

    /// <summary>What stands between a saga's name and its id.</summary>
    public const string Separator = ".";

    private const int LongestId = 64;

    /// <summary>Whether a text can be an id, and so part of an instance id and of a table key on both hosts.</summary>
    public static bool IsId(string? text) =>
        text is { Length: > 0 and <= LongestId } && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>The instance id of what runs for a saga beside it: its name if every host allows that as an id, else its hash.</summary>
    public static string ToInstanceId(string name) => IsId(name) ? name : Hash(name);

    /// <summary>An id for any text. It has all of the hash, and so is longer than any <see cref="IsId">id</see>: it is no other saga's.</summary>
    public static string Hash(string text) => $"key-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    /// <summary>Whether a text can be a key.</summary>
    public static bool IsKey(string text) => text.Split(Separator) is { Length: 1 or 2 } parts && parts.All(IsId);
}

/// <summary>A saga, as those find it who decide about it.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="InstanceId">The orchestration that runs it.</param>
public sealed record SagaInstance(string Key, string InstanceId);
