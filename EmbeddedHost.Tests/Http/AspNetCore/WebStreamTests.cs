using System.Net;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using static EmbeddedHost.Tests.Http.AspNetCore.WebHost;

namespace EmbeddedHost.Tests.Http.AspNetCore;

/// <summary>Answers that a function writes bit by bit, and what becomes of those that are cut off.</summary>
public sealed class WebStreamTests
{
    [Fact]
    public async Task Stream_WhatIsWrittenBeforeTheEnd_ArrivesBeforeTheEnd()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.GetAsync(new Uri("api/stream?fail=false", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());

        var first = await body.ReadLineAsync();
        host.Services.GetRequiredService<WebFunctions.Gate>().Open();

        Assert.Equal(("first", "second"), (first, await body.ReadLineAsync()));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Null(await body.ReadLineAsync());
    }

    [Fact]
    public async Task Stream_FunctionFailsInTheMiddle_IsCutOff()
    {
        await using var host = await StartAsync();

        await AssertCutOffAsync(host, static host =>
        {
            host.Services.GetRequiredService<WebFunctions.Gate>().Open();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Stream_HostStops_IsCutOffAndTheStopEnds()
    {
        await using var host = await StartAsync();

        await AssertCutOffAsync(host, static host => host.StopAsync());
    }

    [Fact]
    public async Task Stream_LongerThanFunctionsMayTake_IsCutOff()
    {
        var clock = new Engine.ManualClock();
        await using var host = await RunningHost.StartAsync(
            [typeof(WebFunctions)], builder => Use(builder), """{"functionTimeout":"00:01:00"}""", clock: clock);

        await AssertCutOffAsync(host, _ =>
        {
            clock.Advance(TimeSpan.FromMinutes(2));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Stop_CallThatIsOpen_Gets503()
    {
        await using var host = await StartAsync();
        var answer = host.Http.GetAsync(new Uri("api/waits", UriKind.Relative));
        await host.Services.GetRequiredService<WebFunctions.Gate>().Entered;

        await host.StopAsync();
        using var response = await answer;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static async Task AssertCutOffAsync(RunningHost host, Func<RunningHost, Task> cut)
    {
        using var response = await host.Http.GetAsync(new Uri("api/stream?fail=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("first", await body.ReadLineAsync());

        var end = cut(host);

        _ = await Assert.ThrowsAnyAsync<IOException>(() => body.ReadLineAsync());
        await end;
    }
}
