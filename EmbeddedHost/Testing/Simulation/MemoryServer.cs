using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>A web server without a network: requests come as objects, and answers go back so.</summary>
internal sealed class MemoryServer : IServer
{
    /// <summary>Where it seems to listen.</summary>
    public static readonly Uri Address = new("http://localhost:7071");

    private readonly ServerAddressesFeature _addresses = new();
    private Func<IFeatureCollection, Task>? _serve;

    public MemoryServer() => Features.Set<IServerAddressesFeature>(_addresses);

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _addresses.Addresses.Add(Address.OriginalString);
        _serve = features => ServeAsync(application, features);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // It holds nothing.
    }

    /// <summary>Has a request served.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, byte[]? body)
    {
        var serve = _serve ?? throw new InvalidOperationException("The test host takes requests once it has started.");
        var response = new MemoryResponse();
        var answer = new MemoryStream();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(RequestOf(request, body));
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(body is not null));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        await serve(features);
        await response.CompleteAsync();
        return Answer(request, response, answer.ToArray());
    }

    private static async Task ServeAsync<TContext>(IHttpApplication<TContext> application, IFeatureCollection features)
        where TContext : notnull
    {
        var context = application.CreateContext(features);
        Exception? failure = null;
        try
        {
            await application.ProcessRequestAsync(context);
            await ((MemoryResponse)features.GetRequiredFeature<IHttpResponseFeature>()).StartAsync();
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            application.DisposeContext(context, failure);
        }
    }

    private static HttpRequestFeature RequestOf(HttpRequestMessage request, byte[]? body)
    {
        var uri = request.RequestUri!;
        var feature = new HttpRequestFeature
        {
            Method = request.Method.Method,
            Scheme = uri.Scheme,
            Protocol = "HTTP/1.1",
            // As the web server reads it: every character is unescaped but the slash. A Uri would leave more of them.
            Path = Uri.UnescapeDataString(uri.AbsolutePath.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase)),
            QueryString = uri.Query,
            RawTarget = uri.PathAndQuery,
            Body = new MemoryStream(body ?? []),
        };
        feature.Headers.Host = uri.Authority;
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            feature.Headers[name] = new StringValues([.. values]);
        }

        feature.Headers.ContentLength = body?.Length;
        return feature;
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpResponseFeature response, byte[] body)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)response.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(body) };
        foreach (var (name, values) in response.Headers)
        {
            if (!answer.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                _ = answer.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return answer;
    }

    /// <summary>Calls what middleware wants done before the head is sent, and once all is.</summary>
    private sealed class MemoryResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
        private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();

        public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

        public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

        public Task StartAsync() => CallAsync(_starting);

        public Task CompleteAsync() => CallAsync(_completed);

        private static async Task CallAsync(Stack<(Func<object, Task> Callback, object State)> calls)
        {
            while (calls.TryPop(out var call))
            {
                await call.Callback(call.State);
            }
        }
    }

    private sealed class BodyDetection(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => canHaveBody;
    }
}
