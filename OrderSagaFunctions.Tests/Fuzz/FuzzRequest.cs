using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using OrderSagaFunctions.Tests.Http;

namespace OrderSagaFunctions.Tests.Fuzz;

/// <summary>A request that begins as a right one, and has some of its parts changed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query, as they are sent.</param>
/// <param name="Headers">Headers.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record FuzzRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    private const string Management = "/runtime/webhooks/durabletask/";

    private static readonly (string Method, string Path)[] Calls =
    [
        .. HttpFunction.All.Select(static function => (function.Method, "/api/" + function.Route)),
        ("GET", Management + "instances"), ("DELETE", Management + "instances"), ("GET", Management + "instances/{id}"), ("DELETE", Management + "instances/{id}"),
        ("POST", Management + "instances/{id}/raiseEvent/{event}"), ("POST", Management + "instances/{id}/terminate"), ("POST", Management + "instances/{id}/suspend"),
        ("POST", Management + "instances/{id}/resume"), ("POST", Management + "instances/{id}/rewind"), ("POST", Management + "instances/{id}/restart"),
        ("POST", Management + "orchestrators/{orchestrator}/{id}"), ("POST", Management + "orchestrators/{orchestrator}"), ("GET", "/{anything}"), ("POST", "/api/{anything}"),
    ];

    private static readonly string[] Orders = ["done", "33-left", "33-dealt", "in-review", "rejected", "cancelled", "stopped", "parked"];

    private static readonly (string Name, string[] Values)[] Parameters =
    [
        ("status", ["Received", "Pending", "open", "closed", "all"]), ("outcome", ["Succeeded", "Failed"]), ("customer", ["customer-7f21"]), ("from", ["2026-03-14"]),
        ("to", ["2050-01-01T00:00:00Z"]), ("flagged", ["true"]), ("parked", ["false"]), ("incident", ["true"]), ("top", ["1", "500", "2.0"]), ("continuationToken", ["ZG9uZQ"]),
        ("longerThan", ["PT10M"]), ("code", ["x"]), ("runtimeStatus", ["Running", "Failed,Completed"]), ("createdTimeFrom", ["2020-01-01T00:00:00Z"]), ("showInput", ["false"]),
        ("createdTimeTo", ["2050-01-01T00:00:00Z"]), ("instanceIdPrefix", ["d"]), ("showHistory", ["true"]), ("showHistoryOutput", ["true"]), ("reason", ["because"]),
        ("timeout", ["0", "0.5"]), ("pollingInterval", ["1"]), ("restartWithNewInstanceId", ["true", "false"]), ("taskHub", ["OrderSaga"]),
    ];

    /// <summary>Makes a request.</summary>
    /// <param name="odd">Decides what it is.</param>
    /// <param name="newId">An order id that was not used so far.</param>
    public static FuzzRequest Make(Oddities odd, string newId)
    {
        var (method, path) = odd.Of(Calls);
        // Each part is right most of the time, so that a wrong one meets the rest of a right request.
        var isBodyOdd = odd.OnceIn(2);
        var target = Path(odd, path) + (odd.OnceIn(method == "GET" ? 2 : 8) ? Query(odd) : string.Empty);
        var headers = new List<(string, string)>();
        while (odd.OnceIn(3))
        {
            headers.Add(Header(odd));
        }

        var body = method == "GET" && !odd.OnceIn(20) ? null : BodyOf(odd, path, newId, isBodyOdd);
        return new FuzzRequest(odd.OnceIn(50) ? odd.Of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "POST") : method, target, headers, body);
    }

    /// <summary>The request as it is sent.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri("http://localhost:7071" + Target));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                _ = message.Content?.Headers.Remove(name);
                _ = message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <inheritdoc/>
    public override string ToString() => Oddities.Quoted(
        $"{Method} {Target} {string.Join(' ', Headers.Select(static header => $"[{header.Name}: {header.Value}]"))} {(Body is null ? "" : Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 600)))}");

    private static string Path(Oddities odd, string route) => string.Join('/', route.Split('/').Select(part => part switch
    {
        "" => "",
        // A web server refuses a path with a NUL by itself.
        "{anything}" => Escaped(odd, odd.Text().Replace('\0', '0')),
        ['{', ..] when odd.OnceIn(8) => Escaped(odd, odd.Text().Replace('\0', '0')),
        "{itemId}" => odd.Of("sku-100", "sku-200", "sku-new"),
        "{incidentId}" => odd.Of("ReleaseInventory-1", "stopped-1"),
        "{name}" => odd.Of("order", "fulfilment"),
        "{event}" => odd.Of("ReviewDecision", "Cancel", "Operator", "Wake"),
        "{orchestrator}" => odd.Of("OrderSaga", "FulfilmentSaga", "RedriveCompensation", "OrderSaga2"),
        ['{', ..] => odd.Of(Orders),
        _ => odd.OnceIn(200) ? Escaped(odd, odd.Near(part).Replace('\0', '0')) : part,
    }));

    private static string Query(Oddities odd)
    {
        var query = new StringBuilder("?");
        do
        {
            var (name, values) = odd.Of(Parameters);
            name = odd.OnceIn(8) ? odd.Near(name) : name;
            _ = query.Append(Escaped(odd, name)).Append(odd.OnceIn(20) ? "" : "=").Append(Escaped(odd, odd.OnceIn(3) ? odd.Text() : odd.Of(values))).Append('&');
        }
        while (odd.OnceIn(2));
        return query.ToString(0, query.Length - (odd.OnceIn(10) ? 0 : 1));
    }

    private static (string Name, string Value) Header(Oddities odd) => odd.Of(
        ("Idempotency-Key", odd.OnceIn(2) ? odd.Text() : "key-1"), ("Idempotency-Key", "\"quoted\""), ("Prefer", odd.Of("wait=0", "wait=1", "wait=1, wait=2", "wait=99999999999", "wait=\"1\"", "respond-async")),
        ("Prefer", odd.Text()), ("Content-Type", odd.Text()), ("Content-Type", odd.Of("text/plain", "application/json; charset=utf-16", "multipart/form-data", "application/x-www-form-urlencoded")),
        ("Content-Encoding", odd.Of("gzip", "identity", "br", odd.Text())), ("Transfer-Encoding", odd.Of("chunked", odd.Text())), ("X-Forwarded-Host", odd.Text()), ("Accept", odd.Text()),
        ("x-ms-continuation-token", odd.Of("5", odd.Text())), ("x-functions-key", odd.Text()), ("Cookie", odd.Text()), ("traceparent", odd.Text()), ("x-ms-client-principal", odd.Text()),
        ("Origin", odd.Of("http://localhost:7071", odd.Text())), ("Range", "bytes=0-"), ("Expect", "100-continue"), ("If-Match", odd.Text()), ("X-HTTP-Method-Override", "DELETE"));

    private static byte[] BodyOf(Oddities odd, string path, string newId, bool isOdd)
    {
        var json = path switch
        {
            "/api/orders" => Order(odd, newId, isOdd),
            "/api/inventory/{itemId}" => Object(odd, isOdd, ("quantity", odd.Of("5", "1000.0", "1e3")), ("location", odd.Of("null", "\"main\"", "\"berlin\""))),
            _ when path.EndsWith("/review", StringComparison.Ordinal) || path.Contains("raiseEvent", StringComparison.Ordinal) =>
                Object(odd, isOdd, ("approved", odd.Of("true", "false")), ("reviewer", "\"ada\""), ("comment", "\"fine\"")),
            _ when path.Contains("orchestrators", StringComparison.Ordinal) => odd.OnceIn(2) ? odd.Json() : Order(odd, newId, isOdd),
            "/api/reconcile" => "{}",
            _ => Object(odd, isOdd, ("by", "\"ada\""), ("reason", "\"Done by hand.\"")),
        };
        return isOdd ? Bytes(odd, json) : Encoding.UTF8.GetBytes(json);
    }

    private static string Order(Oddities odd, string newId, bool isOdd)
    {
        string Line() => Object(
            odd, isOdd && odd.OnceIn(3), ("item_id", odd.Of("\"sku-100\"", "\"sku-200\"", "\"sku-none\"")), ("qty", odd.Of("1", "2.0", "30e-1")), ("unit_price", odd.Of("8.5", "0", "4.99e1")), ("description", "\"Item\""));

        var lines = odd.OnceIn(40) ? odd.Of(0, 100, 101) : odd.Of(1, 2, 3);
        return Object(
            odd, isOdd, ("order_id", $"\"{newId}\""), ("order_date", "\"2026-03-14T09:26:53Z\""), ("customer_id", odd.Of("\"customer-7f21\"", "\"guest\"")),
            ("currency", odd.Of("null", "\"EUR\"", "\"JPY\"")), ("ship_to_country", odd.Of("null", "\"DE\"")), ("items", $"[{string.Join(',', Enumerable.Range(0, lines).Select(_ => Line()))}]"));
    }

    private static string Object(Oddities odd, bool isOdd, params (string Name, string Value)[] fields)
    {
        var written = new List<string>();
        foreach (var (name, value) in fields)
        {
            if (!isOdd || !odd.OnceIn(3))
            {
                written.Add($"\"{name}\":{value}");
                continue;
            }

            written.AddRange(odd.Of(0, 1, 2, 3, 4) switch
            {
                0 => [],
                1 => [$"\"{name}\":{value}", $"\"{name}\":{(odd.OnceIn(2) ? value : odd.Json())}"],
                2 => [$"{Oddities.Quoted(odd.Near(name))}:{value}"],
                3 => [$"\"{name}\":{value}", $"{Oddities.Quoted(odd.Text())}:{odd.Json()}"],
                _ => [$"\"{name}\":{odd.Json()}"],
            });
        }

        return $"{{{string.Join(',', written)}}}";
    }

    private static byte[] Bytes(Oddities odd, string json) => odd.Of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) switch
    {
        0 => Encoding.Unicode.GetBytes(json),
        1 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(json)],
        2 => Encoding.Latin1.GetBytes(json),
        3 => Encoding.UTF8.GetBytes(json[..(json.Length / odd.Of(1, 2, 3))]),
        4 => Packed(json),
        5 => Encoding.UTF8.GetBytes(json + odd.Of("x", "{}", "\0", ",")),
        6 when odd.OnceIn(10) => Encoding.UTF8.GetBytes(json.Replace("{", $"{{\"pad\":\"{new string('a', odd.Of(1000, 300_000))}\",", StringComparison.Ordinal)),
        7 => Encoding.UTF8.GetBytes(odd.Json()),
        8 => [.. Encoding.UTF8.GetBytes(json).Select((b, i) => odd.OnceIn(40) ? (byte)(b ^ (1 << (i % 8))) : b)],
        _ => Encoding.UTF8.GetBytes(json),
    };

    private static byte[] Packed(string json)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        return packed.ToArray();
    }

    // As it is where that can be sent, else as clients escape it.
    private static string Escaped(Oddities odd, string text) =>
        odd.OnceIn(3) && text.All(static c => c is > ' ' and <= '~' and not ('#' or '?')) && !text.Contains("%00", StringComparison.Ordinal) ? text : Uri.EscapeDataString(text);
}
