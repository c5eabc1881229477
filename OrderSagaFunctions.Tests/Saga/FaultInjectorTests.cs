using Microsoft.Extensions.Options;
using OrderSagaFunctions.Demo;
using Sagas;

namespace OrderSagaFunctions.Tests.Saga;

public sealed class FaultInjectorTests
{
    private static readonly string[] Steps =
        ["ProcessOrder", "UpdateOrderStatus", "ProcessPayment", "ProcessRefund", "ReserveInventory", "ReleaseInventory", "NotifySuccess"];

    [Theory]
    [InlineData("1x", "ProcessOrder")]
    [InlineData("11x", "ProcessOrder UpdateOrderStatus")]
    [InlineData("2x", "ProcessPayment")]
    [InlineData("22x", "ProcessPayment ProcessRefund")]
    [InlineData("3x", "ReserveInventory")]
    [InlineData("33x", "ReserveInventory ReleaseInventory")]
    [InlineData("4x", "")]
    [InlineData("x1", "")]
    public void After_ScenarioId_FailsItsSteps(string orderId, string failing) =>
        Assert.Equal(failing, string.Join(' ', Steps.Where(step => Fails(New(enabled: true), step, orderId))));

    [Fact]
    public void After_NotSwitchedOn_FailsNothing() => Assert.DoesNotContain(Steps, step => Fails(New(enabled: false), step, "11"));

    [Fact]
    public void Before_TransientFault_FailsTheFirstAttemptsOfEachOrderConcerned()
    {
        var faults = New(enabled: true, "ProcessPayment:2@slow-");

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => FailsBefore("slow-1")));
        Assert.True(FailsBefore("slow-2"));
        Assert.False(FailsBefore("quick-1"));

        bool FailsBefore(string orderId) => Record.Exception(() => faults.Before("ProcessPayment", orderId)) is IOException;
    }

    [Theory]
    [InlineData("ProcessPayment")]
    [InlineData("ProcessPayment:")]
    [InlineData(":2")]
    [InlineData("ProcessPayment:0")]
    [InlineData("ProcessPayment:2,nonsense")]
    public void TryParseAll_SomethingElse_IsRefused(string setting) => Assert.False(TransientFault.TryParseAll(setting, out _));

    private static bool Fails(FaultInjector faults, string step, string orderId) =>
        Record.Exception(() => faults.After(step, orderId)) is NotRetriableException failure && failure.Message == $"Err{step}";

    private static FaultInjector New(bool enabled, string transient = "") =>
        new(Options.Create(new FaultOptions { FaultInjection = enabled, TransientFaults = transient }), OrderScenarios.Faults);
}
