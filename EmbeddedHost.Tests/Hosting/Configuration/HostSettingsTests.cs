using DurableTask.Core.Settings;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Tests.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace EmbeddedHost.Tests.Hosting.Configuration;

public sealed class HostSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NoFiles_GivesTheDefaults()
    {
        var settings = HostSettings.Read([], _folder.Path);

        Assert.Equal(7071, settings.Port);
        Assert.Equal(Path.Combine(_folder.Path, ".data"), settings.DataFolder);
        Assert.Equal("api", settings.Host.RoutePrefix);
        Assert.False(settings.Host.UseForwardedHost);
        Assert.True(settings.IsLocal);
        Assert.False(settings.AsksForKeys);
        Assert.Null(settings.Host.FunctionTimeout);
        Assert.Equal(("", VersioningSettings.VersionMatchStrategy.CurrentOrOlder), (settings.Host.Versioning.Version, settings.Host.Versioning.MatchStrategy));
        Assert.Equal(VersioningSettings.VersionFailureStrategy.Reject, settings.Host.Versioning.FailureStrategy);
        Assert.Null(settings.Local.Notice);
    }

    [Theory]
    [InlineData(false, "--address", "127.0.0.2")]
    [InlineData(false, "--address", "::1")]
    [InlineData(true, "--require-keys")]
    [InlineData(true, "--address", "0.0.0.0")]
    [InlineData(true, "--address", "::")]
    [InlineData(true, "--address", "192.0.2.1")]
    public void AsksForKeys_OnAnAddressBeyondThisMachineOrWhereAsked_IsTrue(bool expected, params string[] arguments) =>
        Assert.Equal(expected, HostSettings.Read(arguments, _folder.Path).AsksForKeys);

    [Fact]
    public void Read_HostJson_TakesItsKeysAndLeavesOthersAlone()
    {
        _ = _folder.Write("host.json", """
            {
              "version": "2.0", // comments are allowed
              "functionTimeout": "00:05:00",
              "logging": { "logLevel": { "default": "Warning" } },
              "extensions": {
                "http": { "routePrefix": "/v1/", "useForwardedHost": true, "maxRequestBodyBytes": 5000 },
                "durableTask": { "hubName": "Hub", "maxConcurrentActivityFunctions": 3.0, "maxConcurrentOrchestratorFunctions": 4, "maxConcurrentEntityFunctions": 5, "maxEntityOperationBatchSize": 6, "defaultVersion": "2.1", "versionMatchStrategy": "Strict", "versionFailureStrategy": "Fail", "httpSettings": { "defaultAsyncRequestSleepTimeMilliseconds": 1500 }, "tracing": {} },
                "other": 1
              },
            }
            """);

        var host = HostJson.Read(_folder.Path);

        Assert.Equal("v1", host.RoutePrefix);
        Assert.True(host.UseForwardedHost);
        Assert.Equal(5000, host.MaxRequestBodyBytes);
        Assert.Equal("Hub", host.Storage.HubName);
        Assert.Equal(3, host.MaxConcurrentActivities);
        Assert.Equal(4, host.MaxConcurrentOrchestrators);
        Assert.Equal((5, 6), (host.MaxConcurrentEntities, host.MaxEntityBatch));
        Assert.Equal("2.1", host.Versioning.Version);
        Assert.Equal(VersioningSettings.VersionMatchStrategy.Strict, host.Versioning.MatchStrategy);
        Assert.Equal(VersioningSettings.VersionFailureStrategy.Fail, host.Versioning.FailureStrategy);
        Assert.Equal(TimeSpan.FromSeconds(1.5), host.HttpPollingInterval);
        Assert.Equal(TimeSpan.FromMinutes(5), host.FunctionTimeout);
        Assert.Equal("Warning", Assert.Single(host.LogLevels).Value);
    }

    [Theory]
    [InlineData("{\n  \"version\": \"2.0\"\n  \"x\": 1\n}", "host.json, line 3, column")]
    [InlineData("[]", "should be a JSON object, found []")]
    [InlineData("{\n  \"extensions\": {\n    \"http\": {\n      \"routePrefix\": 5 } } }", "host.json, line 4: extensions.http.routePrefix")]
    [InlineData("{\n  // maxConcurrentOrchestratorFunctions\n  \"extensions\": { \"x\": [{}],\n \"durableTask\": { \"maxConcurrentOrchestratorFunctions\": -1 } } }", "line 4: extensions.durableTask.maxConcurrentOrchestratorFunctions should be a whole number from 1")]
    [InlineData("{\n\"logging\":{\"logLevel\":{\"default\":\"Information\",\n\"Microsoft.AspNetCore\":\"Loud\"}}}", "line 3: logging.logLevel.Microsoft.AspNetCore should be one of Trace, Debug")]
    [InlineData("""{"extensions":{"http":{"routePrefix":5}}}""", "extensions.http.routePrefix should be a string, found 5")]
    [InlineData("""{"extensions":{"http":{"useForwardedHost":"yes"}}}""", "extensions.http.useForwardedHost should be true or false")]
    [InlineData("""{"extensions":{"http":{"maxRequestBodyBytes":0}}}""", "maxRequestBodyBytes should be a whole number from 1 to 30000000, found 0")]
    [InlineData("""{"extensions":{"http":[]}}""", "extensions.http should be an object, found []")]
    [InlineData("""{"extensions":{"durableTask":{"maxConcurrentActivityFunctions":0}}}""", "maxConcurrentActivityFunctions should be a whole number from 1")]
    [InlineData("""{"extensions":{"durableTask":{"maxConcurrentActivityFunctions":2.5}}}""", "maxConcurrentActivityFunctions should be a whole number from 1")]
    [InlineData("""{"functionTimeout":"soon"}""", "functionTimeout should be a time such as")]
    [InlineData("""{"functionTimeout":"5"}""", "functionTimeout should be a time such as")]
    [InlineData("""{"functionTimeout":" 00:05:00"}""", "functionTimeout should be a time such as")]
    [InlineData("""{"logging":{"logLevel":{"default":"3"}}}""", "logging.logLevel.default should be one of Trace, Debug")]
    [InlineData("""{"logging":{"logLevel":{"default":3}}}""", "logging.logLevel.default should be one of Trace, Debug")]
    [InlineData("""{"logging":{"logLevel":{"default":"Warning, Error"}}}""", "logging.logLevel.default should be one of Trace, Debug")]
    [InlineData("{\n\"functionTimeout\":\"00:05:00\",\n\"functionTimeout\":\"00:06:00\"}", "functionTimeout")]
    public void Read_WrongHostJson_NamesTheFileThePlaceAndWhatWasExpected(string content, string expected)
    {
        var file = _folder.Write("host.json", content);

        var error = Assert.Throws<HostStartupException>(() => HostJson.Read(_folder.Path));

        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Demo_TakesTheSampleAndSaysSo()
    {
        _ = _folder.Write("local.settings.sample.json", """{"Values":{"A":"on"},"Host":{"LocalHttpPort":7099}}""");

        var settings = HostSettings.Read(["--demo"], _folder.Path);

        Assert.Equal(7099, settings.Port);
        Assert.Equal("A", Assert.Single(settings.Local.Values).Key);
        Assert.True(settings.Local.IsDemo);
        Assert.Contains("local.settings.sample.json", settings.Local.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", settings.Local.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoLocalSettingsAndNoDemo_TakesNothingAndNamesTheDemo()
    {
        _ = _folder.Write("local.settings.sample.json", """{"Values":{"A":"on"},"Host":{"LocalHttpPort":7099}}""");

        var settings = HostSettings.Read([], _folder.Path);

        Assert.Equal(7071, settings.Port);
        Assert.Empty(settings.Local.Values);
        Assert.False(settings.Local.IsDemo);
        Assert.Contains("--demo", settings.Local.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", settings.Local.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DemoWithoutASample_IsRefused() => Assert.Contains(
        "local.settings.sample.json", Assert.Throws<HostStartupException>(() => HostSettings.Read(["--demo"], _folder.Path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true, "Saga__ParkTimeout")]
    [InlineData(true, "AzureWebJobsStorage")]
    [InlineData(true, "AzureWebJobsStorage__accountName")]
    [InlineData(false, "PATH")]
    [InlineData(false, "__CF_USER_TEXT_ENCODING")]
    [InlineData(false, "Saga__")]
    [InlineData(false, "FUNCTIONS_WORKER_RUNTIME")]
    [InlineData(false, "DOTNET_hostBuilder__reloadConfigOnChange")]
    [InlineData(false, "ASPNETCORE_Kestrel__Limits__MaxConcurrentConnections")]
    public void IsAppSetting_SectionAndKeyOrTheStorage_IsTrue(bool expected, string variable) =>
        Assert.Equal(expected, HostSettings.IsAppSetting(variable));

    [Fact]
    public void Read_LocalSettings_GoBeforeTheSampleAndBehindTheOptions()
    {
        _ = _folder.Write("local.settings.sample.json", """{"Host":{"LocalHttpPort":7099}}""");
        _ = _folder.Write("local.settings.json", """{"Host":{"LocalHttpPort":7100}}""");

        Assert.Equal(7100, HostSettings.Read([], _folder.Path).Port);
        Assert.Equal(7101, HostSettings.Read(["--port", "7101"], _folder.Path).Port);
        Assert.Null(HostSettings.Read([], _folder.Path).Local.Notice);
        Assert.Equal(7100, HostSettings.Read(["--demo"], _folder.Path).Port);
        Assert.Contains("--demo changes nothing", HostSettings.Read(["--demo"], _folder.Path).Local.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HostJsonWithAByteOrderMark_IsRead()
    {
        _ = _folder.Write("host.json", "\uFEFF{\"extensions\":{\"http\":{\"routePrefix\":\"\"}}}");

        Assert.Equal("", HostJson.Read(_folder.Path).RoutePrefix);
    }

    [Theory]
    [InlineData("{\n\"Values\": {\n\"A\": [] } }", "line 3: Values.A should be a string, found []")]
    [InlineData("{\n\"Host\": {\"LocalHttpPort\": \"7071\" } }", "line 2: Host.LocalHttpPort should be a whole number from 0 to 65535")]
    [InlineData("{\"Values\": ", "local.settings.json, line 1, column")]
    public void Read_WrongLocalSettings_NamesTheFileThePlaceAndWhatWasExpected(string content, string expected)
    {
        _ = _folder.Write("local.settings.json", content);

        Assert.Contains(
            expected, Assert.Throws<HostStartupException>(() => LocalSettings.Read(_folder.Path, demo: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EncryptedLocalSettings_AreRefused()
    {
        _ = _folder.Write("local.settings.json", """{"IsEncrypted":true}""");

        Assert.Contains("decrypt", Assert.Throws<HostStartupException>(() => LocalSettings.Read(_folder.Path, demo: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_LocalSettings_BecomeSectionsBehindTheEnvironment()
    {
        var name = "HostSettingsTests" + Guid.NewGuid().ToString("N");
        _ = _folder.Write("local.settings.json", "{\"Values\":{\"" + name + "__A\":\"file\",\"" + name + "__B\":2}}");
        Environment.SetEnvironmentVariable(name + "__A", "environment");
        try
        {
            var configuration = new ConfigurationManager();
            configuration.AddHostSettings(HostSettings.Read([], _folder.Path));

            Assert.Equal("environment", configuration[$"{name}:A"]);
            Assert.Equal("2", configuration[$"{name}:B"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name + "__A", value: null);
        }
    }

    [Theory, InlineData(true, "true"), InlineData(false, "false")]
    public void Configuration_Supervised_IsSaidToTheApp(bool isSupervised, string said)
    {
        var configuration = new ConfigurationManager();
        configuration.AddHostSettings(HostSettings.Read([], _folder.Path), isSupervised);
        Assert.Equal(said, configuration["EmbeddedHost.Supervised"]);
    }

    [Fact]
    public void Configuration_AppSettings_AreRead_BehindTheLocalSettings()
    {
        _ = _folder.Write("appsettings.json", """{"Shop":{"Name":"app","Size":"app","Tax":"app"}}""");
        _ = _folder.Write("appsettings.Production.json", """{"Shop":{"Size":"production","Tax":"production"}}""");
        _ = _folder.Write("local.settings.json", """{"Values":{"Shop__Tax":"local"}}""");

        var settings = HostSettings.Read([], _folder.Path);
        var configuration = new ConfigurationManager();
        configuration.AddAppSettings(settings.ContentRoot);
        configuration.AddHostSettings(settings);

        Assert.Equal("app", configuration["Shop:Name"]);
        Assert.Equal("production", configuration["Shop:Size"]);
        Assert.Equal("local", configuration["Shop:Tax"]);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Configuration_FileThatTheAppHasWatched_IsPolledAndReadAgainWhenItChanges(bool isLoadedAtOnce)
    {
        _ = _folder.Write("appsettings.json", """{"Shop":{"Name":"before"}}""");
        IConfigurationBuilder builder = isLoadedAtOnce ? new ConfigurationManager() : new ConfigurationBuilder();
        _ = builder.SetBasePath(_folder.Path)
            .AddJsonFile("appsettings.Production.json", optional: true, reloadOnChange: true)
            .AddJsonFile("appsettings.json", optional: false, reloadOnChange: true);

        builder.PollFiles();
        var configuration = builder as IConfigurationRoot ?? builder.Build();
        var before = configuration["Shop:Name"];
        // A file's time is all that tells of a change, and two writes may have the same.
        File.SetLastWriteTimeUtc(_folder.Write("appsettings.json", """{"Shop":{"Name":"after"}}"""), DateTime.UtcNow.AddMinutes(1));

        Assert.All(
            builder.Sources.OfType<FileConfigurationSource>(),
            static file => Assert.True(Assert.IsType<PhysicalFileProvider>(file.FileProvider).UseActivePolling));
        Assert.Equal("before", before);
        await HubFixture.UntilAsync(() => configuration["Shop:Name"] == "after", "the change's being read");
    }

    [Fact]
    public void Configuration_AppSettingsThatAreNoJson_NamesTheFile()
    {
        var file = _folder.Write("appsettings.json", "{");

        var error = Assert.Throws<HostStartupException>(() => new ConfigurationManager().AddAppSettings(_folder.Path));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PublishToEnvironment_WhatIsSet_StaysAsItIs()
    {
        var name = "HostSettingsTests" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name + "__A", "kept");
        try
        {
            HostConfiguration.PublishToEnvironment(new LocalSettings
            {
                Values = [new(name + "__A", "file"), new(name + "__B", "file")],
            });

            Assert.Equal("kept", Environment.GetEnvironmentVariable(name + "__A"));
            Assert.Equal("file", Environment.GetEnvironmentVariable(name + "__B"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name + "__A", value: null);
            Environment.SetEnvironmentVariable(name + "__B", value: null);
        }
    }

    [Fact]
    public void Parse_UnknownEngine_NamesTheEngines()
    {
        var error = Assert.Throws<HostStartupException>(() => HostArguments.Parse(["--engine", "Netherite"]));

        Assert.Equal("Option --engine: expected one of Embedded, AzureStorage, found 'Netherite'.", error.Message);
    }
}
