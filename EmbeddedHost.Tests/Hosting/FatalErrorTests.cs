using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>A host that runs out of memory ends, wherever that happens: it is not left half alive, with the data folder locked.</summary>
public sealed class FatalErrorTests
{
    private const string SmallHeap = "0x6000000";

    [Theory]
    [InlineData("function")]
    [InlineData("background")]
    [InlineData("type")]
    [InlineData("caught")]
    [InlineData("orchestrator")]
    [InlineData("caller")]
    public async Task OutOfMemory_Anywhere_EndsTheProcessWithASentence(string place)
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(FatalErrorTests).Assembly.Location, "--port", "0", "--data", folder.Path },
            Environment = { ["DOTNET_GCHeapHardLimit"] = SmallHeap, ["DOTNET_DbgEnableMiniDump"] = "0" },
        };
        using var process = Process.Start(start)!;
        try
        {
            using var http = new HttpClient { BaseAddress = await AddressAsync(process) };
            var call = http.GetAsync(new Uri($"api/fill/{place}", UriKind.Relative));
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.NotEqual(0, process.ExitCode);
            Assert.Contains("The host ran out of memory and ends at once.", errors, StringComparison.Ordinal);
            Assert.Equal(place is "orchestrator" or "caller" ? 1 : 0, Instances(folder.Path));
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public void IsFatal_ByWhatIsBehindIt()
    {
        Assert.True(FatalErrors.IsFatal(new TypeInitializationException("T", new OutOfMemoryException())));
        Assert.True(FatalErrors.IsFatal(new AggregateException(new InvalidOperationException(), new InsufficientMemoryException())));
        Assert.True(FatalErrors.IsFatal(new InvalidOperationException("x", new SqliteException("out of memory", 7))));
        Assert.False(FatalErrors.IsFatal(new TypeInitializationException("T", new InvalidOperationException())));
        Assert.False(FatalErrors.IsFatal(new SqliteException("disk full", 13)));
    }

    // The next start runs its turn again: it was on disk before its code ran.
    private static long Instances(string folder)
    {
        using var hub = new SqliteConnection($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False");
        hub.Open();
        using var command = hub.CreateCommand();
        command.CommandText = "SELECT count(*) FROM status WHERE state IN (0, 6)";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<Uri> AddressAsync(Process process)
    {
        const string Scheme = "http://localhost:";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(Scheme, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new Uri(new Uri(line[at..].Trim()).GetLeftPart(UriPartial.Authority));
            }
        }

        throw new InvalidOperationException("The host ended: " + await process.StandardError.ReadToEndAsync());
    }
}
