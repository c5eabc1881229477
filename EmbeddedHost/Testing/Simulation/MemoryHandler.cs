namespace EmbeddedHost.Testing.Simulation;

/// <summary>Sends the requests of a test's client to the test host; a crash is a lost connection.</summary>
internal sealed class MemoryHandler(DurableTestHost host) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return await host.SendAsync(request, body);
        }
        catch (HostCrashedException e)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was lost: " + e.Message, e);
        }
    }
}
