using System.Net.Sockets;
using Azure;
using Azure.Identity;
using EmbeddedHost.Framework.AzureStorage;

namespace EmbeddedHost.Tests.Framework;

/// <summary>What a storage account's refusals and silences are to a person.</summary>
public sealed class StorageFailuresTests
{
    public static TheoryData<Exception, string?> Failures => new()
    {
        { new RequestFailedException(403, "no", "AuthenticationFailed", innerException: null), "it refuses the key or the identity (AuthenticationFailed)" },
        { new RequestFailedException(401, "no"), "it refuses the key or the identity (status 401)" },
        { new RequestFailedException(503, "busy", "ServerBusy", innerException: null), "it answers with status 503 (ServerBusy)" },
        {
            new AggregateException(new RequestFailedException("x", new HttpRequestException("y", new SocketException((int)SocketError.HostNotFound)))),
            "there is no such account, or its name cannot be resolved"
        },
        { new CredentialUnavailableException("none"), "the host has no identity that it could show there: sign in, or give it a managed identity" },
        { new RequestFailedException("x", new TaskCanceledException("too long")), "it does not answer (too long)" },
        { new InvalidOperationException("something else"), null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Explain_Failure_SaysWhatIsTheMatter(Exception failure, string? told) => Assert.Equal(told, StorageFailures.Explain(failure));

    [Fact]
    public void Explain_NobodyListens_SaysThatItCannotBeReached() => Assert.StartsWith(
        "it cannot be reached (",
        StorageFailures.Explain(new AggregateException(new RequestFailedException("x", new SocketException((int)SocketError.ConnectionRefused)))),
        StringComparison.Ordinal);
}
