using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>GET <c>instances</c>.</summary>
public sealed class InstanceListTests
{
    [Fact]
    public async Task List_GoesOnFromTheContinuationToken_ToAnEmptyOneAtTheEnd()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "a-1", "a-2", "a-3", "b-1" })
        {
            await host.StartWaiterAsync(id);
        }

        var (first, token) = await ListAsync(host, "instanceIdPrefix=a-&top=2&runtimeStatus=Pending,Running", token: null);
        var (second, end) = await ListAsync(host, "instanceIdPrefix=a-&top=2&runtimeStatus=Pending&runtimeStatus=Running", token);
        var (none, _) = await ListAsync(host, "runtimeStatus=Failed", token: null);

        Assert.Equal(["a-1", "a-2"], first);
        Assert.Equal(["a-3"], second);
        Assert.NotEmpty(token);
        Assert.Empty(end);
        Assert.Empty(none);
    }

    [Fact]
    public async Task List_ByTimeOfCreation_TakesWhatIsBetween()
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", OrchestrationRuntimeStatus.Completed);
        var created = (await host.Client.GetInstanceAsync("one"))!.CreatedAt;

        var (between, _) = await ListAsync(host, $"createdTimeFrom={Text(created.AddMinutes(-1))}&createdTimeTo={Text(created.AddMinutes(1))}", token: null);
        var (before, _) = await ListAsync(host, $"createdTimeTo={Text(created.AddMinutes(-1))}", token: null);
        var (after, _) = await ListAsync(host, $"createdTimeFrom={Text(created.AddMinutes(1))}", token: null);

        Assert.Equal(["one"], between);
        Assert.Empty(before);
        Assert.Empty(after);

        static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));
    }

    [Fact]
    public async Task List_WithoutTop_HoldsAHundred()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 101; i++)
        {
            _ = await host.Client.ScheduleNewOrchestrationInstanceAsync("quick");
        }

        var (first, token) = await ListAsync(host, "", token: null);
        var (second, _) = await ListAsync(host, "", token);

        Assert.Equal(100, first.Length);
        _ = Assert.Single(second);
    }

    [Theory]
    [InlineData("", JsonValueKind.Object)]
    [InlineData("?showInput=true", JsonValueKind.Object)]
    [InlineData("?showInput=false", JsonValueKind.Null)]
    public async Task List_ShowInput_DecidesWhetherTheInputIsThere(string query, JsonValueKind expected)
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        var page = await host.Http.GetFromJsonAsync<JsonElement>(Address(Instances + query));

        Assert.Equal(expected, page[0].GetProperty("input").ValueKind);
        Assert.Equal("waiting", page[0].GetProperty("customStatus")[0].GetString());
    }

    [Fact]
    public async Task List_TokenOfAnotherHost_Is400()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Instances);
        request.Headers.Add("x-ms-continuation-token", "elsewhere");
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("'elsewhere'", await response.DetailAsync(), StringComparison.Ordinal);
    }

    private static async Task<(string[] Ids, string Token)> ListAsync(RunningHost host, string query, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Instances}?{query}");
        if (token is not null)
        {
            request.Headers.Add("x-ms-continuation-token", token);
        }

        using var response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.JsonAsync();
        return (
            [.. page.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!)],
            response.Headers.GetValues("x-ms-continuation-token").Single());
    }
}
