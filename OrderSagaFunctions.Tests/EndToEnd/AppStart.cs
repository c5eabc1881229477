using OrderSagaFunctions.Tests.Deployment;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The app as a person starts it on the command line, where that ends by itself: a refusal, or a command.</summary>
internal static class AppStart
{
    /// <summary>The app's program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "OrderSagaFunctions.dll");

    /// <summary>Runs it to its end.</summary>
    public static Task<Tool> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] options) =>
        Tool.RunAsync(TimeSpan.FromMinutes(1), "dotnet", settings, [Program, .. options]);

    /// <summary>The one line with which it refuses to start: printed once, without a trace.</summary>
    public static async Task<string> RefusalAsync(IReadOnlyDictionary<string, string> settings, params string[] options)
    {
        var start = await RunAsync(settings, options);
        Assert.Equal(1, start.ExitCode);
        Assert.Equal("", start.Output);
        return Assert.Single(start.Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
