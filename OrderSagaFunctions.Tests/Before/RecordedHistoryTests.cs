using EmbeddedHost.Testing;

namespace OrderSagaFunctions.Tests.Before;

/// <summary>
/// Each history that was recorded is one that today's code still decides the same: a saga that was under way when this build
/// was deployed goes on. A change that breaks one of them is a new version of the saga (<see cref="Ordering.OrderVersions"/>).
/// </summary>
public sealed class RecordedHistoryTests
{
    private const int Recorded = 63;

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
                differences.Add(different.Message);
            }
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine + Environment.NewLine, differences));
        Assert.Equal(Recorded, count);
    }
}
