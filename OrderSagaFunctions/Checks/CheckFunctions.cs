using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Ordering;

namespace OrderSagaFunctions.Checks;

/// <summary>The four checks as activities, which the saga runs at the same time.</summary>
public sealed class CheckFunctions(CheckRules rules)
{
    /// <summary>Who orders.</summary>
    [Function(OrderActivities.CheckIdentity)]
    public CheckVerdict Identity([ActivityTrigger] CheckFacts facts) => rules.Identity(facts);

    /// <summary>Where it goes.</summary>
    [Function(OrderActivities.CheckAddress)]
    public CheckVerdict Address([ActivityTrigger] CheckFacts facts) => rules.Address(facts);

    /// <summary>How much it costs.</summary>
    [Function(OrderActivities.CheckCredit)]
    public CheckVerdict Credit([ActivityTrigger] CheckFacts facts) => rules.Credit(facts);

    /// <summary>Whether it looks like what a customer orders.</summary>
    [Function(OrderActivities.CheckFraud)]
    public CheckVerdict Fraud([ActivityTrigger] CheckFacts facts) => rules.Fraud(facts);
}
