using OrderSagaFunctions.Tests.Deployment;
using Sagas.Http;

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
        SettingNames.All,
        static name => Assert.Single(Rows, row => row.Split('|')[1].Contains($"`{name}`", StringComparison.Ordinal)));
}
