using DurableTask.Core.History;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Http.Outgoing;

/// <summary>Durable HTTP (<c>CallHttpAsync</c>): what is sent where, and how long it is waited for.</summary>
public sealed class DurableHttpTests
{
    private const string Secrets = "Authorization Cookie x-functions-key";

    [Fact]
    public async Task Call_SendsTheHeadersThatItWasGiven()
    {
        await using var host = await StartAsync();

        Assert.Equal($"200 {Secrets}", await RunAsync(host, new Services.Request(Address(host, "secrets"))));
    }

    [Theory]
    [InlineData(202)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Follow_ToAnotherOrigin_TakesNoSecretThere(int status)
    {
        await using var host = await StartAsync();
        await using var foreign = await StartAsync();

        Assert.Equal("200 ", await RunAsync(host, new Services.Request(HandOver(host, status, Address(foreign, "secrets")))));
    }

    [Theory]
    [InlineData(202)]
    [InlineData(302)]
    public async Task Follow_WithinAnOrigin_KeepsBackTheFunctionKeyAlone(int status)
    {
        await using var host = await StartAsync();

        Assert.Equal("200 Authorization Cookie", await RunAsync(host, new Services.Request(HandOver(host, status, Address(host, "secrets")))));
    }

    [Fact]
    public async Task Call_ContentWithoutAType_IsPlainText()
    {
        await using var host = await StartAsync();

        Assert.Equal("200 text/plain", await RunAsync(host, new Services.Request(Address(host, "type"), "hello")));
    }

    [Fact]
    public async Task Call_AttemptsUsedUp_FailsTheTask()
    {
        await using var host = await StartAsync();

        var output = await RunAsync(host, new Services.Request(Address(host, "hand-over?status=503"), Attempts: 1));

        Assert.Equal("System.Net.Http.HttpRequestException", output);
        Assert.Equal(1, host.Services.GetRequiredService<Services.Calls>().Made);
    }

    [Fact]
    public async Task Call_NoAnswerIn240Seconds_FailsTheTask()
    {
        var clock = new ManualClock();
        await using var host = await StartAsync(clock: clock);
        var calls = host.Services.GetRequiredService<Services.Calls>();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("call", new Services.Request(Address(host, "silent")));
        await HubFixture.UntilAsync(() => calls.Made == 1, "the service is called");

        clock.Advance(TimeSpan.FromSeconds(240));

        Assert.Equal("System.TimeoutException", (await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).ReadOutputAs<string>());
        calls.NeverAnswered.SetResult();
    }

    [Theory]
    [InlineData(null, 30_000)]
    [InlineData("""{"extensions":{"durableTask":{"httpSettings":{"defaultAsyncRequestSleepTimeMilliseconds":1500}}}}""", 1500)]
    public async Task Follow_AnswerThatSaysNotWhen_WaitsAsHostJsonSays(string? hostJson, int milliseconds)
    {
        await using var host = await StartAsync(hostJson);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "call", new Services.Request(Address(host, $"hand-over?status=202&to={Uri.EscapeDataString(Address(host, "secrets").ToString())}")));

        TimerCreatedEvent? timer = null;
        await HubFixture.UntilAsync(
            async () => (timer = (await host.Client.GetOrchestrationHistoryAsync(id)).OfType<TimerCreatedEvent>().FirstOrDefault()) is not null, "it waits");

        Assert.Equal(milliseconds, (timer!.FireAt - timer.Timestamp).TotalMilliseconds);
    }

    private static Task<RunningHost> StartAsync(string? hostJson = null, TimeProvider? clock = null) =>
        RunningHost.StartAsync([typeof(Services)], builder => builder.Services.AddSingleton<Services.Calls>(), hostJson, clock: clock);

    private static Uri Address(RunningHost host, string path) => new(host.Http.BaseAddress!, "api/" + path);

    private static Uri HandOver(RunningHost host, int status, Uri to) =>
        Address(host, $"hand-over?status={status}&after=0&to={Uri.EscapeDataString(to.ToString())}");

    private static async Task<string?> RunAsync(RunningHost host, Services.Request request)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("call", request);
        return (await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).ReadOutputAs<string>();
    }
}
