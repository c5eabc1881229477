namespace OrderSagaFunctions.Saga;

/// <summary>What a step means for the way back (Richardson, "Microservices Patterns", chapter 4).</summary>
public enum StepKind
{
    /// <summary>It can be undone, or changes nothing.</summary>
    Compensatable,

    /// <summary>The point of no return: until it is passed the saga may go backward, after it never.</summary>
    Pivot,

    /// <summary>It comes after the pivot. It is tried as long as a compensation and, where even that is not enough, left as an incident, whose retry does it.</summary>
    Retriable,
}
