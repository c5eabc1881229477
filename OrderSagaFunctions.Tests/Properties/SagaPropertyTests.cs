using EmbeddedHost.Testing;
using FsCheck;
using FsCheck.Fluent;
using OrderSagaFunctions.Shipments;
using Sagas;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>Whatever happens to an order, its saga ends on a road that the declaration has, and everything adds up.</summary>
public sealed class SagaPropertyTests
{
    // Set ORDER_SAGA_CASES to look longer; what fails prints the smallest case and the seed that repeats it.
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("ORDER_SAGA_CASES"), out var cases) ? cases : 200;

    [Fact]
    public Task Saga_WhateverHappensToIt_EndsAndAddsUp() => Task.Run(static () => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(SagaCase.Any, HoldsAsync)));

    // Found by the property: nobody could act on the incident.
    [Fact]
    public Task Saga_IncidentThatCannotBeOpenedAtOnce_IsThereAtTheEnd() => HoldsAsync(new SagaCase(
        Seed: 632750400,
        [new CaseLine("plain-1", 2), new CaseLine("east-1", 10)],
        IsFlagged: false,
        CasePayment.RefusesCredit,
        ExhaustedPolicy.Compensate,
        CompensationPolicy.Continue,
        [
            new CaseFault(SagaActivities.OpenIncidents, FaultKind.Throw, Attempt: 1, Times: 2, Location: null, For: null),
            new CaseFault(ShipmentActivities.BookShipment, FaultKind.ActThenFail, Attempt: 1, Times: 2, Location: null, For: null),
        ],
        Moments: [],
        CrashAt: 0,
        CrashMoment.BeforeCommit));

    // Found by the property: what undid a child of the stopped saga took the wait of the one that took over.
    [Fact]
    public Task Saga_StoppedWhileAChildIsUndone_ComesToRest() => HoldsAsync(new SagaCase(
        Seed: 997691041,
        [new CaseLine("plain-2", 1), new CaseLine("east-1", 11)],
        IsFlagged: false,
        CasePayment.Willing,
        ExhaustedPolicy.Park,
        CompensationPolicy.Park,
        [new CaseFault(ShipmentActivities.CancelShipment, FaultKind.Throw, Attempt: null, Times: 1, Location: null, For: null)],
        [new CaseMoment(OperatorAction.Terminate, null, null, TimeSpan.Zero), new CaseMoment(OperatorAction.Recover, null, null, TimeSpan.Zero)],
        CrashAt: 0,
        CrashMoment.BeforeCommit));

    private static async Task HoldsAsync(SagaCase @case)
    {
        await using var run = await SagaCaseRun.StartAsync(@case);
        await run.LiveAsync();
        await run.VerifyAsync();
        await run.DealWithTheRestAsync();
        await run.VerifyAsync();
        await run.VerifyStoryOutlivesInstancesAsync();
    }
}
