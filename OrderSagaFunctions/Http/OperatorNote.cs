using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Http;

/// <summary>What an operator says with an action: an optional body <c>{"by": "...", "reason": "..."}</c>.</summary>
/// <param name="By">Who acts: the authenticated person where there is one, and as the body says; empty where neither is known.</param>
/// <param name="Reason">Why; empty where not said.</param>
public sealed record OperatorNote(string By, string Reason)
{
    /// <summary>The characters of a reason at most.</summary>
    internal const int LongestReason = 1000;

    /// <summary>The rule of a reason, for messages.</summary>
    internal static string ReasonRule => $"why, in 1 to {LongestReason} characters that are not all blank, and no control characters but tabs and line breaks";

    /// <summary>The note of an action that no person takes.</summary>
    internal static OperatorNote None { get; } = new(string.Empty, string.Empty);

    /// <summary>Reads the note, or null where the body is none; the errors then say why.</summary>
    internal static async Task<OperatorNote?> ReadAsync(
        HttpRequestData request, bool needsReason, List<FieldError> errors, CancellationToken cancellation)
    {
        errors.AddRange(QueryFields.RefuseAll(request));
        using var body = await request.ReadJsonAsync(errors, cancellation, isOptional: !needsReason);
        if (body is null)
        {
            return null;
        }

        var fields = new JsonFields(body.RootElement, string.Empty, errors);
        var by = fields.OptionalText("by", Caller.IsName, Caller.NameRule);
        var reason = needsReason || fields.Find("reason") is not null
            ? fields.RequiredText("reason", IsReason, ReasonRule)
            : null;
        fields.RefuseOthers();
        return errors.Count == 0 ? new OperatorNote(Caller.NameOf(Caller.NameOf(request), by) ?? string.Empty, reason ?? string.Empty) : null;
    }

    private static bool IsReason(string text) => HumanText.IsProse(text, LongestReason);
}

/// <summary>A note as it is kept: in the row of what was decided, written with it.</summary>
/// <param name="By">Who acted, where that is known.</param>
/// <param name="Reason">Why, where that was said.</param>
/// <param name="At">When.</param>
public sealed record StoredNote(string? By, string? Reason, DateTimeOffset At)
{
    /// <summary>Puts a note into the row of what was decided.</summary>
    internal static void Write(TableEntity row, OperatorNote note, DateTimeOffset at)
    {
        row["By"] = note.By;
        row["Reason"] = note.Reason;
        row["At"] = at;
    }

    /// <summary>Reads the note in such a row.</summary>
    internal static StoredNote Read(TableEntity row) => Of(row.GetString("By"), row.GetString("Reason"), row.Time("At"));

    /// <summary>A note of which any text may be missing.</summary>
    internal static StoredNote Of(string? by, string? reason, DateTimeOffset at) =>
        new(string.IsNullOrEmpty(by) ? null : by, string.IsNullOrEmpty(reason) ? null : reason, at);
}
