namespace OrderSagaFunctions.Saga;

/// <summary>What a step means for the way back (Richardson, "Microservices Patterns", chapter 4).</summary>
public enum StepKind
{
    /// <summary>It can be undone, or changes nothing.</summary>
    Compensatable,

    /// <summary>The point of no return: until it is passed the saga may go backward, after it never.</summary>
    Pivot,

    /// <summary>It comes after the pivot, and is tried until it succeeds.</summary>
    Retriable,
}
