using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Notifications;

/// <summary>Refuses settings that cannot be meant, at start, naming the key as it is written in the environment.</summary>
internal sealed class NotificationOptionsValidator : IValidateOptions<NotificationOptions>
{
    private const int MostAttempts = 100;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        var errors = new List<string>();
        Webhook(errors, options);
        Time(errors, "Notifications__Timeout", options.Timeout, LongestTimeout);
        Time(errors, "Notifications__FirstInterval", options.FirstInterval, LongestInterval);
        Time(errors, "Notifications__MaxInterval", options.MaxInterval, LongestInterval);
        Time(errors, "Notifications__SweepInterval", options.SweepInterval, LongestInterval);
        if (options.Attempts is < 1 or > MostAttempts)
        {
            errors.Add($"Notifications__Attempts is {options.Attempts}, expected 1 to {MostAttempts}.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    // Neither value is repeated in an error: a URL may carry a token, and the other one is a secret.
    private static void Webhook(List<string> errors, NotificationOptions options)
    {
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
    }

    private static void Time(List<string> errors, string key, TimeSpan value, TimeSpan longest)
    {
        if (value <= TimeSpan.Zero || value > longest)
        {
            errors.Add($"{key} is {value:c}, expected more than 00:00:00 and at most {longest:c}, written hh:mm:ss.fff (a bare number counts days).");
        }
    }
}
