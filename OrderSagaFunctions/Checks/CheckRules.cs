using Microsoft.Extensions.Options;
using Sagas;

namespace OrderSagaFunctions.Checks;

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
