using System.IO.Compression;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Ordering;

namespace OrderSagaFunctions.Tests.Before;

/// <summary>
/// A copy of the data folder that the build before wrote, as <c>record.sh</c> tells. It holds for as long as the data format
/// has the same number; after that the host refuses it.
/// </summary>
internal sealed class BeforeFolder : IDisposable
{
    // A little later than the recorded process was killed, so that no deadline has passed that was under way.
    private static readonly DateTimeOffset Killed = new(2026, 11, 29, 1, 47, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("before-");

    public BeforeFolder() => ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Before", "before.zip"), _folder.FullName);

    /// <summary>The app of today on that data, with the settings that it had at the end.</summary>
    public DurableTestHostOptions App => new()
    {
        App = typeof(OrderSaga).Assembly,
        Folder = _folder.FullName,
        Start = Killed,
        // A rewind replays on a thread of its own.
        OutsideTime = TimeSpan.FromSeconds(30),
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Saga__FaultInjection"] = "true",
            ["Saga__OnCompensationFailure"] = "Continue",
            ["Inventory__Seed"] = "sku-100=1000,sku-200=1000,sku-300=1000,sku-400=1000@harbour",
        },
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
