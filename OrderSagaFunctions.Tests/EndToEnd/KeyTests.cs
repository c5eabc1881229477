using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Tests.Http;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The app where keys are in force: who may place an order, and who may steer its saga.</summary>
public sealed class KeyTests(KeyTests.KeyedApp keyed) : IClassFixture<KeyTests.KeyedApp>, IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Call_WithoutAKey_Gets401WhateverItIsButThePage()
    {
        foreach (var function in HttpFunction.All)
        {
            var status = await CallAsync(function, key: null);
            Assert.Equal((function, function.Level != AuthorizationLevel.Anonymous), (function, status == HttpStatusCode.Unauthorized));
        }
    }

    [Fact]
    public async Task Call_WithTheHostKey_OpensAllButWhatIsAnOperators()
    {
        foreach (var function in HttpFunction.All)
        {
            var status = await CallAsync(function, keyed.Keys["_host"]);
            Assert.Equal((function, function.Level == AuthorizationLevel.Admin), (function, status == HttpStatusCode.Unauthorized));
        }
    }

    [Theory]
    [InlineData("SubmitOrder")]
    [InlineData("_host")]
    public async Task Post_WithAFunctionKey_IsAcceptedWithoutManagementLinks(string set)
    {
        var links = await SubmitAsync("keys-" + set.Trim('_'), set);

        Assert.DoesNotContain(links, static link => link.EndsWith("Uri", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_WithTheMasterKey_IsAcceptedWithManagementLinks() =>
        Assert.Contains("terminatePostUri", await SubmitAsync("keys-master", "_master"));

    [Theory]
    [InlineData("SubmitOrder", HttpStatusCode.Unauthorized)]
    [InlineData("_host", HttpStatusCode.Unauthorized)]
    [InlineData("_master", HttpStatusCode.OK)]
    public async Task Post_AnOperatorsFunction_TakesTheMasterKeyAlone(string set, HttpStatusCode expected)
    {
        using var response = await keyed.App.Orders.PostAsync("/api/reconcile", "", ("x-functions-key", keyed.Keys[set]));

        Assert.Equal(expected, response.StatusCode);
    }

    private async Task<HttpStatusCode> CallAsync(HttpFunction function, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(function.Method), new Uri(keyed.App.Address, function.Path("nobody")));
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<string[]> SubmitAsync(string orderId, string set)
    {
        using var response = await keyed.App.Orders.PostAsync("/api/orders", Orders.Plain(orderId), ("x-functions-key", keyed.Keys[set]));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. answer.RootElement.EnumerateObject()
            .Where(static property => property.Value.ValueKind != JsonValueKind.Null)
            .Select(static property => property.Name)];
    }

    /// <summary>The app, which asks for keys that an operator has made before.</summary>
    public sealed class KeyedApp : IAsyncLifetime
    {
        private readonly string _data = Directory.CreateTempSubdirectory("app-keys-").FullName;
        private AppProcess? _app;

        /// <summary>The app's settings.</summary>
        internal Dictionary<string, string> Settings { get; init; } = new(StringComparer.Ordinal)
        {
            ["Inventory__Seed"] = "sku-100=1000,sku-200=1000,sku-300=1000",
        };

        public AppProcess App => _app!;

        public IReadOnlyDictionary<string, string> Keys { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

        public async Task InitializeAsync()
        {
            Keys = await CreateKeysAsync();
            _app = await AppProcess.StartAsync(Settings, demo: false, "--data", _data, "--require-keys");
        }

        public async Task DisposeAsync()
        {
            await App.DisposeAsync();
            Directory.Delete(_data, recursive: true);
        }

        private async Task<IReadOnlyDictionary<string, string>> CreateKeysAsync()
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "OrderSagaFunctions.dll"), "--data", _data, "--create-keys" },
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return output.Split(Environment.NewLine)
                .Where(static line => line.Contains(" opens ", StringComparison.Ordinal))
                .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .ToDictionary(static words => words[0], static words => words[1], StringComparer.Ordinal);
        }
    }
}
