using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Notifications;

/// <summary>Rejects a webhook to which nothing could be delivered.</summary>
internal sealed class NotificationOptionsValidator : IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        var errors = new List<string>();
        // Neither value is repeated in an error: a URL may carry a token, and the other one is a secret.
        if (options.IsDelivering && !(Uri.TryCreate(options.WebhookUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            errors.Add("Notifications__WebhookUrl is no absolute http or https URL.");
        }

        if (options.IsDelivering != options.WebhookSecret.Length > 0)
        {
            errors.Add("Of Notifications__WebhookUrl and Notifications__WebhookSecret only one is set. Set both, or neither.");
        }
        else if (options.IsDelivering && !WebhookSecret.TryParse(options.WebhookSecret, out _))
        {
            errors.Add($"Notifications__WebhookSecret is not what was expected: {WebhookSecret.Rule}.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
