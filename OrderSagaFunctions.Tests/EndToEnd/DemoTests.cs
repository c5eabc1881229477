using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.Deployment;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The demo is what <c>--demo</c> asks for, and nothing else: orders that fail on purpose are never a surprise.</summary>
public sealed class DemoTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);
    private readonly string _data = Directory.CreateTempSubdirectory("app-demo-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Start_Demo_SaysWhichOrdersFailAndWhatIsSeeded()
    {
        await using var app = await AppProcess.StartAsync();

        var line = Assert.Single(app.Output.Split(Environment.NewLine), static line => line.Contains("Demo: faults", StringComparison.Ordinal));
        Assert.Contains(
            "1 fails ProcessOrder, 11 fails UpdateOrderStatus, 2 fails ProcessPayment, 22 fails ProcessRefund, 3 fails ReserveInventory, "
            + "33 fails ReleaseInventory",
            line,
            StringComparison.Ordinal);
        Assert.Contains("stock is seeded: sku-100=1000", line, StringComparison.Ordinal);
        Assert.Contains("a failed compensation stops the saga", line, StringComparison.Ordinal);
        Assert.DoesNotContain("ORDERS ARE MADE TO FAIL", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSettingsOnLoopback_IsForProductionAndNamesTheDemo()
    {
        await using var app = await AppProcess.StartAsync(demo: false);
        using var stock = await app.Orders.PutAsync("/api/inventory/sku-100", new { quantity = 10 });
        _ = await app.Orders.SubmitAsync(Orders.Json("33-production", ("sku-100", 1, 49.90m)));

        Assert.Equal("OrderSucceeded", (await app.Orders.EndOfAsync("33-production")).Path[^1]);
        Assert.Contains("start with --demo", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Demo: faults", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FaultsWithoutTheDemo_Warns()
    {
        await using var app = await AppProcess.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Saga__FaultInjection"] = "true" }, demo: false);

        var line = Assert.Single(app.Output.Split(Environment.NewLine), static line => line.Contains("ORDERS ARE MADE TO FAIL", StringComparison.Ordinal));
        Assert.Contains(" warn ", line, StringComparison.Ordinal);
        Assert.Contains("1 fails ProcessOrder", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--require-keys")]
    [InlineData("--address", "0.0.0.0")]
    public async Task Start_KeysAndNothingSet_IsRefusedWithWhatToDo(params string[] options)
    {
        Assert.Equal(0, (await AppStart.RunAsync(Nothing, "--data", _data, "--create-keys")).ExitCode);

        var refusal = await AppStart.RefusalAsync(Nothing, ["--port", "0", "--data", _data, .. options]);

        Assert.Contains("nothing is set for the app", refusal, StringComparison.Ordinal);
        Assert.Contains("no Section__Key in the environment", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeysAndOneSetting_InjectsNothing()
    {
        Assert.Equal(0, (await AppStart.RunAsync(Nothing, "--data", _data, "--create-keys")).ExitCode);
        await using var app = await AppProcess.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" },
            demo: false, "--data", _data, "--require-keys");

        using var answer = await app.Orders.GetAsync("/api/inventory");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("Demo: faults", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MADE TO FAIL", app.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--require-keys")]
    [InlineData("--address", "0.0.0.0")]
    public async Task Start_DemoWithKeys_IsRefused(params string[] options) => Assert.Contains(
        "it is for loopback without keys", await AppStart.RefusalAsync(Nothing, ["--demo", .. options]), StringComparison.Ordinal);

    [Theory]
    [InlineData("AzureWebJobsStorage", "", "Setting AzureWebJobsStorage is empty")]
    [InlineData("AzureWebJobsStorage", "nonsense", "Setting AzureWebJobsStorage is not a connection string")]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net", "the table account 'shop'")]
    [InlineData("AzureWebJobsStorage", "TableEndpoint=https://shop.table.core.windows.net/;SharedAccessSignature=c2VjcmV0", "the table account 'shop'")]
    [InlineData("AzureWebJobsStorage", "AccountName=shop", "Setting AzureWebJobsStorage is not a connection string")]
    [InlineData("AzureWebJobsStorage__accountName", "shop", "Setting AzureWebJobsStorage__accountName is for a storage account in Azure")]
    [InlineData("AzureWebJobsStorage__tableServiceUri", "https://shop.table.core.windows.net", "Setting AzureWebJobsStorage__tableServiceUri")]
    public async Task Start_StorageElsewhere_IsRefusedWithWhatToDo(string name, string value, string told)
    {
        var refusal = await AppStart.RefusalAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }, "--port", "0", "--data", _data);

        Assert.Contains(told, refusal, StringComparison.Ordinal);
        Assert.Contains("UseDevelopmentStorage=true", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data needs a value", "--data", "")]
    [InlineData("--valid-for has no effect without --create-keys", "--valid-for", "2")]
    [InlineData("--port has no effect with --list-keys", "--list-keys", "--port", "1")]
    [InlineData("--cache is given twice", "--cache", "1", "--cache", "2")]
    public async Task Start_OptionInVain_IsRefused(string told, params string[] options) =>
        Assert.Contains(told, await AppStart.RefusalAsync(Nothing, options), StringComparison.Ordinal);

    [Fact]
    public void LaunchProfiles_FirstIsTheSupervisedDemo_AndADebuggersIsOneProcess()
    {
        using var profiles = JsonDocument.Parse(Repository.Read("OrderSagaFunctions", "Properties", "launchSettings.json"));

        // 'dotnet run' takes the first.
        Assert.Equal(
            [("demo", "Project", "--demo --supervise"), ("debug", "Project", "--demo")],
            profiles.RootElement.GetProperty("profiles").EnumerateObject().Select(static profile => (
                profile.Name, profile.Value.GetProperty("commandName").GetString(), profile.Value.GetProperty("commandLineArgs").GetString())));
    }
}
