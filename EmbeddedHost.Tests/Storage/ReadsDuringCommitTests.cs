using Azure;
using Azure.Data.Tables;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>What is read between a commit and the moment when its writer hears of it: a query sees the commit, and so has a point read after it.</summary>
public sealed class ReadsDuringCommitTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Observer _observer = new();
    private readonly TableStore _store;
    private readonly TableClient _table;

    public ReadsDuringCommitTests()
    {
        _store = new TableStore(Path.Combine(_folder.Path, "tables.db"), environment: new DatabaseEnvironment { Gate = _observer });
        _table = new EmbeddedTableServiceClient(_store).GetTableClient("rows");
        _ = _table.Create();
        _ = _table.AddEntity(new TableEntity("p", "r") { ["Version"] = 1 });
    }

    public void Dispose()
    {
        _observer.Look = null;
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_AfterAQueryThatSawAnUpdate_SeesItToo() =>
        Assert.Equal((2, 2), SeenDuring(() => _ = _table.UpdateEntity(new TableEntity("p", "r") { ["Version"] = 2 }, ETag.All)));

    [Fact]
    public void Read_AfterAQueryThatSawATransaction_SeesItToo() => Assert.Equal((2, 2), SeenDuring(() => _ = _table.SubmitTransaction(
        [new TableTransactionAction(TableTransactionActionType.UpdateReplace, new TableEntity("p", "r") { ["Version"] = 2 }, ETag.All)])));

    [Fact]
    public void Read_AfterAQueryThatSawADeletion_SeesItToo() => Assert.Equal((null, null), SeenDuring(() => _ = _table.DeleteEntity("p", "r")));

    [Fact]
    public void Read_AfterARollback_SeesWhatWasThere()
    {
        _observer.Refuse = true;
        _ = Assert.ThrowsAny<Exception>(() => _table.UpdateEntity(new TableEntity("p", "r") { ["Version"] = 2 }, ETag.All));
        _observer.Refuse = false;

        Assert.Equal(1, Point());
    }

    private (int? Query, int? Point) SeenDuring(Action write)
    {
        (int?, int?)? seen = null;
        _observer.Look = () => seen ??= (Query(), Point());
        write();
        return seen!.Value;
    }

    private int? Query() => _table.Query<TableEntity>("PartitionKey eq 'p'").SingleOrDefault()?.GetInt32("Version");

    private int? Point() => _table.GetEntityIfExists<TableEntity>("p", "r") is { HasValue: true } found ? found.Value!.GetInt32("Version") : null;

    private sealed class Observer : ICommitGate
    {
        public Action? Look { get; set; }

        public bool Refuse { get; set; }

        public bool IsShut => false;

        public void Enter(string database, int works)
        {
            if (Refuse)
            {
                throw new OperationCanceledException("The test refuses it.");
            }
        }

        public void Leave(string database, int works) => Look?.Invoke();
    }
}
