using Microsoft.Azure.Functions.Worker.Http;

namespace OrderSagaFunctions.Http;

/// <summary>What an operator says with an action: an optional body <c>{"by": "...", "reason": "..."}</c>.</summary>
/// <param name="By">Who acts: the authenticated person where there is one, else as the body says; empty where it does not.</param>
/// <param name="Reason">Why; empty where not said.</param>
internal sealed record OperatorNote(string By, string Reason)
{
    private const int LongestReason = 1000;

    /// <summary>Reads the note, or null where the body is none; the errors then say why.</summary>
    public static async Task<OperatorNote?> ReadAsync(
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
            ? fields.RequiredText("reason", IsReason, $"why, in 1 to {LongestReason} characters that are not all blank, and no control characters but tabs and line breaks")
            : null;
        fields.RefuseOthers();
        return errors.Count == 0 ? new OperatorNote(Caller.NameOf(request) ?? by ?? string.Empty, reason ?? string.Empty) : null;
    }

    private static bool IsReason(string text) => HumanText.IsProse(text, LongestReason);
}
