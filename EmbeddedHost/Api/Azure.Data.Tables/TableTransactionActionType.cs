namespace Azure.Data.Tables;

/// <summary>What one action of a transaction does to its row.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; fails where the row exists.</summary>
    Add = 0,

    /// <summary>Updates an existing row, keeping the properties that the entity lacks.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces an existing row.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes an existing row.</summary>
    Delete = 3,

    /// <summary>Inserts, or merges into the existing row.</summary>
    UpsertMerge = 4,

    /// <summary>Inserts, or replaces the existing row.</summary>
    UpsertReplace = 5,
}
