using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Checks;

/// <summary>Refuses limits that no order could pass.</summary>
internal sealed class CheckOptionsValidator : IValidateOptions<CheckOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckOptions options)
    {
        if (options.CreditLimit < 0)
        {
            return ValidateOptionsResult.Fail($"Checks__CreditLimit is {options.CreditLimit}, expected 0 or more.");
        }

        return options.MaxQuantity < 1
            ? ValidateOptionsResult.Fail($"Checks__MaxQuantity is {options.MaxQuantity}, expected 1 or more.")
            : ValidateOptionsResult.Success;
    }
}
