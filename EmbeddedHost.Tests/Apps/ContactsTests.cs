using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Apps;

public sealed class ContactsTests
{
    [Fact]
    public async Task Contacts_AddedAndRead_ThroughTypedBodiesAndResults()
    {
        await using var host = await StartAsync();
        using var added = await host.Http.PostAsJsonAsync("api/contacts", new { name = "Ada Lovelace", tags = new[] { "maths", "engines" } });
        Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);

        var contact = await host.Http.GetFromJsonAsync<JsonElement>(added.Headers.Location + "?verbose");

        Assert.Equal("AL (2)", contact.GetProperty("label").GetString());
        Assert.True(contact.GetProperty("verbose").GetBoolean());
        Assert.True(Guid.TryParse(added.Headers.GetValues("X-Invocation-Id").Single(), out _));
    }

    [Theory]
    [InlineData("""{"name":" ","tags":[]}""", "A contact has a name.")]
    [InlineData("""{"name":5}""", "'contact'")]
    public async Task Contacts_WrongBody_Is400(string body, string expected)
    {
        await using var host = await StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri("api/contacts", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_BrokenFunction_IsAnsweredByTheMiddleware()
    {
        await using var host = await StartAsync();
        using var answer = await host.Http.GetAsync(new Uri("api/contacts/broken", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Equal("/api/contacts/broken", await answer.Content.ReadAsStringAsync());
    }

    private static Task<RunningHost> StartAsync() =>
        RunningHost.StartAsync([typeof(Contacts)], builder => builder.UseMiddleware<Contacts.Guard>());
}
