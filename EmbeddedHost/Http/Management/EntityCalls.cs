using System.Buffers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Http.Management;

/// <summary>Reads entities and signals them.</summary>
internal static class EntityCalls
{
    private const string ContinuationHeader = "x-ms-continuation-token";

    // What stands for the empty key where one is needed.
    private const string EmptyKey = "$";

    /// <summary>GET <c>entities/{name}/{key}</c>: the state.</summary>
    public static async Task GetAsync(ManagementCall call)
    {
        call.Query.RefuseOthers();
        var key = call.Route("key")!;
        var id = new EntityInstanceId(call.Route("name")!, key == EmptyKey ? "" : key);
        var found = await call.Client.Entities.GetEntityAsync(id, cancellation: call.Http.RequestAborted)
            ?? throw new ManagementException(StatusCodes.Status404NotFound, $"No entity has the id '{id}'.");
        await call.AnswerAsync(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(found.State.Value));
    }

    /// <summary>GET <c>entities/{name?}</c>: a page, with the token of the next one in a header.</summary>
    public static async Task ListAsync(ManagementCall call)
    {
        var query = call.Query;
        var wanted = new EntityQuery
        {
            InstanceIdStartsWith = call.Route("name") is { Length: > 0 } name ? $"{name}@" : null,
            LastModifiedFrom = query.Time("lastOperationTimeFrom"),
            LastModifiedTo = query.Time("lastOperationTimeTo"),
            PageSize = query.Count("top") ?? EntityQuery.DefaultPageSize,
            IncludeState = query.Flag("fetchState", otherwise: false),
            ContinuationToken = call.Http.Request.Headers[ContinuationHeader] is [{ Length: > 0 } token, ..] ? token : null,
        };
        query.RefuseOthers();
        await foreach (var page in call.Client.Entities.GetAllEntitiesAsync(wanted).AsPages().WithCancellation(call.Http.RequestAborted))
        {
            call.Http.Response.Headers[ContinuationHeader] = page.ContinuationToken ?? "";
            await call.AnswerAsync(StatusCodes.Status200OK, Json(page.Values));
            return;
        }
    }

    /// <summary>POST <c>entities/{name}/{key?}?op=</c>, with the operation's input as the body.</summary>
    public static Task SignalAsync(ManagementCall call) => SignalAsync(call, call.Query.Text("op") ?? "");

    /// <summary>DELETE <c>entities/{name}/{key?}</c>: a signal too, of the operation that deletes an entity's state.</summary>
    public static Task DeleteAsync(ManagementCall call) => SignalAsync(call, "delete");

    private static async Task SignalAsync(ManagementCall call, string operation)
    {
        call.Query.RefuseOthers();
        var id = new EntityInstanceId(call.Route("name")!, call.Route("key") ?? "");
        await call.Client.Entities.SignalEntityAsync(id, operation, await InputAsync(call.Http), cancellation: CancellationToken.None);
        call.Answer(StatusCodes.Status202Accepted);
    }

    /// <summary>The body: JSON where it says so, else a text.</summary>
    private static async Task<object?> InputAsync(HttpContext http) =>
        http.Request.ContentType?.StartsWith(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) == true
            ? await JsonBody.ReadOptionalAsync(http)
            : await JsonBody.ReadTextAsync(http);

    private static ReadOnlyMemory<byte> Json(IEnumerable<EntityMetadata> entities)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            foreach (var entity in entities)
            {
                json.WriteStartObject();
                json.WriteStartObject("entityId");
                json.WriteString("name", entity.Id.Name);
                json.WriteString("key", entity.Id.Key);
                json.WriteEndObject();
                json.WriteString("lastOperationTime", entity.LastModifiedTime.UtcDateTime);
                json.WritePropertyName("state");
                json.WriteRawValue(entity.IncludesState ? entity.State.Value : "null");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return body.WrittenMemory;
    }
}
