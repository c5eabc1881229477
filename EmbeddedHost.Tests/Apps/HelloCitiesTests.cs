using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Apps;

public sealed class HelloCitiesTests
{
    [Fact]
    public async Task HelloCities_StartedByGet_GreetsInOrder()
    {
        await using var host = await RunningHost.StartGenericAsync([typeof(HelloCities)], builder => builder.ConfigureFunctionsWorkerDefaults());

        using var response = await host.Http.GetAsync(new Uri("api/HelloCities_HttpStart", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var ended = await host.EndAsync(await response.Content.ReadFromJsonAsync<JsonElement>());

        Assert.Equal(["Hello Tokyo!", "Hello Seattle!", "Hello London!"], ended.Output().Deserialize<string[]>()!);
    }
}
