using Azure.Data.Tables;
using Sagas;
using Sagas.Claims;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Claims;

/// <summary>The index of sagas that have not ended, and the counts of those that have.</summary>
public sealed class SagaIndexTests : IDisposable
{
    private const string Saga = "trip";
    private readonly AppTables _tables = new();
    private readonly SagaIndex _index;
    private readonly SagaTally _tally;

    public SagaIndexTests() => (_index, _tally) = (new SagaIndex(_tables.Client, TimeProvider.System), new SagaTally(_tables.Client));

    private TableClient Table => _tables.Client.GetTableClient(SagaTables.Claims);

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task End_Repeated_IsCountedOnce()
    {
        var entry = await AddAsync("a");

        var ends = (await _index.TryEndAsync(Saga, entry, SagaOutcome.Failed, default), await _index.TryEndAsync(Saga, entry, SagaOutcome.Failed, default));

        Assert.Equal((true, false), ends);
        Assert.Equal("open 0, Succeeded 0, Failed 1, Cancelled 0", await CountAsync());
    }

    [Fact]
    public async Task End_EntryWrittenAfterTheEnd_GoesAndIsNotCounted()
    {
        _ = await _index.TryEndAsync(Saga, await AddAsync("a"), SagaOutcome.Succeeded, default);

        Assert.True(await _index.TryEndAsync(Saga, await AddAsync("a"), SagaOutcome.Failed, default));

        Assert.Equal("open 0, Succeeded 1, Failed 0, Cancelled 0", await CountAsync());
    }

    [Fact]
    public async Task End_EntryChangedSinceItWasRead_DoesNothing()
    {
        var entry = await AddAsync("a");
        _ = await _index.TryBeginAsync(Saga, entry, default);

        Assert.False(await _index.TryEndAsync(Saga, entry, SagaOutcome.Succeeded, default));

        Assert.Equal("open 1, Succeeded 0, Failed 0, Cancelled 0", await CountAsync());
    }

    [Fact]
    public async Task End_OfALaterGeneration_ReplacesTheEarlierOutcome()
    {
        _ = await _index.TryEndAsync(Saga, await AddAsync("a"), SagaOutcome.Failed, default);
        _ = await _index.AddAsync(Saga, new OpenSaga("a", DateTimeOffset.UnixEpoch) { Generation = 2, Replaces = SagaOutcome.Failed, IsBegun = true }, default);

        _ = await _index.TryEndAsync(Saga, (await _index.FindAsync(Saga, "a", default))!, SagaOutcome.Succeeded, default);

        Assert.Equal("open 0, Succeeded 1, Failed 0, Cancelled 0", await CountAsync());
    }

    [Fact]
    public async Task Begin_SagaHasEnded_AddsNoEntry()
    {
        var entry = await AddAsync("a");
        _ = await _index.TryEndAsync(Saga, entry, SagaOutcome.Succeeded, default);

        Assert.False(await _index.TryBeginAsync(Saga, entry, default));

        Assert.Null(await _index.FindAsync(Saga, "a", default));
    }

    [Fact]
    public async Task Add_EntryThatIsThere_KeepsItsIdAndIsRenewed()
    {
        var first = await _index.AddAsync(Saga, "a", default);
        var read = (await _index.FindAsync(Saga, "a", default))!;

        var second = await _index.AddAsync(Saga, "a", default);

        Assert.Equal((first.Id, true, false), (second.Id, first.IsNew, second.IsNew));
        // Whoever had found it abandoned does not remove it any more.
        Assert.False(await _index.TryRemoveAsync(Saga, read, default));
    }

    [Fact]
    public async Task ReadToBegin_EntriesOfEachKind_AreThoseThatHaveNotBegun()
    {
        await Table.AddEntityAsync(new TableEntity(Saga, "earlier-version") { ["At"] = DateTimeOffset.UnixEpoch });
        await Table.AddEntityAsync(new TableEntity("another", "a") { ["At"] = DateTimeOffset.UnixEpoch });
        _ = await _index.TryBeginAsync(Saga, await AddAsync("begun"), default);
        _ = await AddAsync("zzz_1.z");
        _ = await _index.TryEndAsync(Saga, await AddAsync("ended"), SagaOutcome.Succeeded, default);
        _ = await _tally.TryCompleteAsync(Saga, new Dictionary<SagaOutcome, long>(), default);

        Assert.Equal(["earlier-version", "zzz_1.z"], (await _index.ReadToBeginAsync(Saga, new UnreadableRows(), default)).Select(static entry => entry.Key));
        Assert.Equal("open 3, Succeeded 1, Failed 0, Cancelled 0", await CountAsync());
    }

    [Fact]
    public async Task Complete_Twice_KeepsTheFirstCounts()
    {
        Assert.False(await _tally.IsCompleteAsync(Saga, default));
        var first = await _tally.TryCompleteAsync(Saga, new Dictionary<SagaOutcome, long> { [SagaOutcome.Failed] = 2 }, default);
        var second = await _tally.TryCompleteAsync(Saga, new Dictionary<SagaOutcome, long> { [SagaOutcome.Failed] = 3 }, default);

        Assert.Equal((true, false, true), (first, second, await _tally.IsCompleteAsync(Saga, default)));
        Assert.Equal("open 0, Succeeded 0, Failed 2, Cancelled 0", await CountAsync());
    }

    [Fact]
    public async Task Fold_ManyEnds_LeavesFewRowsAndTheSameCounts()
    {
        _ = await _tally.TryCompleteAsync(Saga, new Dictionary<SagaOutcome, long> { [SagaOutcome.Succeeded] = 1000 }, default);
        await EndAsync(2 * SagaTally.EndsAtOnce);
        await EndAsync(7, from: 1000);
        var before = await _tally.ReadAsync(Saga, new UnreadableRows(), default);

        await _tally.FoldAsync(Saga, before, default);
        Assert.Equal(7, Rows("~ended."));
        Assert.Equal("open 0, Succeeded 1205, Failed 0, Cancelled 0", await CountAsync());

        // The same read by another: it adds nothing.
        await _tally.FoldAsync(Saga, before, default);
        Assert.Equal("open 0, Succeeded 1205, Failed 0, Cancelled 0", await CountAsync());
    }

    [Fact]
    public async Task Fold_TwoAtOnce_AddEachEndOnce()
    {
        _ = await _tally.TryCompleteAsync(Saga, new Dictionary<SagaOutcome, long>(), default);
        await EndAsync(5 * SagaTally.EndsAtOnce);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            await _tally.FoldAsync(Saga, await _tally.ReadAsync(Saga, new UnreadableRows(), default), default)));

        Assert.Equal("open 0, Succeeded 495, Failed 0, Cancelled 0", await CountAsync());
    }

    private async Task EndAsync(int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            Assert.True(await _index.TryEndAsync(Saga, await AddAsync($"saga-{i}"), SagaOutcome.Succeeded, default));
        }
    }

    private async Task<OpenSaga> AddAsync(string key)
    {
        _ = await _index.AddAsync(Saga, key, default);
        return (await _index.FindAsync(Saga, key, default))!;
    }

    private async Task<string> CountAsync()
    {
        var read = await _tally.ReadAsync(Saga, new UnreadableRows(), default);
        return $"open {read.Open.Count}, {string.Join(", ", read.Ended.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Key} {pair.Value}"))}";
    }

    private int Rows(string prefix) => _tables.Rows(SagaTables.Claims).Count(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));
}
