using Microsoft.Extensions.Configuration;
using OrderSagaFunctions.Demo;
using OrderSagaFunctions.Ordering;
using Reading;
using Sagas;

namespace OrderSagaFunctions.Tests.Saga;

public sealed class SagaOptionsTests
{
    [Fact]
    public void Defaults_AreWhatTheSemanticsSay()
    {
        var options = Bind();

        Assert.False(new FaultOptions().FaultInjection);
        var settings = options.ToSagaSettings();
        Assert.Equal(CompensationPolicy.Continue, settings.OnCompensationFailure);
        Assert.Equal(TimeSpan.FromHours(24), settings.ReviewTimeout);
        Assert.Equal(new RetrySettings(4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)), settings.ForStep(OrderSteps.ProcessPayment, "ProcessPayment"));
        Assert.Equal(new RetrySettings(8, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)), settings.ForCompensation(OrderSteps.ProcessPayment.Compensation!));
        Assert.Equal(TimeSpan.FromSeconds(10), options.AttemptTimeout);
        Assert.True(new SagaOptionsValidator(Catalogs.Orders).Validate(null, options).Succeeded);
    }

    [Fact]
    public void Steps_OneOverridden_LeavesTheOthersAlone()
    {
        var options = Bind(
            ("Saga:Retry:FirstInterval", "00:00:00.010"),
            ("Saga:Steps:ProcessPayment:Attempts", "2"),
            ("Saga:Steps:ProcessRefund:MaxInterval", "00:00:05"),
            ("Saga:Steps:ProcessPayment:AttemptTimeout", "00:00:01"));

        var settings = options.ToSagaSettings();

        Assert.Equal(new RetrySettings(2, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(8)), settings.ForStep(OrderSteps.ProcessPayment, "ProcessPayment"));
        Assert.Equal(new RetrySettings(8, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5)), settings.ForCompensation(OrderSteps.ProcessPayment.Compensation!));
        Assert.Equal(4, settings.ForStep(OrderSteps.ReserveInventory, "ReserveInventory").Attempts);
        Assert.Equal(TimeSpan.FromSeconds(1), options.AttemptTimeoutOf("ProcessPayment"));
    }

    [Theory]
    [InlineData("Saga:Retry:Attempts", "0", "Saga__Retry__Attempts")]
    [InlineData("Saga:Retry:Attempts", "101", "Saga__Retry__Attempts")]
    [InlineData("Saga:Retry:CompensationAttempts", "0", "Saga__Retry__CompensationAttempts")]
    [InlineData("Saga:Retry:FirstInterval", "2", "Saga__Retry__FirstInterval")]
    [InlineData("Saga:Retry:MaxInterval", "01:00:01", "Saga__Retry__MaxInterval")]
    [InlineData("Saga:OnCompensationFailure", "7", "Saga__OnCompensationFailure")]
    [InlineData("Saga:OnStepExhausted", "-1", "Saga__OnStepExhausted")]
    [InlineData("Saga:ParkTimeout", "366", "Saga__ParkTimeout")]
    [InlineData("Saga:AttemptTimeout", "00:10:01", "Saga__AttemptTimeout")]
    [InlineData("Saga:AttemptTimeout", "-00:00:01", "Saga__AttemptTimeout")]
    [InlineData("Saga:ReviewTimeout", "400", "Saga__ReviewTimeout")]
    [InlineData("Saga:Steps:ProcessPaiment:Attempts", "2", "Saga__Steps__ProcessPaiment")]
    [InlineData("Saga:Steps:ProcessPayment:Attempts", "0", "Saga__Steps__ProcessPayment__Attempts")]
    [InlineData("Saga:Steps:ProcessPayment:FirstInterval", "-1", "Saga__Steps__ProcessPayment__FirstInterval")]
    [InlineData("Saga:Steps:ProcessPayment:MaxInterval", "2", "Saga__Steps__ProcessPayment__MaxInterval")]
    [InlineData("Saga:Steps:ProcessPayment:AttemptTimeout", "1", "Saga__Steps__ProcessPayment__AttemptTimeout")]
    [InlineData("Saga:Steps:ProcessPayment:AttemptTimeout", "00:00:00", "Saga__Steps__ProcessPayment__AttemptTimeout")]
    [InlineData("Saga:ParkTimeout", "00:00:00", "Saga__ParkTimeout")]
    [InlineData("Saga:TransientFaults", "ProcessPaiment:2", "Saga__TransientFaults names 'ProcessPaiment', which is no step.")]
    [InlineData("Saga:TransientFaults", "ProcessPayment:2", "Saga__FaultInjection")]
    [InlineData("Saga:TransientFaults", "ProcessPayment", "Saga__TransientFaults is 'ProcessPayment'")]
    public void Validate_SettingThatCannotBeMeant_NamesItsKey(string key, string value, string named)
    {
        var (options, faults) = (new SagaOptions(), new FaultOptions());
        var errors = string.Join('\n', Read(options, (key, value))) + new SagaOptionsValidator(Catalogs.Orders).Validate(null, options).FailureMessage
            + string.Join('\n', Read(faults, (key, value))) + new FaultOptionsValidator(Catalogs.Orders).Validate(null, faults).FailureMessage;

        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    private static SagaOptions Bind(params (string Key, string Value)[] values)
    {
        var options = new SagaOptions();
        Assert.Empty(Read(options, values));
        return options;
    }

    private static IReadOnlyList<string> Read(object options, params (string Key, string Value)[] values) => SettingsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)))
            .Build()
            .GetSection(SagaOptions.Section),
        options);
}
