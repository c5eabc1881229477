using OrderSagaFunctions.Http;

namespace OrderSagaFunctions.Cancellation;

/// <summary>A saga's cancel gate that is held.</summary>
/// <param name="Generation">Which saga.</param>
/// <param name="Holder">By what.</param>
/// <param name="Note">Since when; of a cancel, by whom and why.</param>
internal sealed record HeldGate(int Generation, GateHolder Holder, StoredNote Note)
{
    /// <summary>Whether a cancel was granted.</summary>
    public bool IsCancel => Holder == GateHolder.Cancel;
}

/// <summary>What holds a cancel gate, and so decides how its saga ends.</summary>
internal enum GateHolder
{
    /// <summary>A cancel that was granted: the saga ends cancelled.</summary>
    Cancel,

    /// <summary>The saga, which has passed its pivot: it cannot be cancelled any more.</summary>
    Pivot,

    /// <summary>The saga, which has gone back and ends failed: the same.</summary>
    Failed,
}
