using OrderSagaFunctions.Notifications;

namespace OrderSagaFunctions.Tests.Notifications;

public sealed class NotificationOptionsTests
{
    private const string Url = "https://shop.example/hook?token=t0ken";

    [Fact]
    public void Validate_Defaults_AreFineAndDeliverNothing()
    {
        var options = new NotificationOptions();

        Assert.False(options.IsDelivering);
        Assert.True(Validate(options).Succeeded);
    }

    [Fact]
    public void Validate_WebhookAndSecret_AreFine() =>
        Assert.True(Validate(new() { WebhookUrl = Url, WebhookSecret = WebhookReceiver.Secret }).Succeeded);

    [Theory]
    [InlineData(Url, "", "Notifications__WebhookSecret")]
    [InlineData("", "whsec_c2VjcmV0", "Notifications__WebhookUrl")]
    [InlineData(Url, "hunter2", "Notifications__WebhookSecret")]
    [InlineData("ftp://shop.example", WebhookReceiver.Secret, "Notifications__WebhookUrl")]
    [InlineData("hook?token=t0ken", WebhookReceiver.Secret, "Notifications__WebhookUrl")]
    public void Validate_WrongWebhook_NamesTheKeyAndNotTheValue(string url, string secret, string key)
    {
        var message = Validate(new() { WebhookUrl = url, WebhookSecret = secret }).FailureMessage;

        Assert.Contains(key, message, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(NotificationOptions options) =>
        new NotificationOptionsValidator().Validate(null, options);
}
