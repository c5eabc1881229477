using System.Text.Json.Nodes;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>Lives a case through in a test host, by people who repeat whatever they got no answer to.</summary>
internal sealed class SagaCaseRun : IAsyncDisposable
{
    private const int MostRounds = 40;

    private readonly DurableTestHost _host;
    private readonly SagaCase _case;
    private readonly CaseOperators _people;

    private SagaCaseRun(DurableTestHost host, SagaCase @case) => (_host, _case, _people) = (host, @case, new CaseOperators(host, @case));

    public static async Task<SagaCaseRun> StartAsync(SagaCase @case) => new(
        await DurableTestHost.StartAsync(new DurableTestHostOptions
        {
            App = typeof(OrderSaga).Assembly,
            Seed = @case.Seed,
            // The audit reads on several threads, which a busy machine may keep waiting.
            OutsideTime = TimeSpan.FromSeconds(30),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Saga__OnStepExhausted"] = @case.OnExhausted.ToString(),
                ["Saga__OnCompensationFailure"] = @case.OnCompensationFailure.ToString(),
                ["Saga__Retry__Attempts"] = "2",
                ["Saga__Retry__CompensationAttempts"] = "2",
                ["Inventory__Seed"] = string.Join(',', CaseLine.Places.Select(static item => $"{item.Key}={CaseLine.InStock}@{item.Value}")),
            },
            Faults = [.. @case.Faults.SelectMany(static fault => fault.ToFaults())],
            ConfigureServices = services => services.AddSingleton<IPaymentGateway>(
                provider => new CaseGateway(provider.GetRequiredService<PaymentLedger>(), @case.Payment)),
        }),
        @case);

    /// <summary>Submits the order, does what the case says, and lets whatever still runs come to rest.</summary>
    public async Task LiveAsync()
    {
        if (_case.CrashAt > 0)
        {
            _host.CrashAt(_case.CrashAt, _case.Moment);
        }

        await _people.DoAsync(OperatorAction.SubmitAgain);
        foreach (var moment in _case.Moments)
        {
            await WaitAsync(moment);
            await _people.DoAsync(moment.Action, moment.Beside);
        }

        await SettleAsync();
    }

    /// <summary>Deals with what is left as operators do: takes up again what was stopped, has incidents retried, and closes what stays.</summary>
    public async Task DealWithTheRestAsync()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var books = await CaseBooks.ReadAsync(_host);
            if (books.Outcome is null)
            {
                // One that was stopped before it stored the order has left nothing to recover from, or to send back.
                await _people.DoAsync(
                    !books.IsStored ? OperatorAction.SubmitAgain
                    : (_case.Seed + round) % 2 == 0 ? OperatorAction.Cancel
                    : OperatorAction.Recover);
            }
            else if (books.OpenIncidents.Count > 0)
            {
                await _people.DoAsync(round % 2 == 0 ? OperatorAction.RetryIncidents : OperatorAction.CloseIncidents);
            }
            else
            {
                return;
            }

            await SettleAsync();
        }

        Assert.Fail($"Operators do not get to the end of it: {await _people.StoryAsync()}");
    }

    /// <summary>Holds what is left against the rules.</summary>
    public async Task VerifyAsync()
    {
        var books = await CaseBooks.ReadAsync(_host);
        var story = await _people.StoryAsync();
        var audit = await _people.ReadAsync("/api/audit");
        try
        {
            Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
            Assert.Equal(story is null ? 1 : 0, audit.GetProperty("running").GetInt32());
            CaseRules.CheckCounts(books, await _people.ReadAsync("/api/orders/counts"));
            CaseRules.Check(books, isKnown: story is not null, _case, _people.PutIn, _people.IsCancelGranted);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{broken.Message}{Environment.NewLine}{story}", broken);
        }
    }

    /// <summary>Purges all there is: the order still tells what it told before.</summary>
    public async Task VerifyStoryOutlivesInstancesAsync()
    {
        var before = Told(await _people.StoryAsync());
        await foreach (var instance in _host.Client.GetAllInstancesAsync())
        {
            _ = await _host.PersistAsync(() => _host.Client.PurgeInstanceAsync(instance.InstanceId));
        }

        Assert.Equal(before, Told(await _people.StoryAsync()));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // How its instance ended is the one thing that went with it, where that was another end than the saga's.
    private static string Told(ShownOrder? order)
    {
        var story = JsonNode.Parse(order!.ToString())!;
        _ = story["saga"]!.AsObject().Remove("runtimeStatus");
        return story.ToJsonString();
    }

    private async Task WaitAsync(CaseMoment moment)
    {
        if (moment.Pause > TimeSpan.Zero)
        {
            await _host.PersistAsync(() => _host.AdvanceAsync(moment.Pause));
        }

        await _host.PersistAsync(() => moment.Steps is { } steps
            ? _host.RunAsync(async () =>
            {
                for (var i = 0; i < steps; i++)
                {
                    await Task.Yield();
                }
            })
            : _host.RunUntilIdleAsync());
    }

    // Deadlines end most waits; a parked compensation has none, and waits for an operator.
    private async Task SettleAsync()
    {
        for (var i = 0; i < MostRounds; i++)
        {
            if (_case.Faults.Any(static fault => fault.IsEndless))
            {
                await _host.RestartAsync();
            }

            await _host.PersistAsync(() => _host.AdvanceAsync(TimeSpan.FromDays(2)));
            if ((await _people.RunningAsync()).Count == 0)
            {
                // It also takes up a claim whose saga was purged before its first activity: that is an accepted order.
                await _people.DoAsync(OperatorAction.Reconcile);
                if ((await _people.RunningAsync()).Count == 0)
                {
                    return;
                }
            }

            await _people.DoAsync(OperatorAction.Resume);
            await _people.DoAsync(i % 2 == 0 ? OperatorAction.Retry : OperatorAction.CloseIncidents);
        }

        Assert.Fail($"It does not come to rest: {string.Join(", ", await _people.RunningAsync())} still run. {await _people.StoryAsync()}");
    }
}
