using EmbeddedHost.Testing;

namespace OrderSagaFunctions.Tests.Before;

/// <summary>
/// Each history that was recorded is one that today's code still decides the same: a saga that was under way when this build
/// was deployed goes on. A change that breaks one of them is a new version of the saga (<see cref="Ordering.OrderVersions"/>).
/// </summary>
public sealed class RecordedHistoryTests
{
    private const int Recorded = 63;

    // The last that they have shown was a second attempt, or the wait for one: a custom status says so since data format 2. It is
    // no decision, and is looked at after all of them.
    private static readonly string[] ShownOtherwise = [.. new[] { "open-retrying", "1df8fa093e60514e889b591dcf5ffc2c" }
        .Select(static id => $"The history of the instance '{id}' is not what the app's code does. In custom status, ")];

    [Fact]
    public async Task Histories_OfEveryRoad_AreWhatTheCodeDecides()
    {
        using var folder = new BeforeFolder();
        await using var host = await DurableTestHost.StartAsync(folder.App);
        var differences = new List<string>();
        var count = 0;
        await foreach (var instance in host.Client.GetAllInstancesAsync())
        {
            count++;
            try
            {
                host.Replay(instance.InstanceId);
            }
            catch (HistoryAssertionException different)
            {
                if (!IsOnlyTheFailuresName(different.Message))
                {
                    differences.Add(different.Message);
                }
            }
        }

        Assert.Equal(
            ShownOtherwise.Length,
            differences.RemoveAll(static difference => ShownOtherwise.Any(shown => difference.StartsWith(shown, StringComparison.Ordinal))));
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine + Environment.NewLine, differences));
        Assert.Equal(Recorded, count);
    }

    // The exception that a failed saga ends with stands in the kit's namespace since that is a project of its own. It comes last.
    private static bool IsOnlyTheFailuresName(string difference) => difference.EndsWith(
        ": outcome, stored:\nFailed by OrderSagaFunctions.Saga.SagaFailedException\nwith the code of now:\nFailed by Sagas.SagaFailedException",
        StringComparison.Ordinal);
}
