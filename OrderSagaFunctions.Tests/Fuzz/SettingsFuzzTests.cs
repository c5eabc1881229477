using EmbeddedHost.Testing;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.Deployment;
using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.Fuzz;

/// <summary>Whatever a setting holds, the app starts, or says in a sentence that names the setting why it does not.</summary>
public sealed class SettingsFuzzTests(ITestOutputHelper output)
{
    // A start takes as long as some ten requests.
    private const int RequestsOfAStart = 50;

    private static readonly string[] Sections = ["Saga__", "Orders__", "Checks__", "Inventory__", "Payments__", "Notifications__", "EmbeddedHost__"];

    private static readonly string[] Names =
    [
        .. SettingNames.All.Select(static name => name.Replace("{name}", "ProcessPayment", StringComparison.Ordinal)),
        "EmbeddedHost__MaxWarmOrchestrators", "Saga__Steps__ProcessPaiment__Attempts",
    ];

    private static readonly string[] Values =
    [
        "true", "false", "0", "1", "2.0", "5", "100", "101", "-1", "1e2", "00:00:00", "00:00:05", "00:00:00.1", "1.00:00:00", "400.00:00:00", "PT5S", "Compensate", "Park", "Stop",
        "Continue,Stop", "Http", "Ledger", "EUR", "JPY", "DE,FR", "sku-1=5", "sku-1=5@berlin", "ProcessPayment:2", "ProcessPayment:2@a", "http://localhost:1/", "https://shop.example/hook",
        "ftp://x", "X-Key", "anonymous", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "10000", "999999999999999999999",
    ];

    [Fact]
    public async Task Start_RandomSettings_RunsOrNamesTheSetting()
    {
        var (starts, failures) = (0, new List<string>());
        var cases = Math.Max(1, FuzzRun.Cases / RequestsOfAStart);
        for (var number = 0; number < cases; number++)
        {
            var settings = Make(new Oddities(new Random(FuzzRun.Seed ^ (number * 104_729))));
            try
            {
                await using var host = await DurableTestHost.StartAsync(OrderRun.App with { Settings = settings });
                starts++;
            }
            catch (Exception failure) when (IsRefusal(failure, settings.Keys))
            {
                // As it has to be.
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures.Add($"{number}: {string.Join(", ", settings.Select(static setting => $"{setting.Key}={setting.Value}"))}: {failure}");
            }
        }

        output.WriteLine($"seed {FuzzRun.Seed}: {cases} starts, of which {starts} ran.");
        Assert.True(failures.Count == 0, $"Seed {FuzzRun.Seed}:\n{string.Join('\n', failures)}");
        Assert.InRange(starts, 1, cases);
    }

    private static Dictionary<string, string> Make(Oddities odd)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        do
        {
            var name = odd.OnceIn(6) ? odd.Of(Sections) + odd.Near("Timeout") : odd.Of(Names);
            // The environment holds no NUL.
            settings[name.Replace("\0", "0", StringComparison.Ordinal)] = (odd.OnceIn(3) ? odd.Text() : odd.Of(Values)).Replace("\0", "0", StringComparison.Ordinal);
        }
        while (odd.OnceIn(2));
        return settings;
    }

    private static bool IsRefusal(Exception failure, IEnumerable<string> names)
    {
        var told = failure switch
        {
            OptionsValidationException options => options.Failures,
            AggregateException several => several.InnerExceptions.OfType<OptionsValidationException>().SelectMany(static options => options.Failures),
            _ => failure.GetType().Name == "HostStartupException" ? failure.Message.Split('\n') : [],
        };
        // A setting that contradicts another one is named by either.
        return told.Any() && told.All(sentence => !sentence.Contains("   at ", StringComparison.Ordinal))
            && told.Any(sentence => names.Any(name => sentence.Contains(name.Split("__")[0] + "__", StringComparison.OrdinalIgnoreCase)));
    }
}
