using System.Text.Json;
using OrderSagaFunctions.Http;

namespace OrderSagaFunctions.Review;

/// <summary>What a reviewer answers.</summary>
/// <param name="Approved">Whether the order may go on.</param>
/// <param name="Reviewer">Who says so.</param>
/// <param name="Comment">Why, where given.</param>
public sealed record ReviewAnswer(bool Approved, string Reviewer, string? Comment)
{
    private const int LongestComment = 1000;

    /// <summary>Reads an answer from an event or a request, or null where it is none.</summary>
    public static ReviewAnswer? Read(JsonElement? json) => json is { } given ? Read(given, []) : null;

    /// <summary>Reads an answer, which need not name its reviewer where that is known already.</summary>
    internal static ReviewAnswer? Read(JsonElement json, List<FieldError> errors, string? knownReviewer = null)
    {
        var fields = new JsonFields(json, string.Empty, errors);
        var approved = fields.RequiredBoolean("approved");
        var reviewer = knownReviewer is null
            ? fields.RequiredText("reviewer", Caller.IsName, Caller.NameRule)
            : Caller.NameOf(knownReviewer, fields.OptionalText("reviewer", Caller.IsName, Caller.NameRule));
        var comment = fields.OptionalText("comment", text => text.Length <= LongestComment, $"at most {LongestComment} characters");
        return errors.Count == 0 ? new ReviewAnswer(approved!.Value, reviewer!, comment) : null;
    }
}
