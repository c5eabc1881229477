using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Storage.Tables.Filters;

namespace EmbeddedHost.Tests.Storage;

public sealed class RangeStatementTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TableStore _store;

    public RangeStatementTests() => _store = new TableStore(_folder.File("tables.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", false, "(tbl=?)")]
    [InlineData("PartitionKey eq 'p'", false, "(tbl=? AND pk=?)")]
    [InlineData("PartitionKey eq 'p' and RowKey eq 'r'", false, "(tbl=? AND pk=? AND rk=?)")]
    [InlineData("RowKey ge 'a' and N eq 1 and PartitionKey eq 'p' and RowKey lt 'b'", false, "(tbl=? AND pk=? AND rk>? AND rk<?)")]
    [InlineData("PartitionKey gt 'p' and PartitionKey le 'q'", false, "(tbl=? AND pk>? AND pk<?)")]
    [InlineData("", true, "(tbl=? AND (pk,rk)>(?,?))")]
    [InlineData("PartitionKey eq 'p'", true, "(tbl=? AND pk=? AND rk>?)")]
    public void Bound_KeyConditions_SeekTheIndexInItsOrder(string filter, bool continued, string seek)
    {
        var statement = new RangeStatement("orders", QueryPlan.For(filter), continued ? new QueryPosition("p", "r") : null);

        var plan = _store.Database.Read(statement.Sql, static (session, sql) =>
        {
            var steps = new List<string>();
            using var reader = session.Prepare("EXPLAIN QUERY PLAN " + sql).Query();
            while (reader.Read())
            {
                steps.Add(reader.GetString(3));
            }

            return steps;
        });

        Assert.Contains(plan, step => step.StartsWith("SEARCH entities", StringComparison.Ordinal) && step.EndsWith(seek, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PartitionKey eq 'p' and RowKey gt 'r'", false)]
    [InlineData("PartitionKey eq 'p' and N eq 1", true)]
    [InlineData("PartitionKey eq 'p' or RowKey eq 'r'", true)]
    [InlineData("PartitionKey ne 'p'", true)]
    [InlineData("PartitionKey eq 1", true)]
    [InlineData("PartitionKey eq 'p' and PartitionKey eq 'q'", true)]
    public void Plan_Filter_LeavesToRowsWhatKeysDoNotSay(string filter, bool rest) =>
        Assert.Equal(rest, QueryPlan.For(filter).Rest is not null);
}
