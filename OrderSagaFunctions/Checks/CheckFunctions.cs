using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;
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

/// <summary>The four rules. Each is a pure function of the order and the settings: it reads nothing else and changes nothing.</summary>
public sealed class CheckRules(IOptions<CheckOptions> options)
{
    private readonly CreditLimits _creditLimits = ParseLimits(options.Value.CreditLimit);
    private readonly long _maxQuantity = options.Value.MaxQuantity;
    private readonly HashSet<string> _anonymousCustomers = Split(options.Value.AnonymousCustomers);
    private readonly HashSet<string> _servedCountries = Split(options.Value.ServedCountries);

    /// <summary>Flags an order by nobody in particular.</summary>
    public CheckVerdict Identity(CheckFacts facts) => _anonymousCustomers.Contains(facts.CustomerId)
        ? Flag(CheckActivities.CheckIdentity, $"The customer is '{facts.CustomerId}', which stands for nobody in particular.")
        : CheckVerdict.Pass;

    /// <summary>Flags an order to a country that is not delivered to. An order that names no country passes.</summary>
    public CheckVerdict Address(CheckFacts facts) =>
        facts.ShipToCountry is { } country && _servedCountries.Count > 0 && !_servedCountries.Contains(country)
            ? Flag(CheckActivities.CheckAddress, $"The order goes to {country}; delivered is to {string.Join(", ", _servedCountries.Order(StringComparer.Ordinal))}.")
            : CheckVerdict.Pass;

    /// <summary>Flags an order whose total is above its currency's limit, or in a currency that has none. One that costs nothing passes.</summary>
    public CheckVerdict Credit(CheckFacts facts)
    {
        var total = facts.Total;
        if (total.Minor == 0)
        {
            return CheckVerdict.Pass;
        }

        if (_creditLimits.Of(total.Currency) is not { } limit)
        {
            return Flag(
                CheckActivities.CheckCredit,
                $"The total is {total.Amount} {total.Currency}, a currency without a limit; limits are there for {string.Join(", ", _creditLimits.Currencies)}.");
        }

        return total.Minor > limit.Minor
            ? Flag(CheckActivities.CheckCredit, $"The total is {total.Amount} {total.Currency}, above the limit of {limit.Amount} {limit.Currency}.")
            : CheckVerdict.Pass;
    }

    /// <summary>Flags an order of more pieces of one item than a customer has a use for.</summary>
    public CheckVerdict Fraud(CheckFacts facts) => facts.LargestQuantity > _maxQuantity
        ? Flag(CheckActivities.CheckFraud, $"The order has {facts.LargestQuantity} pieces of one item, more than {_maxQuantity}.")
        : CheckVerdict.Pass;

    private static CreditLimits ParseLimits(string text) => CreditLimits.TryParse(text, out var limits)
        ? limits
        : throw new ArgumentException($"'{text}' is not {CreditLimits.Rule}.", nameof(text));

    private static CheckVerdict Flag(string check, string reason) => new(new ReviewFlag(check, reason));

    internal static HashSet<string> Split(string list) => list
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What one check says. A flag does not fail the order: it sends it to a person.</summary>
/// <param name="Flag">The flag, or null where there is nothing to say.</param>
public sealed record CheckVerdict(ReviewFlag? Flag)
{
    /// <summary>Nothing to say.</summary>
    public static CheckVerdict Pass { get; } = new((ReviewFlag?)null);
}

/// <summary>What the checks look at: the order boiled down, so that four activities do not each carry all its lines.</summary>
/// <param name="CustomerId">Who orders.</param>
/// <param name="ShipToCountry">Where it goes, where the order says so.</param>
/// <param name="Total">What it costs.</param>
/// <param name="LargestQuantity">The most pieces of any one item.</param>
public sealed record CheckFacts(string CustomerId, string? ShipToCountry, Money Total, long LargestQuantity)
{
    /// <summary>Boils an order down.</summary>
    public static CheckFacts Of(Order order) => new(
        order.CustomerId,
        order.ShipToCountry,
        order.Total,
        order.Lines.GroupBy(line => line.ItemId, StringComparer.Ordinal).Max(item => item.Sum(line => line.Quantity)));
}
