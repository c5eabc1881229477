using System.Text;
using OrderSagaFunctions.Notifications;

namespace OrderSagaFunctions.Tests.Notifications;

public sealed class WebhookSecretTests
{
    // The example that Standard Webhooks' own libraries are tested with.
    [Fact]
    public void Sign_TheStandardsExample_GivesItsSignature()
    {
        Assert.True(WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var secret));

        var signature = secret!.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, but long enough")]
    public void TryParse_NotASecret_IsRefused(string text) => Assert.False(WebhookSecret.TryParse(text, out _));
}
