using System.Reflection;
using System.Text.RegularExpressions;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using Sagas;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>What the infrastructure names of the app is there: settings, functions, what it logs.</summary>
public sealed partial class SettingNamesTests
{
    // Of the Functions host, as it documents identity-based connections.
    private static readonly string[] OfTheHost =
        ["AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId"];

    private static readonly Type[] Options =
    [
        typeof(SagaOptions), typeof(OrderOptions), typeof(PaymentOptions), typeof(InventoryOptions), typeof(CheckOptions),
        typeof(NotificationOptions),
    ];

    [Fact]
    public void Settings_OfTheInfrastructure_AreReadByTheAppOrTheHost()
    {
        var known = OfTheHost.Concat(Options.SelectMany(NamesOf)).ToHashSet(StringComparer.Ordinal);
        var named = Bicep().SelectMany(static text => SettingName().Matches(text).Select(static match => match.Groups["name"].Value)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Alerts_Phrases_AreLoggedByTheApp()
    {
        var sources = AppSources();
        var phrases = InAlerts(Phrase());

        Assert.NotEmpty(phrases);
        Assert.All(phrases, phrase => Assert.Contains(sources, source => source.Contains(phrase, StringComparison.Ordinal)));
    }

    [Fact]
    public void Alerts_Functions_AreTheApps()
    {
        var sources = AppSources();
        var functions = InAlerts(FunctionName());

        Assert.NotEmpty(functions);
        Assert.All(functions, name => Assert.Contains(sources, source => source.Contains($"[Function(\"{name}\")]", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> NamesOf(Type options)
    {
        var section = (string)options.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;
        return options.GetProperties().Where(static property => property.CanWrite).Select(property => $"{section}__{property.Name}");
    }

    private static List<string> InAlerts(Regex what) =>
        [.. what.Matches(Repository.Read("infra", "modules", "alerts.bicep")).Select(static match => match.Groups["name"].Value)];

    private static IEnumerable<string> Bicep() =>
        Directory.EnumerateFiles(Repository.PathOf("infra"), "*.bicep", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static List<string> AppSources() =>
        [.. Directory.EnumerateFiles(Repository.PathOf("OrderSagaFunctions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)];

    [GeneratedRegex(@"\b(?<name>\w+__\w+): ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();

    [GeneratedRegex(@"Message has ""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phrase();

    [GeneratedRegex(@"\bName == ""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionName();
}
