using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Tests.Http.Outgoing;

/// <summary>An orchestrator that calls services, and services that tell what they were sent.</summary>
public sealed class Services(Services.Calls calls)
{
    private static readonly string[] Secrets = ["Authorization", "Cookie", "x-functions-key"];

    /// <summary>What the orchestrator calls, with all the secrets there are.</summary>
    public sealed record Request(Uri Address, string? Content = null, int Attempts = 0);

    public sealed class Calls
    {
        private int _made;

        public TaskCompletionSource NeverAnswered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Made => Volatile.Read(ref _made);

        public void Note() => Interlocked.Increment(ref _made);
    }

    [Function("call")]
    public static async Task<string?> Call([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<Request>()!;
        var headers = Secrets.ToDictionary(static name => name, static _ => new StringValues("secret"), StringComparer.Ordinal);
        try
        {
            var response = await context.CallHttpAsync(
                new DurableHttpRequest(request.Content is null ? HttpMethod.Get : HttpMethod.Post, request.Address, headers)
                {
                    AsynchronousPatternEnabled = true,
                    Content = request.Content,
                    HttpRetryOptions = request.Attempts == 0 ? null : new HttpRetryOptions { MaxNumberOfAttempts = request.Attempts },
                });
            return $"{(int)response.StatusCode} {response.Content}";
        }
        catch (TaskFailedException e)
        {
            return e.FailureDetails.ErrorType;
        }
    }

    /// <summary>Answers with a status and an address, as the query says.</summary>
    [Function("hand-over")]
    public HttpResponseData HandOver([HttpTrigger("get", "post")] HttpRequestData request, int status, string? to, int? after)
    {
        calls.Note();
        var response = request.CreateResponse((HttpStatusCode)status);
        if (to is not null)
        {
            response.Headers.Add("Location", to);
        }

        if (after is { } seconds)
        {
            response.Headers.Add("Retry-After", $"{seconds}");
        }

        return response;
    }

    [Function("secrets")]
    public static async Task<HttpResponseData> ShowSecrets([HttpTrigger("get", "post")] HttpRequestData request)
    {
        var response = request.CreateResponse();
        await response.WriteStringAsync(string.Join(' ', Secrets.Where(name => request.Headers.TryGetValues(name, out _))));
        return response;
    }

    [Function("type")]
    public static async Task<HttpResponseData> ShowType([HttpTrigger("post")] HttpRequestData request)
    {
        var response = request.CreateResponse();
        await response.WriteStringAsync(string.Join(' ', request.Headers.GetValues("Content-Type")));
        return response;
    }

    [Function("silent")]
    public async Task<string> Silent([HttpTrigger("get")] HttpRequestData request, CancellationToken cancellationToken)
    {
        calls.Note();
        await calls.NeverAnswered.Task.WaitAsync(cancellationToken);
        return "late";
    }
}
