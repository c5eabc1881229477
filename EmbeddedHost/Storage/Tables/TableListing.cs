using Azure;
using Azure.Data.Tables.Models;
using EmbeddedHost.Storage.Tables.Filters;

namespace EmbeddedHost.Storage.Tables;

/// <summary>Lists the tables by name.</summary>
internal static class TableListing
{
    private const string NameProperty = "TableName";

    /// <summary>Up to <paramref name="size"/> tables that match, from the one that the token names.</summary>
    public static Page<TableItem> Page(TableStore store, string? filter, string? token, int size)
    {
        var condition = FilterParser.Parse(filter);
        return store.Database.Read((condition, token, size), static (session, query) =>
        {
            var tables = new List<TableItem>();
            using var reader = session.Prepare("SELECT name FROM tables WHERE name >= ?1 ORDER BY name").Bind(1, query.token ?? "").Query();
            while (reader.Read())
            {
                var name = reader.GetString(0);
                if (query.condition?.Matches(RowOf(name)) == false)
                {
                    continue;
                }

                if (tables.Count == query.size)
                {
                    return Page<TableItem>.FromValues(tables, name, new TableResponse(200));
                }

                tables.Add(new TableItem(name));
            }

            return Page<TableItem>.FromValues(tables, continuationToken: null, new TableResponse(200));
        });
    }

    /// <summary>A table as an entity with its name for a property, which is how filters see it.</summary>
    private static EntityRow RowOf(string name)
    {
        var writer = PropertyWriter.Rent();
        writer.Add(NameProperty, name);
        return new EntityRow("", "", 0, writer.Finish("", ""));
    }
}
