using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http.Management;

/// <summary>The answer to whoever started an instance.</summary>
internal static class CheckStatus
{
    /// <summary>Seconds after which a caller should look again.</summary>
    public const string RetryAfter = "10";

    /// <summary>The answer's body.</summary>
    public static byte[] Body(HttpManagementPayload payload) =>
        JsonSerializer.SerializeToUtf8Bytes(payload, ManagementJson.Default.HttpManagementPayload);

    /// <summary>202 with the instance's management addresses.</summary>
    public static Task AnswerAsync(ManagementCall call, string instanceId)
    {
        var payload = ManagementLinks.Of(call.Origin, instanceId, call.Key);
        call.Http.Response.Headers.Location = payload.StatusQueryGetUri;
        call.Http.Response.Headers.RetryAfter = RetryAfter;
        return call.AnswerAsync(StatusCodes.Status202Accepted, Body(payload));
    }
}
