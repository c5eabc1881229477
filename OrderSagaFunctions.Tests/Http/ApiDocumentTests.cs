using System.Reflection;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Tests.Deployment;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>The document of the API has every function, kind of problem and setting of the app; whether the tests that it names are there, the host's tests see to.</summary>
public sealed class ApiDocumentTests
{
    private static readonly string[] Rows =
        [.. Repository.Read("docs", "api.md").Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal))];

    [Fact]
    public void Document_EveryFunction_HasARowWithItsCall() => Assert.All(
        HttpFunction.All,
        static function => Assert.Single(Rows, row => row.StartsWith($"| `{function.Method} /api/{function.Route}` `{function.Name}` |", StringComparison.Ordinal)));

    [Fact]
    public void Document_EveryKindOfProblem_HasARow() => Assert.All(
        typeof(Problem).GetFields().Select(static field => (string)field.GetRawConstantValue()!).Where(static value => value.StartsWith("urn:", StringComparison.Ordinal)),
        static type => Assert.Single(Rows, row => row.StartsWith($"| `{type["urn:order-saga:".Length..]}` |", StringComparison.Ordinal)));

    [Fact]
    public void Document_EverySetting_HasARow() => Assert.All(
        typeof(SagaOptions).Assembly.GetTypes().Where(static type => type.GetField("Section") is not null)
            .SelectMany(static type => NamesOf(type, (string)type.GetField("Section")!.GetRawConstantValue()! + "__")),
        static name => Assert.Single(Rows, row => row.Split('|')[1].Contains($"`{name}`", StringComparison.Ordinal)));

    private static IEnumerable<string> NamesOf(Type options, string prefix) => options.GetProperties()
        .Where(static property => property.CanWrite)
        .SelectMany(property => NamesOf(property, prefix + property.Name));

    private static IEnumerable<string> NamesOf(PropertyInfo property, string name) => property.PropertyType switch
    {
        var type when type == typeof(SagaRetryOptions) => NamesOf(type, name + "__"),
        var type when type == typeof(IDictionary<string, SagaStepOptions>) => NamesOf(typeof(SagaStepOptions), name + "__{name}__"),
        _ => [name],
    };
}
