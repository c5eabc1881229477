using System.Globalization;

namespace Bench.Chaos;

/// <summary>What the chaos did, on the console.</summary>
internal static class ChaosReport
{
    private const int MostShown = 20;

    public static void Print(ChaosOptions options, int kills, ChaosBooks books, int lostAnswers, List<double> restarts, TimeSpan elapsed)
    {
        var succeed = books.Accepted.Count(static order => order.Succeeds);
        var reviewed = books.Accepted.Count(static order => order.Decision is not null);
        restarts.Sort();
        Console.WriteLine(Line($"seed {options.Seed}, {options.InFlight} in flight, {elapsed:m\\:ss}"));
        Console.WriteLine(Line($"kills      {kills}"));
        Console.WriteLine(Line($"orders     {books.Accepted.Count} accepted: {succeed} to succeed, {books.Accepted.Count - succeed} to fail, {reviewed} of them reviewed"));
        Console.WriteLine(Line($"lost       {lostAnswers} answers, asked for again"));
        if (restarts.Count > 0)
        {
            Console.WriteLine(Line($"restarts   {restarts.Count}, to the first answer {restarts[restarts.Count / 2]:F0} ms (median), {restarts[^1]:F0} ms (max)"));
        }

        Console.WriteLine(Line($"findings   {books.Findings.Count}"));
        foreach (var finding in books.Findings.Take(MostShown))
        {
            Console.WriteLine("  " + finding);
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
