namespace EmbeddedHost.Testing;

/// <summary>Crashes an app at every commit that a scenario makes.</summary>
public static class CrashPoints
{
    /// <summary>
    /// Runs a scenario undisturbed, and then once more for each commit that it made and each side of it: the host crashes
    /// there, is started again, and the scenario goes on.
    /// </summary>
    /// <param name="options">The app. Each run has a data folder of its own.</param>
    /// <param name="scenario">
    /// What is done, and what can be seen in the end. It does what may crash within <see cref="DurableTestHost.PersistAsync"/>.
    /// </param>
    /// <param name="verify">Called after each disturbed run with the crash, and what was seen undisturbed and disturbed.</param>
    /// <returns>How many crashes there were.</returns>
    /// <exception cref="InvalidOperationException">The scenario did not come to a commit that it made undisturbed.</exception>
    public static async Task<int> ExploreAsync<T>(
        DurableTestHostOptions options, Func<DurableTestHost, Task<T>> scenario, Action<CrashPoint, T, T> verify)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(verify);
        var (expected, commits) = await UndisturbedAsync(options, scenario);
        var points = 0;
        for (var commit = 1; commit <= commits; commit++)
        {
            foreach (var moment in Enum.GetValues<CrashMoment>())
            {
                var point = new CrashPoint(commit, moment);
                verify(point, expected, await CrashedAsync(options, scenario, point));
                points++;
            }
        }

        return points;
    }

    private static async Task<(T Seen, int Commits)> UndisturbedAsync<T>(DurableTestHostOptions options, Func<DurableTestHost, Task<T>> scenario)
    {
        await using var host = await DurableTestHost.StartAsync(options);
        var before = host.Commits.Count;
        var seen = await scenario(host);
        return (seen, host.Commits.Count - before);
    }

    private static async Task<T> CrashedAsync<T>(DurableTestHostOptions options, Func<DurableTestHost, Task<T>> scenario, CrashPoint point)
    {
        await using var host = await DurableTestHost.StartAsync(options);
        host.CrashAt(point.Commit, point.Moment);
        var seen = await scenario(host);
        return host.Crashes > 0 ? seen : throw new InvalidOperationException(
            $"The scenario ended without the crash {point}: with one seed it makes the same commits each time, unless its code uses other threads.");
    }
}
