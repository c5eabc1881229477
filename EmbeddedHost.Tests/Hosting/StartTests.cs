using System.Text.Json;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_PrintsTheFunctions_AsCoreToolsDoes()
    {
        await using var host = await RunningHost.StartAsync([typeof(Functions)]);

        var origin = host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.EndsWith(
            $"""

            Functions:

                    any: {origin}/api/any

                    submit: [POST,PUT] {origin}/api/orders

                    saga: orchestrationTrigger

                    pay: activityTrigger

            Instances: {origin}/runtime/webhooks/durabletask


            """.ReplaceLineEndings(),
            host.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Orders", "Orders: http://localhost:")]
    [InlineData("elsewhere", "Instances: http://localhost:")]
    public async Task Start_HomePage_IsTheLastLineWhereItIsServed(string homePage, string last)
    {
        await using var output = new StringWriter();
        using var host = Build(new HostSetup { Arguments = ["--port", "0"], Output = output, HomePage = homePage });
        await host.StartAsync();
        await host.StopAsync();

        Assert.StartsWith(last, output.ToString().TrimEnd().Split(Environment.NewLine)[^1].Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Demo_SaysSoFirst()
    {
        _ = _folder.Write("local.settings.sample.json", "{}");
        await using var output = new StringWriter();
        using var host = Build(output, "--port", "0", "--demo");
        await host.StartAsync();
        await host.StopAsync();

        Assert.StartsWith("Demo: the settings are those of", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SaysWhereItsDataIs()
    {
        await using var output = new StringWriter();
        using var host = Build(output, "--port", "0", "--data", _folder.Path);
        await host.StartAsync();
        await host.StopAsync();

        Assert.Contains($"Data: {_folder.Path}{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_SaysWhichAndWhatToDo()
    {
        await using var other = await RunningHost.StartAsync([typeof(Functions)]);
        var port = other.Http.BaseAddress!.Port.ToString();
        using var host = Build(TextWriter.Null, "--port", port);

        var error = await Assert.ThrowsAsync<HostStartupException>(() => host.StartAsync());

        Assert.Contains($"Port {port} is in use", error.Message, StringComparison.Ordinal);
        Assert.Contains("--port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFolderInUse_IsRefused()
    {
        using var first = Build(TextWriter.Null, "--port", "0");
        await first.StartAsync();
        using var second = Build(TextWriter.Null, "--port", "0");

        var error = await Assert.ThrowsAsync<HostStartupException>(() => second.StartAsync());
        await first.StopAsync();

        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsThatTheAppRefuses_SaysWhy()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync([typeof(Functions)], builder => builder.Services
            .AddOptions<ShopOptions>().Validate(_ => false, "Shop:Stock should not be empty.").ValidateOnStart()));

        Assert.Contains("Shop:Stock should not be empty.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=live;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net")]
    [InlineData("AzureWebJobsStorage", "c2VjcmV0")]
    [InlineData("AzureWebJobsStorage:accountName", "live")]
    public async Task Start_StorageOfAnAccount_IsRefusedWithoutTellingItsKey(string key, string value)
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync(
            [typeof(Functions)], builder => builder.Configuration[key] = value));

        Assert.Contains("set AzureWebJobsStorage to UseDevelopmentStorage=true", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_LetsARunningRequestFinish()
    {
        var gate = new Gate();
        await using var host = await RunningHost.StartAsync([typeof(Slow)], builder => builder.Services.AddSingleton(gate));
        var answer = host.Http.GetStringAsync(new Uri("api/slow", UriKind.Relative));
        await gate.Entered.Task;

        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        gate.Open.SetResult();

        Assert.Equal("done", await answer);
        await stop;
    }

    [Fact]
    public async Task Stop_WithStats_WritesTheCommitsOfTheRun()
    {
        var file = Path.Combine(_folder.Path, "stats.json");
        using var host = Build(TextWriter.Null, "--port", "0", "--stats", file);
        await host.StartAsync();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        _ = await client.WaitForInstanceCompletionAsync(await client.ScheduleNewOrchestrationInstanceAsync("saga"));
        _ = await host.Services.GetRequiredService<EmbeddedTableServiceClient>().CreateTableIfNotExistsAsync("orders");
        await host.StopAsync();

        using var stats = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        Assert.True(stats.RootElement.GetProperty("hubCommits").GetInt64() > 0);
        Assert.True(stats.RootElement.GetProperty("hubWorks").GetInt64() > 0);
        Assert.Equal(1, stats.RootElement.GetProperty("tableCommits").GetInt64());
        Assert.Equal(1, stats.RootElement.GetProperty("tableWorks").GetInt64());
    }

    [Fact]
    public async Task Restart_OnTheSameFolder_KeepsInstances_UnlessReset()
    {
        await RunAsync(client => client.ScheduleNewOrchestrationInstanceAsync("saga", new Microsoft.DurableTask.StartOrchestrationOptions("kept")));

        Assert.NotNull(await RunAsync(client => client.GetInstanceAsync("kept")));
        Assert.Null(await RunAsync(client => client.GetInstanceAsync("kept"), "--reset"));
    }

    private async Task<T> RunAsync<T>(Func<DurableTaskClient, Task<T>> use, params string[] arguments)
    {
        using var host = Build(TextWriter.Null, ["--port", "0", .. arguments]);
        await host.StartAsync();
        var result = await use(host.Services.GetRequiredService<DurableTaskClient>());
        await host.StopAsync();
        return result;
    }

    private IHost Build(TextWriter output, params string[] arguments) => Build(new HostSetup { Arguments = arguments, Output = output });

    private IHost Build(HostSetup setup)
    {
        var builder = EmbeddedStartup.Use(
            FunctionsApplication.CreateBuilder([]), setup with { ContentRoot = _folder.Path, FunctionTypes = [typeof(Functions)] });
        _ = builder.Logging.ClearProviders();
        return builder.Build();
    }

    public sealed class ShopOptions;

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Slow(Gate gate)
    {
        [Function("slow")]
        public async Task<string> Run([HttpTrigger] HttpRequestData request)
        {
            gate.Entered.SetResult();
            await gate.Open.Task;
            return "done";
        }
    }

    public static class Functions
    {
        [Function("submit")]
        public static void Submit([HttpTrigger("post", "put", Route = "orders")] HttpRequestData request)
        {
        }

        [Function("any")]
        public static void Any([HttpTrigger] HttpRequestData request)
        {
        }

        [Function("saga")]
        public static void Saga([OrchestrationTrigger] string? input)
        {
        }

        [Function("pay")]
        public static void Pay([ActivityTrigger] string input)
        {
        }
    }
}
