using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Reads instances: one with its history, or a page of many.</summary>
internal static class InstanceQueries
{
    private const string ContinuationHeader = "x-ms-continuation-token";

    // Seconds after which a caller should look again.
    private const string RetryAfter = "5";

    /// <summary>GET <c>instances/{id}</c>: 202 while it runs, 200 once it has ended.</summary>
    public static async Task GetAsync(ManagementCall call)
    {
        var view = StatusView.Of(call.Query);
        call.Query.RefuseOthers();
        await AnswerAsync(call, await call.InstanceAsync(withPayloads: true), view);
    }

    /// <summary>Answers with an instance's status, as the query wants it shown.</summary>
    public static async Task AnswerAsync(ManagementCall call, OrchestrationMetadata instance, StatusView view)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            StatusJson.WriteProperties(json, instance, view.ShowInput);
            if (view.ShowHistory && await call.Hub.ReadHistoryAsync(instance.InstanceId, view.ShowHistoryOutput, call.Http.RequestAborted) is { } document)
            {
                HistoryJson.WriteProperty(json, document, view.ShowHistoryOutput);
            }

            json.WriteEndObject();
        }

        var ended = ManagementCall.IsTerminal(instance.RuntimeStatus);
        if (!ended)
        {
            call.Http.Response.Headers.Location = call.Http.Request.GetEncodedUrl();
            call.Http.Response.Headers.RetryAfter = RetryAfter;
        }

        await call.AnswerAsync(
            !ended ? StatusCodes.Status202Accepted
            : view.FailureIsError && instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed ? StatusCodes.Status500InternalServerError
            : StatusCodes.Status200OK,
            body.WrittenMemory);
    }

    /// <summary>GET <c>instances</c>: a page, with the token of the next one in a header.</summary>
    public static async Task ListAsync(ManagementCall call)
    {
        var query = call.Query;
        var showInput = query.Flag("showInput", otherwise: true);
        var wanted = new OrchestrationQuery(
            CreatedFrom: query.Time("createdTimeFrom"),
            CreatedTo: query.Time("createdTimeTo"),
            Statuses: query.Statuses("runtimeStatus"),
            InstanceIdPrefix: query.Text("instanceIdPrefix"),
            PageSize: query.Count("top") ?? OrchestrationQuery.DefaultPageSize,
            FetchInputsAndOutputs: true);
        query.RefuseOthers();
        var page = await FirstPageAsync(
            call.Client.GetAllInstancesAsync(wanted),
            call.Http.Request.Headers[ContinuationHeader] is [{ Length: > 0 } token, ..] ? token : null,
            call.Http.RequestAborted);

        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            foreach (var instance in page?.Values ?? [])
            {
                json.WriteStartObject();
                StatusJson.WriteProperties(json, instance, showInput);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        call.Http.Response.Headers[ContinuationHeader] = page?.ContinuationToken ?? "";
        await call.AnswerAsync(StatusCodes.Status200OK, body.WrittenMemory);
    }

    private static async Task<Page<OrchestrationMetadata>?> FirstPageAsync(
        AsyncPageable<OrchestrationMetadata> instances, string? continuationToken, CancellationToken cancellationToken)
    {
        await foreach (var page in instances.AsPages(continuationToken).WithCancellation(cancellationToken))
        {
            return page;
        }

        return null;
    }
}

/// <summary>What of an instance's status the caller wants to see.</summary>
internal sealed record StatusView(bool ShowInput, bool FailureIsError, bool ShowHistory, bool ShowHistoryOutput)
{
    /// <summary>Reads it from the query.</summary>
    public static StatusView Of(ManagementQuery query) => new(
        query.Flag("showInput", otherwise: true),
        query.Flag("returnInternalServerErrorOnFailure", otherwise: false),
        query.Flag("showHistory", otherwise: false),
        query.Flag("showHistoryOutput", otherwise: false));
}
