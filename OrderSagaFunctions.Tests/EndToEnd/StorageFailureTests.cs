using System.Net;
using System.Net.Sockets;
using OrderSagaFunctions.Tests.Deployment;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Disks that fail: the app says which file, why and what to do, and nothing that it accepted is lost.</summary>
public sealed class StorageFailureTests
{
    private const int Blocks = 2048;
    private const int PageSize = 4096;

    [Fact]
    public async Task Run_FilesMayNotGrow_StopsWithTheReasonAndTheNextStartFinishesWhatWasAccepted()
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.StopAsync();
        await app.StartAgainAsync(new FileSizeLimit(Blocks));

        var accepted = await SubmitUntilRefusedAsync(app);
        var exitCode = await app.EndOfProcessAsync();
        await app.StartAgainAsync();
        var orders = await Task.WhenAll(accepted.Select(app.Orders.EndOfAsync));
        await app.Orders.UntilNothingRunsAsync();
        var audit = await app.Orders.ReadAsync("/api/audit");

        Assert.Equal(1, exitCode);
        var sentence = Assert.Single(app.Output.Split(Environment.NewLine), static line => line.Contains("The host stops:", StringComparison.Ordinal));
        Assert.Contains(app.DataFolder, sentence, StringComparison.Ordinal);
        Assert.Contains("could not be", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", app.Output, StringComparison.Ordinal);
        Assert.NotEmpty(orders);
        Assert.All(orders, static order => Assert.Equal("OrderSucceeded", order.Path[^1]));
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    [Theory]
    [InlineData("hub.db", 0)]
    [InlineData("hub.db", 5)]
    [InlineData("tables.db", 0)]
    [InlineData("tables.db", 3)]
    public async Task Start_PageOverwritten_IsRefusedInOneSentenceAndLeavesTheFileAsItIs(string name, int page)
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.Orders.SubmitAsync(Orders.Plain("kept"));
        _ = await app.Orders.EndOfAsync("kept");
        _ = await app.StopAsync();
        var file = Path.Combine(app.DataFolder, name);
        var good = await File.ReadAllBytesAsync(file);
        var bad = good.ToArray();
        bad.AsSpan(page * PageSize, PageSize).Fill(0xA5);
        await File.WriteAllBytesAsync(file, bad);

        var refusal = await StartInVainAsync(app);

        Assert.Contains($"'{file}' is damaged", refusal, StringComparison.Ordinal);
        Assert.Contains("backup", refusal, StringComparison.Ordinal);
        Assert.Equal(bad, await File.ReadAllBytesAsync(file));

        await File.WriteAllBytesAsync(file, good);
        await app.StartAgainAsync();
        Assert.Equal("OrderSucceeded", (await app.Orders.EndOfAsync("kept")).Path[^1]);
    }

    [Fact]
    public async Task Run_FileDamagedMeanwhile_StopsWithTheReasonOnceThatIsRead()
    {
        await using var app = await AppProcess.StartAsync();
        var accepted = await app.Orders.SubmitAsync(Orders.Plain("kept"));
        _ = await app.Orders.EndOfAsync("kept");
        _ = await app.StopAsync();
        await app.StartAgainAsync();
        var file = Path.Combine(app.DataFolder, "hub.db");
        var pages = new FileInfo(file).Length / PageSize;
        // Another program: the host's lock keeps out those of .NET.
        var damage = await Tool.RunAsync(
            "dd", new Dictionary<string, string>(StringComparer.Ordinal), "if=/dev/urandom", $"of={file}", $"bs={PageSize}", "seek=1", $"count={pages - 1}", "conv=notrunc");
        Assert.Equal(0, damage.ExitCode);

        using var answer = await app.Orders.GetAsync(
            $"/runtime/webhooks/durabletask/instances/{accepted.GetProperty("instanceId").GetString()}?showHistory=true");

        Assert.Equal(1, await app.EndOfProcessAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("   at ", app.Output, StringComparison.Ordinal);
        Assert.Contains($"The host stops: '{file}' is damaged", app.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub.db-wal")]
    [InlineData("tables.db-wal")]
    public async Task Start_LogCutShortAfterAKill_IsRefusedInOneSentence(string name)
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.Orders.SubmitAsync(Orders.Plain("kept"));
        _ = await app.Orders.EndOfAsync("kept");
        await app.KillAsync();
        var file = Path.Combine(app.DataFolder, name);
        var good = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, good[..(good.Length / 2)]);

        var refusal = await StartInVainAsync(app);

        Assert.Contains($"'{file}' is damaged", refusal, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(file, good);
        await app.StartAgainAsync();
        Assert.Equal("OrderSucceeded", (await app.Orders.EndOfAsync("kept")).Path[^1]);
    }

    [Fact]
    public async Task Start_DataFolderCannotBeMade_IsRefusedInOneSentence()
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.StopAsync();
        var aside = app.DataFolder + "-aside";
        Directory.Move(app.DataFolder, aside);
        await File.WriteAllTextAsync(app.DataFolder, "a file where the folder should be");

        var refusal = await StartInVainAsync(app);

        Assert.Contains($"The data folder '{app.DataFolder}' cannot be written", refusal, StringComparison.Ordinal);
        Assert.Contains("--data", refusal, StringComparison.Ordinal);
    }

    private static async Task<string> StartInVainAsync(AppProcess app)
    {
        var before = app.Output.Length;
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAgainAsync());
        Assert.Equal(1, await app.EndOfProcessAsync());
        return Assert.Single(app.Output[before..].Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Submits orders, one after the other, until one is not accepted any more; returns those that were.</summary>
    private static async Task<List<string>> SubmitUntilRefusedAsync(AppProcess app)
    {
        var accepted = new List<string>();
        while (true)
        {
            var id = $"disk-{accepted.Count}";
            try
            {
                using var answer = await app.Orders.PostAsync("/api/orders", Orders.Plain(id));
                if (!answer.IsSuccessStatusCode)
                {
                    return accepted;
                }
            }
            catch (Exception e) when (e is HttpRequestException or SocketException)
            {
                return accepted;
            }

            accepted.Add(id);
        }
    }
}
