using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Ordering;
using Sagas;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>A function of the app that is called over HTTP.</summary>
internal sealed partial record HttpFunction(string Name, string Method, string Route, AuthorizationLevel Level)
{
    /// <summary>All that the app has.</summary>
    public static IReadOnlyList<HttpFunction> All { get; } =
    [
        .. from method in typeof(OrderSaga).Assembly.GetTypes().Concat(typeof(SagaStep).Assembly.GetTypes()).SelectMany(static type => type.GetMethods())
           from trigger in method.GetParameters().Select(static parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
           from verb in trigger.Methods!
           select new HttpFunction(method.GetCustomAttribute<FunctionAttribute>()!.Name, verb.ToUpperInvariant(), trigger.Route!, trigger.AuthLevel),
    ];

    /// <summary>Those that programs call; the others are pages for people.</summary>
    public static IEnumerable<HttpFunction> Calls => All.Where(static function => !Pages.Contains(function.Name, StringComparer.Ordinal));

    private static string[] Pages => ["GetDashboard", "GetDashboardFile"];

    /// <summary>Its address, with the same in place of each parameter.</summary>
    public string Path(string parameter) => "/api/" + Parameter().Replace(Route, parameter);

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
