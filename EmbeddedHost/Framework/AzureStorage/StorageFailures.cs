using System.Net.Sockets;
using System.Security.Authentication;
using Azure;
using Azure.Identity;

namespace EmbeddedHost.Framework.AzureStorage;

/// <summary>What a storage account's refusals and silences are to a person.</summary>
internal static class StorageFailures
{
    /// <summary>Why the account could not be used, in a few words; null where the failure is of another kind.</summary>
    public static string? Explain(Exception failure)
    {
        foreach (var e in Chain(failure))
        {
            switch (e)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return "there is no such account, or its name cannot be resolved";
                case SocketException socket:
                    return $"it cannot be reached ({socket.Message})";
                case AuthenticationException tls:
                    return $"its certificate is not accepted ({tls.Message})";
                case AuthenticationFailedException:
                    return "the host has no identity that it could show there: sign in, or give it a managed identity";
                case RequestFailedException { Status: 401 or 403 } refused:
                    return $"it refuses the key or the identity ({refused.ErrorCode ?? $"status {refused.Status}"})";
                case RequestFailedException { Status: > 0 } other:
                    return $"it answers with status {other.Status} ({other.ErrorCode ?? "without a code"})";
                default:
                    continue;
            }
        }

        return Chain(failure).Any(static e => e is RequestFailedException or HttpRequestException)
            ? $"it does not answer ({Chain(failure).First().Message})"
            : null;
    }

    /// <summary>Whether a call to an account failed of what passes by itself. The clients have repeated it before they say so.</summary>
    public static bool IsOutage(Exception failure) => Chain(failure).Any(static e => e switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        // No answer within the clients' own limit.
        OperationCanceledException { Source: "Azure.Core" } => true,
        _ => false,
    });

    // The innermost say most: what is around them repeats them, once for each attempt.
    private static IEnumerable<Exception> Chain(Exception failure)
    {
        var inner = failure is AggregateException several ? several.InnerExceptions.FirstOrDefault() : failure.InnerException;
        return inner is null ? [failure] : Chain(inner).Append(failure);
    }
}
