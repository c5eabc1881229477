using System.Globalization;

namespace Bench;

/// <summary>The command line: <c>saga --count N --in-flight N [--json FILE]</c>.</summary>
internal static class Cli
{
    private const string Usage =
        """
        Usage: dotnet run -c Release --project bench -- saga [--count N] [--in-flight N] [--warm-up N] [--json FILE]

          saga         orders through the whole saga, from POST to the terminal status, over loopback HTTP:
                       the success path, and the path with three compensations
          --count      sagas measured on each path (2000)
          --in-flight  sagas under way at the same time (100)
          --warm-up    sagas before the measurement, not counted (5000)
          --json       writes the figures to a file as well
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["saga", .. var options])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 1;
        }

        if (!TryParse(options, out var run, out var error))
        {
            await Console.Error.WriteLineAsync(error + Environment.NewLine + Usage);
            return 1;
        }

        var figures = new List<SagaFigures>();
        foreach (var path in new[] { SagaPath.Success, SagaPath.Compensate })
        {
            figures.Add(await SagaRun.MeasureAsync(path, run));
        }

        Report.Print(figures, run);
        if (run.JsonFile is not null)
        {
            await Report.WriteAsync(figures, run.JsonFile);
        }

        return 0;
    }

    private static bool TryParse(string[] options, out SagaRunOptions run, out string? error)
    {
        run = new SagaRunOptions();
        error = null;
        for (var i = 0; i < options.Length; i += 2)
        {
            if (i + 1 == options.Length)
            {
                error = $"The option '{options[i]}' needs a value.";
                return false;
            }

            var value = options[i + 1];
            switch (options[i])
            {
                case "--json":
                    run = run with { JsonFile = value };
                    break;
                case "--count" or "--in-flight" or "--warm-up" when !IsPositive(value):
                    error = $"The option '{options[i]}' needs a whole number above 0, not '{value}'.";
                    return false;
                case "--count":
                    run = run with { Count = Number(value) };
                    break;
                case "--in-flight":
                    run = run with { InFlight = Number(value) };
                    break;
                case "--warm-up":
                    run = run with { WarmUp = Number(value) };
                    break;
                default:
                    error = $"There is no option '{options[i]}'.";
                    return false;
            }
        }

        return true;
    }

    private static bool IsPositive(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
