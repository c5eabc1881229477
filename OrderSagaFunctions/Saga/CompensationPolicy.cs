namespace OrderSagaFunctions.Saga;

/// <summary>What happens when a compensation has failed for good. In each case someone is notified and an incident is opened.</summary>
public enum CompensationPolicy
{
    /// <summary>The other compensations still run.</summary>
    Continue,

    /// <summary>The compensations of earlier steps do not run; each is left as an incident.</summary>
    Stop,

    /// <summary>The saga waits for an operator, who has it tried again or closes the incident.</summary>
    Park,
}
