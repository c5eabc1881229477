using System.Text.Json;
using Sagas.Fields;

namespace Sagas;

/// <summary>What a reviewer answers.</summary>
/// <param name="Approved">Whether the saga may go on.</param>
/// <param name="Reviewer">Who says so.</param>
/// <param name="Comment">Why, where given.</param>
public sealed record ReviewAnswer(bool Approved, string Reviewer, string? Comment)
{
    /// <summary>The characters of a comment at most.</summary>
    public const int LongestComment = 1000;

    /// <summary>The rule of a comment, for messages.</summary>
    public static string CommentRule => $"at most {LongestComment} characters, not all blank, and no control characters but tabs and line breaks";

    /// <summary>Reads an answer from an event, or null where it is none. Fields that it does not know it passes over.</summary>
    public static ReviewAnswer? Read(JsonElement? json)
    {
        var errors = new List<FieldError>();
        return json is { } given ? Read(new JsonFields(given, string.Empty, errors), errors, knownReviewer: null) : null;
    }

    /// <summary>Reads an answer from a request, which need not name its reviewer where that is known already.</summary>
    public static ReviewAnswer? Read(JsonElement json, ICollection<FieldError> errors, string? knownReviewer)
    {
        var fields = new JsonFields(json, string.Empty, errors);
        var answer = Read(fields, errors, knownReviewer);
        fields.RefuseOthers();
        return errors.Count == 0 ? answer : null;
    }

    private static ReviewAnswer? Read(JsonFields fields, ICollection<FieldError> errors, string? knownReviewer)
    {
        var approved = fields.RequiredBoolean("approved");
        var reviewer = knownReviewer is null || fields.Find("reviewer") is not null
            ? fields.RequiredText("reviewer", PersonName.IsOne, PersonName.Rule)
            : null;
        var comment = fields.OptionalText(
            "comment",
            static text => text.Length == 0 || HumanText.IsProse(text, LongestComment),
            CommentRule);
        return errors.Count == 0 ? new ReviewAnswer(approved!.Value, PersonName.Of(knownReviewer, reviewer)!, comment) : null;
    }
}
