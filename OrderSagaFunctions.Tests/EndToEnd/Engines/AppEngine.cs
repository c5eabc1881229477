using EmbeddedHost.Tests.Storage.Azurite;

namespace OrderSagaFunctions.Tests.EndToEnd.Engines;

/// <summary>An engine that the app is tested on: what its processes are told of it.</summary>
public interface IAppEngine
{
    /// <summary>Settings with which a process has a task hub and tables to itself; processes with the same settings share them.</summary>
    static abstract Task<IReadOnlyDictionary<string, string>> NewHubAsync();
}

/// <summary>The embedded engine, as the app starts without being told.</summary>
public sealed class Embedded : IAppEngine
{
    public static Task<IReadOnlyDictionary<string, string>> NewHubAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal));
}

/// <summary>Microsoft's engine over a storage account of Azurite.</summary>
public sealed class AzureStorage : IAppEngine
{
    private const string Provider = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__";

    /// <summary>The setting that names the account.</summary>
    public const string Connection = "AzureWebJobsStorage";

    // One partition: a host alone has nobody to share them with, and each is asked for messages all the time.
    public static Task<IReadOnlyDictionary<string, string>> NewHubAsync() => NewHubAsync(partitions: 1);

    /// <summary>The same with more partitions, for more hosts.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NewHubAsync(int partitions)
    {
        var azurite = await AzuriteServer.SharedAsync();
        return At(azurite.ConnectionString(azurite.NewAccount()), partitions);
    }

    /// <summary>The settings for an account.</summary>
    public static IReadOnlyDictionary<string, string> At(string connection, int partitions = 1) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EmbeddedHost__Engine"] = nameof(AzureStorage),
        [Connection] = connection,
        // A message is found soon, not within the five seconds that spare calls to a real account.
        [Provider + "maxQueuePollingInterval"] = "00:00:00.150",
        [Provider + "partitionCount"] = $"{partitions}",
        // One emulator serves all tests: where the machine is busy, an attempt takes long and has not failed.
        ["Saga__AttemptTimeout"] = "00:05:00",
    };
}

/// <summary>A process of the app, on an engine, for the tests of a class.</summary>
/// <param name="settings">The app's settings, beside those of the demo.</param>
public abstract class AppFixture<TEngine>(params (string Name, string Value)[] settings) : IAsyncLifetime
    where TEngine : IAppEngine
{
    private AppProcess? _app;

    public AppProcess App => _app!;

    public async Task InitializeAsync() => _app = await AppProcess.StartOnAsync(await TEngine.NewHubAsync(), settings);

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
