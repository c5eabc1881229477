using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Sagas;

namespace OrderSagaFunctions.OpenApi;

/// <summary>A function that is called over HTTP, as its attributes declare it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method that it answers.</param>
/// <param name="Route">Its route below <c>/api</c>.</param>
/// <param name="Level">What a caller's key has to be good for.</param>
internal sealed record ApiFunction(string Name, HttpMethod Method, string Route, AuthorizationLevel Level)
{
    /// <summary>The functions of this app and of the kit, by name.</summary>
    public static IReadOnlyDictionary<string, ApiFunction> ReadAll() => Read().ToDictionary(static function => function.Name, StringComparer.Ordinal);

    /// <summary>The path of its calls, with its parameters in braces.</summary>
    public string Path => $"/api/{Route}";

    /// <summary>The names of the path's parameters.</summary>
    public IEnumerable<string> PathParameters => Route.Split('/').Where(IsParameter).Select(NameOf);

    /// <summary>The values of the path's parameters in the path of a request; null where the request is none of this function's.</summary>
    public Dictionary<string, string>? Match(string method, string path)
    {
        string[] template = Path.Split('/'), parts = path.Split('/');
        if (method != Method.Method || template.Length != parts.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (expected, found) in template.Zip(parts))
        {
            if (IsParameter(expected))
            {
                values.Add(NameOf(expected), Uri.UnescapeDataString(found));
            }
            else if (expected != found)
            {
                return null;
            }
        }

        return values;
    }

    private static IEnumerable<ApiFunction> Read() =>
        from method in ((Assembly[])[typeof(ApiFunction).Assembly, typeof(SagaDefinition).Assembly]).SelectMany(static assembly => assembly.GetTypes()).SelectMany(static type => type.GetMethods())
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from trigger in method.GetParameters().Select(static parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
        select new ApiFunction(function.Name, HttpMethod.Parse(trigger.Methods!.Single()), trigger.Route!, trigger.AuthLevel);

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static string NameOf(string segment) => segment.Trim('{', '}');
}
