namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>What an operator may do to a data folder by mistake: the app refuses it in one sentence, before anything is changed.</summary>
public sealed class DataFolderTests
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("tables.db")]
    [InlineData("hub.db")]
    public async Task Start_OneFileDeleted_IsRefusedUntilThatIsAccepted(string name)
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.Orders.SubmitAsync(Orders.Plain("kept"));
        _ = await app.Orders.EndOfAsync("kept");
        _ = await app.StopAsync();
        File.Delete(Path.Combine(app.DataFolder, name));

        var refusal = await RefusalAsync(app.DataFolder);
        await using var accepted = await AppProcess.StartAsync(options: ["--data", app.DataFolder, "--accept-mismatch"]);

        Assert.Contains($"{name}' is missing, and its partner", refusal, StringComparison.Ordinal);
        Assert.Contains("Accepted (--accept-mismatch)", accepted.Output, StringComparison.Ordinal);
        _ = await accepted.StopAsync();
        Assert.Contains("start without it", await RefusalAsync(app.DataFolder, "--accept-mismatch"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tables.db")]
    [InlineData("hub.db")]
    public async Task Start_KilledAndOneFileFromAnOlderBackup_IsRefused(string name)
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.Orders.SubmitAsync(Orders.Plain("kept"));
        _ = await app.Orders.EndOfAsync("kept");
        _ = await app.StopAsync();
        var file = Path.Combine(app.DataFolder, name);
        var older = await File.ReadAllBytesAsync(file);
        await app.StartAgainAsync();
        _ = await app.Orders.SubmitAsync(Orders.Plain("later"));
        _ = await app.Orders.EndOfAsync("later");
        await app.KillAsync();
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
        await File.WriteAllBytesAsync(file, older);

        Assert.Contains("one of them is an older copy, or from another folder", await RefusalAsync(app.DataFolder), StringComparison.Ordinal);
        Assert.Equal(older, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Start_LockFileDeletedWhileAHostRuns_IsRefused()
    {
        await using var app = await AppProcess.StartAsync();
        File.Delete(Path.Combine(app.DataFolder, "host.lock"));

        var refusal = await RefusalAsync(app.DataFolder);

        Assert.Contains("is in use by another process", refusal, StringComparison.Ordinal);
        Assert.Contains("--data", refusal, StringComparison.Ordinal);
        _ = await app.Orders.SubmitAsync(Orders.Plain("still"));
        Assert.Equal("OrderSucceeded", (await app.Orders.EndOfAsync("still")).Path[^1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(128)]
    [InlineData(192)]
    public async Task Start_FilesMayNotGrow_IsRefusedInOneSentence(int blocks)
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.StopAsync();
        Directory.Delete(app.DataFolder, recursive: true);
        var before = app.Output.Length;

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAgainAsync(new FileSizeLimit(blocks)));

        Assert.Equal(1, await app.EndOfProcessAsync());
        var sentence = Assert.Single(app.Output[before..].Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("could not be", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeyFileDamaged_IsRefusedWithWhatToDo()
    {
        var data = Directory.CreateTempSubdirectory("app-keys-");
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "keys.json"), "[null]");

        var refusal = await AppStart.RefusalAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" },
            "--port", "0", "--data", data.FullName, "--require-keys");
        data.Delete(recursive: true);

        Assert.Contains("keys.json' cannot be read", refusal, StringComparison.Ordinal);
        Assert.Contains("--create-keys", refusal, StringComparison.Ordinal);
    }

    private static Task<string> RefusalAsync(string data, params string[] options) =>
        AppStart.RefusalAsync(Nothing, ["--demo", "--port", "0", "--data", data, .. options]);
}
