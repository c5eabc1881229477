using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http.Management;

/// <summary>The answer to whoever started an instance over the management API.</summary>
internal static class CheckStatus
{
    // Seconds after which a caller should look again.
    private const string RetryAfter = "10";

    /// <summary>202 with the instance's management addresses.</summary>
    public static Task AnswerAsync(ManagementCall call, string instanceId)
    {
        var payload = ManagementLinks.Of(call.Origin, instanceId);
        call.Http.Response.Headers.Location = payload.StatusQueryGetUri;
        call.Http.Response.Headers.RetryAfter = RetryAfter;
        return call.AnswerAsync(
            StatusCodes.Status202Accepted,
            JsonSerializer.SerializeToUtf8Bytes(payload, ManagementJson.Default.HttpManagementPayload));
    }
}
