using System.Text.Json;

namespace Sagas;

/// <summary>
/// Keeps a story within what hosts and tables can hold. A saga without children stays far below it; with many of them, what is
/// told of each is cut before anything of the saga itself is.
/// </summary>
internal static class ReportSize
{
    /// <summary>Characters that a custom status may have: 16 KB of UTF-16.</summary>
    public const int OfCustomStatus = 8 * 1024;

    /// <summary>Characters that a table property may have: 64 KB of UTF-16, with some left over.</summary>
    public const int OfTableProperty = 31 * 1024;

    private const int ShortError = 40;
    private const int MostIncidents = 8;

    /// <summary>The story, cut where it is longer than so many characters of JSON.</summary>
    public static SagaReport Fit(SagaReport report, int most)
    {
        if (report.Children is null || Length(report) <= most)
        {
            return report;
        }

        // First the words, then the steps of the children that are done, then those of all, then what rows of their own tell.
        var terse = report with
        {
            Steps = [.. report.Steps.Select(Terse)],
            Incidents = [.. report.Incidents.Select(incident => incident with { Error = Cut(incident.Error)! })],
            Children = [.. report.Children.Select(child => child with { Steps = [.. child.Steps.Select(Terse)] })],
        };
        SagaReport[] shorter =
        [
            terse,
            terse with { Children = [.. terse.Children.Select(child => child.Outcome == SagaOutcome.Succeeded ? child with { Steps = [] } : child)] },
            terse with { Children = [.. terse.Children.Select(child => child with { Steps = [] })] },
            terse with
            {
                Children = [.. terse.Children.Select(child => child with { Steps = [] })],
                Incidents = [.. terse.Incidents.Take(MostIncidents)],
            },
        ];
        return Array.Find(shorter, candidate => Length(candidate) <= most) ?? shorter[^1];
    }

    private static int Length(SagaReport report) => JsonSerializer.Serialize(report, SagaJson.TypeOf<SagaReport>()).Length;

    private static StepReport Terse(StepReport step) => step with { Error = Cut(step.Error) };

    private static string? Cut(string? error) => error is { Length: > ShortError } ? string.Concat(error.AsSpan(0, ShortError), "…") : error;
}
