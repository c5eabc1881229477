using Microsoft.Azure.Functions.Worker.Http;
using Sagas.Fields;

namespace Sagas.Http;

/// <summary>Reads what an operator says with an action.</summary>
public static class OperatorNotes
{
    /// <summary>Reads the note, or null where the body is none; the errors then say why.</summary>
    public static async Task<OperatorNote?> ReadAsync(
        HttpRequestData request, bool needsReason, ICollection<FieldError> errors, CancellationToken cancellation)
    {
        foreach (var error in QueryFields.RefuseAll(request))
        {
            errors.Add(error);
        }

        using var body = await request.ReadJsonAsync(errors, cancellation, isOptional: !needsReason);
        if (body is null)
        {
            return null;
        }

        var fields = new JsonFields(body.RootElement, string.Empty, errors);
        var by = fields.OptionalText("by", PersonName.IsOne, PersonName.Rule);
        var reason = needsReason || fields.Find("reason") is not null
            ? fields.RequiredText("reason", IsReason, OperatorNote.ReasonRule)
            : null;
        fields.RefuseOthers();
        return errors.Count == 0 ? new OperatorNote(PersonName.Of(Caller.NameOf(request), by) ?? string.Empty, reason ?? string.Empty) : null;
    }

    private static bool IsReason(string text) => HumanText.IsProse(text, OperatorNote.LongestReason);
}
