using System.Net;
using System.Text.Json;
using EmbeddedHost.Http;
using EmbeddedHost.Tests.Http;
using EmbeddedHost.Tests.Http.Management;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>A stop answers every call that is open.</summary>
public sealed class HostStopTests
{
    [Fact]
    public async Task Stop_UnfinishedBody_Gets503AndTheConnectionEnds()
    {
        await using var host = await RunningHost.StartAsync([typeof(Calls)]);
        using var connection = await RawConnection.OpenAsync(host);
        // Nothing of the body: what the host had not read yet would make the end of the connection a reset, and that may overtake the answer.
        await connection.SendHeadAsync("POST", "api/read", "Content-Length: 100", "");
        while (host.Services.GetRequiredService<HeldBodies>().Held == 0)
        {
            await Task.Yield();
        }

        await host.StopAsync();
        var answer = await connection.ReadAsync();

        Assert.Equal((503, "close"), (answer.Status, answer.Headers["Connection"]));
        Assert.Contains("The host is stopping", answer.Body, StringComparison.Ordinal);
        Assert.True(await connection.IsEndedAsync());
    }

    [Fact]
    public async Task Stop_CallThatComesMeanwhile_Gets503WithRetryAfter()
    {
        await using var host = await RunningHost.StartAsync([typeof(Calls)]);
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var response = await host.Http.GetAsync(new Uri("api/read", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Contains("The host is stopping", await response.DetailAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/wait-for")]
    [InlineData("api/wait/waiter?patience=600000")]
    public async Task Stop_FunctionThatWaitsForAnInstance_Gets503(string address)
    {
        var answer = await StopWhileOpenAsync(host => host.Http.GetAsync(new Uri(address, UriKind.Relative)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
    }

    [Fact]
    public async Task Stop_CallerWhoWaitsForAnInstance_GetsItsAddresses()
    {
        using var content = new StringContent("""{"wait":"go"}""", System.Text.Encoding.UTF8, "application/json");

        var (status, body) = await StopWhileOpenAsync(
            host => host.Http.PostAsync(new Uri($"{ManagedHost.Orchestrators}/waiter?timeout=600", UriKind.Relative), content));

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.True(JsonDocument.Parse(body).RootElement.TryGetProperty("statusQueryGetUri", out _));
    }

    [Fact]
    public async Task Stop_FunctionThatDoesNotEnd_IsCancelledAndItsCallerGets503()
    {
        var (status, body) = await StopWhileOpenAsync(host => host.Http.GetAsync(new Uri("api/deaf", UriKind.Relative)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("The host is stopping", body, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Body)> StopWhileOpenAsync(Func<RunningHost, Task<HttpResponseMessage>> call)
    {
        var calls = new Entered();
        await using var host = await RunningHost.StartAsync(
            [typeof(Calls), typeof(ManagedFunctions)], builder => builder.Services.AddSingleton(calls));
        var answer = call(host);
        while (!calls.Task.IsCompleted && !await AnyInstanceAsync(host))
        {
            await Task.Yield();
        }

        await host.StopAsync();
        using var response = await answer;
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<bool> AnyInstanceAsync(RunningHost host)
    {
        await foreach (var _ in host.Client.GetAllInstancesAsync())
        {
            return true;
        }

        return false;
    }

    public sealed class Entered
    {
        private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _source.Task;

        public void Set() => _source.SetResult();
    }

    public sealed class Calls(IServiceProvider services)
    {
        [Function("read")]
        public Task<string?> Read([HttpTrigger] HttpRequestData request) => request.ReadAsStringAsync();

        [Function("wait-for")]
        public static async Task<string> WaitFor(
            [HttpTrigger] HttpRequestData request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("waiter", new ManagedFunctions.Input("go"), cancellationToken);
            return (await client.WaitForInstanceCompletionAsync(id, cancellationToken)).Name;
        }

        [Function("deaf")]
        public async Task Deaf([HttpTrigger] HttpRequestData request)
        {
            services.GetRequiredService<Entered>().Set();
            await new TaskCompletionSource().Task;
        }
    }
}
