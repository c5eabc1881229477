using System.Reflection;
using Azure.Data.Tables;
using Azure.Data.Tables.Sas;
using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>Where the embedded client refuses with a sentence what the service's client takes, or fails on without naming it.</summary>
public sealed class EmbeddedTableClientTests(EmbeddedTableFixture embedded) : TableTests(embedded.Tables.Client), IClassFixture<EmbeddedTableFixture>
{
    private const BindingFlags PublicOfInstances = BindingFlags.Public | BindingFlags.Instance;

    // The service's client sends them as JSON numbers without a type, and 2f comes back as a whole number.
    [Fact]
    public async Task AddEntity_NumberThatTablesCannotHold_NamesTheProperty()
    {
        await Named<NotSupportedException>("Weight", () => Table.AddEntityAsync(Row("p", "r", ("Weight", 1.5f))));
        await Named<NotSupportedException>("Weight", () => Table.AddEntityAsync(Row("p", "r", ("Weight", 1.5m))));
        await Named<ArgumentException>("Weight", () => Table.AddEntityAsync(Row("p", "r", ("Weight", double.PositiveInfinity))));
    }

    [Fact]
    public async Task Query_FilterThatFewRowsMeet_EndsAPageAfterAThousandRowsAndFindsThemAll()
    {
        const int Rows = 2_500;
        foreach (var batch in Enumerable.Range(0, Rows).Chunk(100))
        {
            _ = await Table.SubmitTransactionAsync(batch.Select(static i =>
                new TableTransactionAction(TableTransactionActionType.Add, Row("p", $"{i:D4}", ("IsLast", i == Rows - 1)))));
        }

        var pages = await Table.QueryAsync<TableEntity>("IsLast eq true").AsPages().ToListAsync();

        Assert.Equal([0, 0, 1], pages.Select(static page => page.Values.Count));
        Assert.Null(pages[^1].ContinuationToken);
    }

    [Theory]
    [InlineData("Amount", 5)]
    [InlineData("Lines", 5L)]
    [InlineData("Paid", "true")]
    public async Task GetEntity_RowHasAnotherTypeThanTheClass_NamesTheProperty(string property, object stored)
    {
        await Table.AddEntityAsync(Row("p", "r", (property, stored)));

        await Named<InvalidCastException>(property, () => Table.GetEntityAsync<Order>("p", "r"));
    }

    [Fact]
    public async Task GetEntity_KeyNull_IsAnArgumentError() =>
        await Assert.ThrowsAsync<ArgumentNullException>(() => Table.GetEntityAsync<TableEntity>("p", rowKey: null!));

    [Fact]
    public void Client_WhatOnlyAnAccountHas_IsRefused()
    {
        Assert.Throws<NotSupportedException>(() => Service.GetProperties());
        Assert.Throws<NotSupportedException>(() => Table.GenerateSasUri(TableSasPermissions.All, SomeTime));
    }

    // A member that is left to the base class ends in a null reference there.
    [Fact]
    public void Client_EachMemberOfThePackages_IsOverridden()
    {
        Assert.Empty(LeftToTheBase(Table.GetType()));
        Assert.Empty(LeftToTheBase(typeof(EmbeddedTableServiceClient)));

        static IEnumerable<string> LeftToTheBase(Type client) => client.GetMethods(PublicOfInstances)
            .Where(method => method.IsVirtual && method.DeclaringType == client.BaseType)
            .Select(method => method.ToString()!);
    }

    private static async Task Named<T>(string property, Func<Task> call)
        where T : Exception =>
        Assert.Contains($"'{property}'", (await Assert.ThrowsAsync<T>(call)).Message, StringComparison.Ordinal);
}
