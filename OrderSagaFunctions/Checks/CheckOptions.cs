using System.ComponentModel.DataAnnotations;

namespace OrderSagaFunctions.Checks;

/// <summary>The settings under <c>Checks__</c>: what passes without a person looking at it.</summary>
public sealed class CheckOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Checks";

    /// <summary>The largest total that passes, in major units of the order's own currency.</summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal CreditLimit { get; set; } = 10_000;

    /// <summary>The most pieces of one item that pass.</summary>
    [Range(typeof(long), "1", "1000000000")]
    public long MaxQuantity { get; set; } = 100;

    /// <summary>The customer ids, separated by commas, that stand for nobody in particular.</summary>
    public string AnonymousCustomers { get; set; } = "anonymous,guest,unknown";

    /// <summary>The two-letter countries, separated by commas, that are delivered to; empty for all.</summary>
    public string ServedCountries { get; set; } = string.Empty;
}
