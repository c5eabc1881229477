using FsCheck;
using FsCheck.Fluent;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>Whatever happens to an order, its saga ends on a road that the declaration has, and everything adds up.</summary>
public sealed class SagaPropertyTests
{
    // Set ORDER_SAGA_CASES to look longer; what fails prints the smallest case and the seed that repeats it.
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("ORDER_SAGA_CASES"), out var cases) ? cases : 200;

    [Fact]
    public Task Saga_WhateverHappensToIt_EndsAndAddsUp() => Task.Run(static () => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Cases),
        Prop.ForAll(SagaCase.Any, static async @case =>
        {
            await using var run = await SagaCaseRun.StartAsync(@case);
            await run.LiveAsync();
            await run.VerifyAsync();
            await run.DealWithTheRestAsync();
            await run.VerifyAsync();
            await run.VerifyStoryOutlivesInstancesAsync();
        })));
}
