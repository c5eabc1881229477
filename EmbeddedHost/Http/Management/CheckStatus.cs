using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http.Management;

/// <summary>The answer to whoever started an instance.</summary>
internal static class CheckStatus
{
    /// <summary>Seconds after which a caller should look again.</summary>
    public const string RetryAfter = "10";

    /// <summary>202 with the instance's management addresses.</summary>
    public static Task AnswerAsync(ManagementCall call, string instanceId)
    {
        var links = ManagementLinks.Of(call.Origin, instanceId, call.Key);
        call.Http.Response.Headers.Location = links.StatusQueryGetUri;
        call.Http.Response.Headers.RetryAfter = RetryAfter;
        return call.AnswerAsync(StatusCodes.Status202Accepted, JsonSerializer.SerializeToUtf8Bytes(links, ManagementJson.Default.ManagementLinks));
    }
}
