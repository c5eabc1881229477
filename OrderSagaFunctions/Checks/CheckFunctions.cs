using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Sagas;

namespace OrderSagaFunctions.Checks;

/// <summary>The four checks as activities, which the saga runs at the same time.</summary>
public sealed class CheckFunctions(CheckRules rules)
{
    /// <summary>Who orders.</summary>
    [Function(CheckActivities.CheckIdentity)]
    public CheckVerdict Identity([ActivityTrigger] CheckFacts facts) => rules.Identity(facts);

    /// <summary>Where it goes.</summary>
    [Function(CheckActivities.CheckAddress)]
    public CheckVerdict Address([ActivityTrigger] CheckFacts facts) => rules.Address(facts);

    /// <summary>How much it costs.</summary>
    [Function(CheckActivities.CheckCredit)]
    public CheckVerdict Credit([ActivityTrigger] CheckFacts facts) => rules.Credit(facts);

    /// <summary>Whether it looks like what a customer orders.</summary>
    [Function(CheckActivities.CheckFraud)]
    public CheckVerdict Fraud([ActivityTrigger] CheckFacts facts) => rules.Fraud(facts);
}

/// <summary>The names of the activities.</summary>
public static class CheckActivities
{
    /// <summary>Who orders.</summary>
    public const string CheckIdentity = "CheckIdentity";

    /// <summary>Where it goes.</summary>
    public const string CheckAddress = "CheckAddress";

    /// <summary>How much it costs.</summary>
    public const string CheckCredit = "CheckCredit";

    /// <summary>Whether it looks like what a customer orders.</summary>
    public const string CheckFraud = "CheckFraud";
}

/// <summary>The checks that an order passes before anything is taken.</summary>
internal static class ChecksServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddChecks(this IServiceCollection services)
    {
        services.AddSettings<CheckOptions, CheckOptionsValidator>(CheckOptions.Section);
        services.AddSingleton<CheckRules>();
        return services;
    }
}
