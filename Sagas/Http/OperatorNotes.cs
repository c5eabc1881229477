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

/// <summary>Who calls, where the host knows.</summary>
public static class Caller
{
    /// <summary>
    /// The name of the authenticated person, or null where the host has authenticated none: a key is nobody's name. The
    /// <c>x-ms-client-principal</c> header is left to the host, which knows whether it comes from its own front door.
    /// </summary>
    public static string? NameOf(HttpRequestData request) => request.Identities?
        .FirstOrDefault(identity => identity.IsAuthenticated && !string.IsNullOrEmpty(identity.Name))?.Name;
}
