using Bench.Abuse;
using Bench.Chaos;
using Bench.Compare;
using Bench.Engines;

namespace Bench;

/// <summary>The command line: which command, and its options.</summary>
internal static class Cli
{
    private const int Wrong = 1;

    private const string Usage =
        """
        Usage: dotnet run -c Release --project bench -- saga [--count N] [--in-flight N] [--warm-up N] [--json FILE]
               dotnet run -c Release --project bench -- compare --before FILE [--pairs N] [--rounds N] [--slice N] [--in-flight N] [--warm-up N]
               dotnet run -c Release --project bench -- chaos [--kills N] [--in-flight N] [--seed N]
               dotnet run -c Release --project bench -- abuse [--connections N] [--seconds N] [--orders N] [--p99 MS]
               dotnet run -c Release --project bench -- engines [--orders N] [--in-flight N] [--warm-up N] [--alone N]

          saga         orders through the whole saga, from POST to the terminal status, over loopback HTTP:
                       the success path, and the path with three compensations
          --count      sagas measured on each path (2000)
          --in-flight  sagas under way at the same time (100)
          --warm-up    sagas before the measurement, not counted (5000)
          --json       writes the figures to a file as well

          compare      this build beside another one, in turns: what the machine does meanwhile meets both alike
          --before     the other build's OrderSagaFunctions.dll
          --pairs      how often both are started anew (3)
          --rounds     rounds of each pair (10)
          --slice      sagas that each build gets in a round (600)
          --in-flight  sagas under way at the same time (100)
          --warm-up    sagas of each build before the first round, not counted (8000)

          chaos        a loaded host killed at random moments and started again, until everything accepted has ended;
                       exit code 1 where anything was lost or does not add up
          --kills      how often it is killed (200)
          --in-flight  orders under way at the same time (32)
          --seed       of the orders and the moments (another each time)

          abuse          a host with 256 MiB, connections that send it large, slow and broken requests, and orders beside them;
                         exit code 1 where an order fails or is slow, or the host takes more memory, or does not end in time
          --connections  of the abusers (2000)
          --seconds      for how long (60)
          --orders       a second (50)
          --p99          what 99 of 100 of them may take until they are accepted, in milliseconds (1000)

          engines      the same orders on the embedded engine and on Azure Storage (Azurite, which npm installs):
                       speed of both, requests to the storage account an order, and their price
          --orders     orders measured under load (200)
          --in-flight  orders under way at the same time (32)
          --warm-up    orders before the measurement, not counted (100)
          --alone      orders measured one after the other (20)
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["saga", .. var rest]:
                    return await MeasureAsync(SagaRunOptions.Parse(rest));
                case ["compare", .. var rest]:
                    return await new CompareRun(CompareOptions.Parse(rest), Console.Out).RunAsync();
                case ["chaos", .. var rest]:
                    return await new ChaosRun(ChaosOptions.Parse(rest)).RunAsync();
                case ["abuse", .. var rest]:
                    return await new AbuseRun(AbuseOptions.Parse(rest)).RunAsync();
                case ["engines", .. var rest]:
                    return await new EnginesRun(EnginesOptions.Parse(rest)).RunAsync();
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return Wrong;
            }
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync(e.Message + Environment.NewLine + Usage);
            return Wrong;
        }
    }

    private static async Task<int> MeasureAsync(SagaRunOptions run)
    {
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
}
