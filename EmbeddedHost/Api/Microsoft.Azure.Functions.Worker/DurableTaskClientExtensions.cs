using System.Net;
using System.Text.Json;
using EmbeddedHost.Http.Management;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>HTTP answers that tell a caller where to follow an orchestration.</summary>
public static class DurableTaskClientExtensions
{
    // Seconds after which a caller should look again.
    private const string RetryAfter = "10";

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
    /// The instance's outcome, once it has ended; a 202 with its management addresses when the token ends the wait
    /// before. The hub tells when an instance ends, so that <paramref name="retryInterval"/> has nothing to space out.
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
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await client.CreateCheckStatusResponseAsync(request, instanceId, CancellationToken.None);
        }

        var failed = ended.RuntimeStatus == OrchestrationRuntimeStatus.Failed && returnInternalServerErrorOnFailure;
        var response = request.CreateResponse(failed ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await response.WriteAsJsonAsync(WithoutConverter(ended), CancellationToken.None);
        return response;
    }

    private static (HttpResponseData Response, byte[] Body) CreateCheckStatus(
        DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode)
    {
        ArgumentNullException.ThrowIfNull(request);
        var payload = client.CreateHttpManagementPayload(instanceId, request);
        var response = request.CreateResponse(statusCode);
        response.Headers.Add("Location", payload.StatusQueryGetUri);
        response.Headers.Add("Retry-After", RetryAfter);
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        return (response, JsonSerializer.SerializeToUtf8Bytes(payload, ManagementJson.Default.HttpManagementPayload));
    }

    // The converter is a tool of the client, not a part of the instance's state.
    private static OrchestrationMetadata WithoutConverter(OrchestrationMetadata metadata) => new(metadata.Name, metadata.InstanceId)
    {
        RuntimeStatus = metadata.RuntimeStatus,
        CreatedAt = metadata.CreatedAt,
        LastUpdatedAt = metadata.LastUpdatedAt,
        SerializedInput = metadata.SerializedInput,
        SerializedOutput = metadata.SerializedOutput,
        SerializedCustomStatus = metadata.SerializedCustomStatus,
        FailureDetails = metadata.FailureDetails,
        Tags = metadata.Tags,
    };
}
