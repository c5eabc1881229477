using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas;

/// <summary>What an operator says with an action: an optional body <c>{"by": "...", "reason": "..."}</c>.</summary>
/// <param name="By">Who acts: the authenticated person where there is one, and as the body says; empty where neither is known.</param>
/// <param name="Reason">Why; empty where not said.</param>
public sealed record OperatorNote(string By, string Reason)
{
    /// <summary>The characters of a reason at most.</summary>
    public const int LongestReason = 1000;

    /// <summary>The rule of a reason, for messages.</summary>
    public static string ReasonRule => $"why, in 1 to {LongestReason} characters that are not all blank, and no control characters but tabs and line breaks";

    /// <summary>The note of an action that no person takes.</summary>
    public static OperatorNote None { get; } = new(string.Empty, string.Empty);
}

/// <summary>A note as it is kept: in the row of what was decided, written with it.</summary>
/// <param name="By">Who acted, where that is known.</param>
/// <param name="Reason">Why, where that was said.</param>
/// <param name="At">When.</param>
public sealed record StoredNote(string? By, string? Reason, DateTimeOffset At)
{
    /// <summary>Puts a note into the row of what was decided.</summary>
    public static void Write(TableEntity row, OperatorNote note, DateTimeOffset at)
    {
        row["By"] = note.By;
        row["Reason"] = note.Reason;
        row["At"] = at;
    }

    /// <summary>Reads the note in such a row.</summary>
    /// <exception cref="UnreadableRowException">The row does not say when.</exception>
    public static StoredNote Read(TableEntity row) => Of(row.GetString("By"), row.GetString("Reason"), row.Time("At"));

    /// <summary>A note of which any text may be missing.</summary>
    public static StoredNote Of(string? by, string? reason, DateTimeOffset at) =>
        new(string.IsNullOrEmpty(by) ? null : by, string.IsNullOrEmpty(reason) ? null : reason, at);
}
