using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Tests.Http.Keys;

/// <summary>Functions of each level; they answer who calls.</summary>
public static class KeyedFunctions
{
    [Function("open")]
    public static string Open([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => Caller(request);

    [Function("closed")]
    public static string Closed([HttpTrigger(AuthorizationLevel.Function)] HttpRequestData request) => Caller(request);

    [Function("other")]
    public static string Other([HttpTrigger(AuthorizationLevel.Function)] HttpRequestData request) => Caller(request);

    [Function("admin")]
    public static string Admin([HttpTrigger(AuthorizationLevel.Admin)] HttpRequestData request) => Caller(request);

    private static string Caller(HttpRequestData request) =>
        string.Join(' ', request.Identities.SelectMany(identity => identity.Claims).Select(claim => claim.Value));
}
