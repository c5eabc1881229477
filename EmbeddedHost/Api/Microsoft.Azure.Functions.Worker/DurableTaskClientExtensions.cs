using System.Net;
using EmbeddedHost.Http.Management;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>HTTP answers that tell a caller where to follow an orchestration.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>A 202 that carries the instance's management addresses.</summary>
    public static Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        client.CreateCheckStatusResponseAsync(request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <summary>An answer of the given status that carries the instance's management addresses.</summary>
    public static async Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client,
        HttpRequestData request,
        string instanceId,
        HttpStatusCode statusCode,
        CancellationToken cancellation = default)
    {
        var (response, body) = CreateCheckStatus(client, request, instanceId, statusCode);
        await response.WriteBytesAsync(body, cancellation);
        return response;
    }

    /// <summary>A 202 that carries the instance's management addresses.</summary>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        client.CreateCheckStatusResponse(request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <summary>An answer of the given status that carries the instance's management addresses.</summary>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client,
        HttpRequestData request,
        string instanceId,
        HttpStatusCode statusCode,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var (response, body) = CreateCheckStatus(client, request, instanceId, statusCode);
        response.WriteBytes(body);
        return response;
    }

    /// <summary>The instance's management addresses, on the request's host or on the one that serves the task hub.</summary>
    public static HttpManagementPayload CreateHttpManagementPayload(
        this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return ManagementLinks.Of(client, instanceId, request);
    }

    /// <summary>
    /// The instance's outcome, once it has ended; a 202 with its management addresses when the token, or a stop of
    /// the host, ends the wait before. The hub tells when an instance ends, so that <paramref name="retryInterval"/> has nothing to space out.
    /// </summary>
    public static async Task<HttpResponseData> WaitForCompletionOrCreateCheckStatusResponseAsync(
        this DurableTaskClient client,
        HttpRequestData request,
        string instanceId,
        TimeSpan? retryInterval = null,
        bool returnInternalServerErrorOnFailure = false,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        OrchestrationMetadata ended;
        try
        {
            ended = await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);
        }
        catch (OperationCanceledException)
        {
            return await client.CreateCheckStatusResponseAsync(request, instanceId, CancellationToken.None);
        }

        var failed = ended.RuntimeStatus == OrchestrationRuntimeStatus.Failed && returnInternalServerErrorOnFailure;
        var response = request.CreateResponse(failed ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await response.WriteAsJsonAsync(Outcome(ended), CancellationToken.None);
        return response;
    }

    private static (HttpResponseData Response, byte[] Body) CreateCheckStatus(
        DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode)
    {
        ArgumentNullException.ThrowIfNull(request);
        var payload = client.CreateHttpManagementPayload(instanceId, request);
        var response = request.CreateResponse(statusCode);
        response.Headers.Add("Location", payload.StatusQueryGetUri);
        response.Headers.Add("Retry-After", CheckStatus.RetryAfter);
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        return (response, CheckStatus.Body(payload));
    }

    // The status by name, so that callers need not know how the app's serializer writes an enumeration.
    private static object Outcome(OrchestrationMetadata ended) => new
    {
        ended.Name,
        ended.InstanceId,
        ended.CreatedAt,
        ended.LastUpdatedAt,
        RuntimeStatus = ended.RuntimeStatus.ToString(),
        ended.SerializedInput,
        ended.SerializedOutput,
        ended.SerializedCustomStatus,
        ended.FailureDetails,
    };
}
