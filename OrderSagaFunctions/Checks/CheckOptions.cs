using System.ComponentModel.DataAnnotations;

namespace OrderSagaFunctions.Checks;

/// <summary>The settings under <c>Checks__</c>: what passes without a person looking at it.</summary>
public sealed class CheckOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Checks";

    /// <summary>
    /// The largest total that passes, in major units, for each currency that has a limit; an order in another one is looked at.
    /// </summary>
    public string CreditLimit { get; set; } = "10000 EUR";

    /// <summary>The most pieces of one item that pass.</summary>
    [Range(typeof(long), "1", "1000000000")]
    public long MaxQuantity { get; set; } = 100;

    /// <summary>The customer ids, separated by commas, that stand for nobody in particular.</summary>
    public string AnonymousCustomers { get; set; } = "anonymous,guest,unknown";

    /// <summary>The two-letter countries, separated by commas, that are delivered to; empty for all.</summary>
    public string ServedCountries { get; set; } = string.Empty;
}
