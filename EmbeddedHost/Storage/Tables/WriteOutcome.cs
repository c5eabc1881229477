namespace EmbeddedHost.Storage.Tables;

/// <summary>How a write to one entity went.</summary>
internal enum WriteOutcome
{
    Done,
    TableMissing,
    EntityExists,
    EntityMissing,
    ConditionFailed,

    /// <summary>What is stored and what came would together be over a limit.</summary>
    MergeRefused,
}
