namespace OrderSagaFunctions.Saga;

/// <summary>What happens when the attempts of a step have run out. A refusal never gets here: it always goes backward.</summary>
public enum ExhaustedPolicy
{
    /// <summary>The saga goes backward.</summary>
    Compensate,

    /// <summary>The saga keeps what is done and waits for an operator, up to a deadline: forward recovery.</summary>
    Park,
}
