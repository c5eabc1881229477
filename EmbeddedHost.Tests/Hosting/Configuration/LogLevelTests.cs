using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Startup;
using Microsoft.Azure.Functions.Worker.Builder;

namespace EmbeddedHost.Tests.Hosting.Configuration;

public sealed class LogLevelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Logging__LogLevel__Default", "3", "Logging__LogLevel__Default is '3', expected one of Trace,")]
    [InlineData("Logging__LogLevel__Microsoft.AspNetCore", "Warning,Error", "Logging__LogLevel__Microsoft.AspNetCore is 'Warning,Error', expected one of")]
    [InlineData("Logging__Console__LogLevel__Default", "Loud", "Logging__Console__LogLevel__Default is 'Loud', expected one of")]
    public void Use_LogLevelThatIsNoName_IsRefusedNamingTheSetting(string key, string value, string told)
    {
        _ = _folder.Write("local.settings.json", $$$"""{"Values":{"{{{key}}}":"{{{value}}}"}}""");
        var error = Assert.Throws<HostStartupException>(
            () => EmbeddedStartup.Use(FunctionsApplication.CreateBuilder([]), new HostSetup { ContentRoot = _folder.Path, FunctionTypes = [] }));

        Assert.StartsWith(told, error.Message, StringComparison.Ordinal);
    }
}
