using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Tests.Storage.Azurite;
using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>A storage account that cannot be used: the start says so in one sentence, without the key, and soon.</summary>
public sealed class AzureStorageStartTests
{
    private const string WrongKey = "bm90IHRoZSBrZXkgb2YgdGhpcyBhY2NvdW50";

    [Fact]
    public async Task Start_NoConnectionString_NamesTheSetting() => Assert.Equal(
        "Setting AzureWebJobsStorage is not a storage connection string.",
        await RefusalAsync($"AccountName=shop;AccountKey={WrongKey};this is not a pair"));

    [Fact]
    public async Task Start_NoSuchAccount_SaysThatItsNameCannotBeResolved() => Assert.EndsWith(
        "(https://shop.table.storage.invalid/) cannot be used: there is no such account, or its name cannot be resolved.",
        await RefusalAsync($"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={WrongKey};EndpointSuffix=storage.invalid"),
        StringComparison.Ordinal);

    [Fact]
    public async Task Start_PortRefuses_SaysThatItCannotBeReached()
    {
        // Bound and not listened on: nobody else takes it meanwhile.
        using var port = new Socket(SocketType.Stream, ProtocolType.Tcp);
        port.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var account = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndPoint!).Port}/shop";

        var refusal = await RefusalAsync($"AccountName=shop;AccountKey={WrongKey};BlobEndpoint={account};QueueEndpoint={account};TableEndpoint={account}");

        Assert.StartsWith($"The storage account of AzureWebJobsStorage ({account}) cannot be used: it cannot be reached", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeyIsRefused_SaysSo()
    {
        var azurite = await AzuriteServer.SharedAsync();
        var parts = azurite.ConnectionString(azurite.NewAccount()).Split(';');

        var refusal = await RefusalAsync(string.Join(
            ';', parts.Select(static part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={WrongKey}" : part)));

        Assert.Contains("cannot be used: it refuses the key or the identity", refusal, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(string connection)
    {
        var refusal = await AppStart.RefusalAsync(AzureStorage.At(connection), "--port", "0");
        Assert.DoesNotContain(WrongKey, refusal, StringComparison.Ordinal);
        return refusal;
    }
}
