using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Notifications;

/// <summary>The settings under <c>Notifications__</c>. Durations are written <c>hh:mm:ss</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Notifications";

    /// <summary>Where notifications are delivered to. Empty: they are stored and not delivered.</summary>
    public string WebhookUrl { get; set; } = string.Empty;

    /// <summary>What deliveries are signed with, as <see cref="WebhookSecret"/> reads it. Needed with a <see cref="WebhookUrl"/>.</summary>
    public string WebhookSecret { get; set; } = string.Empty;

    /// <summary>How long one delivery may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts at a delivery, the first included, before it becomes an incident.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 16;

    /// <summary>The longest first wait; each further one may be twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan FirstInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait of all.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often undelivered notifications are looked for where nothing tells of one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether notifications are delivered.</summary>
    public bool IsDelivering => WebhookUrl.Length > 0;
}

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
