namespace Azure.Data.Tables.Models;

/// <summary>A table, as listings show it.</summary>
public class TableItem
{
    /// <summary>A table by its name.</summary>
    public TableItem(string name) => Name = name;

    /// <summary>The table's name, as it was written when the table was created.</summary>
    public string Name { get; }
}
