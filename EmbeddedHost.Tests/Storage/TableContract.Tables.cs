using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task Create_TableExists_IsRefused()
    {
        await Refused(409, "TableAlreadyExists", () => Table.CreateAsync());
        await Refused(409, "TableAlreadyExists", () => Service.CreateTableAsync(Table.Name.ToUpperInvariant()));
    }

    [Fact]
    public async Task CreateIfNotExists_TableExists_KeepsItsEntities()
    {
        await Table.AddEntityAsync(Row("p", "r"));

        var created = await Table.CreateIfNotExistsAsync();

        Assert.Equal(Table.Name, created.Value.Name);
        Assert.Equal("r", (await Get("p", "r")).RowKey);
    }

    [Fact]
    public async Task Delete_TableExists_RemovesItWithItsEntities()
    {
        await Table.AddEntityAsync(Row("p", "r"));

        Assert.Equal(204, (await Table.DeleteAsync()).Status);

        await Refused(404, "TableNotFound", () => Table.AddEntityAsync(Row("p", "r")));
        await Table.CreateAsync();
        Assert.Empty(await RowKeys(filter: null));
    }

    [Fact]
    public async Task Delete_TableMissing_AnswersNotFound() =>
        Assert.Equal(404, (await Service.DeleteTableAsync("missing" + Guid.NewGuid().ToString("N"))).Status);

    [Theory]
    [InlineData("ab", "OutOfRangeInput")]
    [InlineData("1abc", "InvalidResourceName")]
    [InlineData("a-bc", "InvalidResourceName")]
    [InlineData("tables", "InvalidResourceName")]
    public async Task Create_NameInvalid_IsRefused(string name, string errorCode) =>
        await Refused(400, errorCode, () => Service.CreateTableAsync(name), azurite: "");

    [Fact]
    public async Task AnyOperation_TableMissing_IsRefused()
    {
        var missing = Service.GetTableClient("missing" + Guid.NewGuid().ToString("N"));

        await Refused(404, "TableNotFound", () => missing.AddEntityAsync(Row("p", "r")));
        await Refused(404, "TableNotFound", () => missing.UpsertEntityAsync(Row("p", "r")));
        await Refused(404, "TableNotFound", () => missing.UpsertEntityAsync(Row("p", "r"), TableUpdateMode.Replace));
        await Refused(404, "TableNotFound", () => missing.UpdateEntityAsync(Row("p", "r"), Azure.ETag.All));
        await Refused(404, "TableNotFound", () => missing.GetEntityAsync<TableEntity>("p", "r"));
        await Refused(404, "TableNotFound", () => missing.QueryAsync<TableEntity>().ToListAsync().AsTask());
        await Refused(404, "TableNotFound", () => missing.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("p", "r"))]));
    }

    [Fact]
    public async Task QueryTables_Filter_FindsByName()
    {
        var name = Table.Name;

        Assert.Equal([name], await Names(Service.QueryAsync($"TableName eq '{name}'")));
        Assert.Equal([name], await Names(Service.QueryAsync((FormattableString)$"TableName eq {name}")));
        Assert.Equal([name], await Names(Service.QueryAsync(table => table.Name == name)));
        Assert.Contains(name, await Names(Service.QueryAsync(maxPerPage: 1)));

        static async Task<List<string>> Names(Azure.AsyncPageable<TableItem> tables) =>
            await tables.Select(table => table.Name).ToListAsync();
    }

    [Fact]
    public async Task TableName_OtherCase_IsTheSameTable()
    {
        await Table.AddEntityAsync(Row("p", "r"));

        Assert.Equal("r", (await Service.GetTableClient(Table.Name.ToUpperInvariant()).GetEntityAsync<TableEntity>("p", "r")).Value.RowKey);
    }

    [Fact]
    public async Task Delete_TableMissingThenCreated_IsEmpty()
    {
        await Table.DeleteAsync();

        Assert.Equal(404, (await Table.DeleteAsync()).Status);
        await Table.CreateAsync();
        await Table.AddEntityAsync(Row("p", "r"));
        Assert.Equal(["r"], await RowKeys(filter: null));
    }
}
