using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Sagas.Decisions;

namespace Sagas.Tests.Runs;

/// <summary>A saga that does a step once for each leg of a route, and fans out twice.</summary>
public static class RouteSaga
{
    private static readonly SagaStep BookLeg = new(nameof(RouteFunctions.BookLeg)) { IsOptional = true, Compensation = Undoing(nameof(RouteFunctions.CancelLeg)) };
    private static readonly SagaStep BookRooms = new(nameof(BookRooms)) { IsOptional = true, Compensation = Undoing("CancelRooms") };
    private static readonly SagaStep BookTables = new(nameof(BookTables)) { IsOptional = true, Compensation = Undoing("CancelTables") };
    private static readonly SagaStep BookPlace = new(nameof(RouteFunctions.BookPlace)) { Compensation = Undoing(nameof(RouteFunctions.CancelPlace)) };
    private static readonly SagaStep Pay = new(nameof(RouteFunctions.Pay));
    private static readonly SagaStep Confirm = new(nameof(RouteFunctions.Confirm)) { Kind = StepKind.Pivot };
    private static readonly SagaStep SendTicket = new(nameof(RouteFunctions.SendTicket)) { Kind = StepKind.Retriable, IsOptional = true };

    public static readonly SagaDefinition Definition = new("route", [BookLeg, BookRooms, BookTables, Pay, Confirm, SendTicket])
    {
        Succeeded = "RouteBooked",
        Failed = "RouteFailed",
        Cancelled = "RouteCancelled",
        Report = nameof(RouteFunctions.StoreRoute),
    };

    public static readonly SagaDefinition PlaceDefinition = new("place", [BookPlace])
    {
        KeyPrefix = Definition.KeyPrefix,
        Succeeded = "PlaceBooked",
        Failed = "PlaceFailed",
        Cancelled = "PlaceCancelled",
    };

    public static string KeyOf(Route route) => Definition.KeyOf(route.RouteId);

    [Function(nameof(RouteSaga))]
    public static async Task<SagaOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var route = context.GetInput<Route>()!;
        var saga = new SagaRun(context, Definition, route.RouteId, route.Settings);
        var legs = route.Legs.Select(leg => new RoutePart(KeyOf(route), leg)).ToList();
        saga.TakeOver(route.IsResumed ? legs.Distinct().Select(static leg => new Undo(BookLeg.Compensation!, leg)) : []);
        try
        {
            foreach (var leg in legs)
            {
                await saga.DoAsync(BookLeg, leg);
            }

            await FanOutAsync(saga, BookRooms, route, route.Rooms);
            await FanOutAsync(saga, BookTables, route, route.Tables);
            await saga.DoAsync(Pay, new RoutePart(KeyOf(route), route.IsPaid ? "paid" : "refused"));
            await saga.CommitAsync(Confirm);
            foreach (var leg in route.IsTicketLeftOut ? [] : legs)
            {
                await saga.DoAsync(SendTicket, leg);
            }
        }
        catch (StepFailedException failure)
        {
            await saga.CompensateAsync(failure);
        }

        return await saga.EndAsync();
    }

    [Function(nameof(PlaceSaga))]
    public static async Task<ChildResult> PlaceSaga([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (place, settings) = context.GetInput<RoutePlace>()!;
        var saga = SagaRun.ForChild(context, PlaceDefinition, new SagaId(place.Key, Scope: place.Name), settings);
        try
        {
            await saga.DoAsync(BookPlace, place);
        }
        catch (StepFailedException failure)
        {
            await saga.CompensateAsync(failure);
        }

        return await saga.EndChildAsync();
    }

    private static Task FanOutAsync(SagaRun saga, SagaStep step, Route route, IReadOnlyList<string> places) => places.Count == 0
        ? Task.CompletedTask
        : saga.DoAllAsync(step, nameof(PlaceSaga), [.. places.Select(place => new RoutePart(KeyOf(route), place)).Select(place => new ChildSaga(
            place.Name, new RoutePlace(place, route.Settings), [new Undo(BookPlace.Compensation!, place)]))]);

    private static Compensation Undoing(string name) => new(name, nameof(RouteFunctions.TellDesk));
}

/// <summary>What a route is booked with.</summary>
public sealed record Route(string RouteId, SagaSettings Settings)
{
    public IReadOnlyList<string> Legs { get; init; } = [];

    public IReadOnlyList<string> Rooms { get; init; } = [];

    public IReadOnlyList<string> Tables { get; init; } = [];

    public bool IsPaid { get; init; }

    public bool IsTicketLeftOut { get; init; }

    public bool IsResumed { get; init; }
}

/// <summary>A leg or a place of a route.</summary>
public sealed record RoutePart(string Key, string Name) : ISagaInput
{
    SagaId ISagaInput.Saga => new(Key);
}

/// <summary>The input of a place's saga.</summary>
public sealed record RoutePlace(RoutePart Place, SagaSettings Settings);

/// <summary>What has been done for routes, in its order.</summary>
public sealed class RouteLog
{
    public ConcurrentQueue<string> Done { get; } = [];

    public SagaReport? Report { get; set; }
}

/// <summary>The route saga's activities.</summary>
public sealed class RouteFunctions(RouteLog log, CancelGate gate)
{
    [Function(nameof(BookLeg))]
    public Task<StepResult> BookLeg([ActivityTrigger] RoutePart leg, CancellationToken cancellation) => leg.Name switch
    {
        "deaf" => new TaskCompletionSource<StepResult>().Task,
        "patient" => WaitAsync(leg, cancellation),
        _ => Task.FromResult(Note("+" + leg.Name)),
    };

    [Function(nameof(CancelLeg))]
    public StepResult CancelLeg([ActivityTrigger] RoutePart leg) => Note("-" + leg.Name);

    [Function(nameof(BookPlace))]
    public StepResult BookPlace([ActivityTrigger] RoutePart place) => Note("+" + place.Name);

    [Function(nameof(CancelPlace))]
    public StepResult CancelPlace([ActivityTrigger] RoutePart place) => Note("-" + place.Name);

    [Function(nameof(Pay))]
    public StepResult Pay([ActivityTrigger] RoutePart how) => how.Name == "paid" ? StepResult.Done : new StepResult(new Refusal("Refused", "no money"));

    [Function(nameof(Confirm))]
    public async Task<StepResult> Confirm([ActivityTrigger] SagaNotice notice, CancellationToken cancellation)
    {
        // A pivot that acts, and forgets its gate or refuses behind it.
        if (notice.Key.EndsWith("refuses", StringComparison.Ordinal))
        {
            _ = await gate.PassAsync(notice, cancellation);
            return new StepResult(new Refusal("BankSaidNo", "The bank said no."));
        }

        return notice.Key.EndsWith("forgets", StringComparison.Ordinal) ? Note("confirmed") : StepResult.Done;
    }

    [Function(nameof(SendTicket))]
    public StepResult SendTicket([ActivityTrigger] RoutePart leg) => Note("sent " + leg.Name);

    [Function(nameof(TellDesk))]
    public StepResult TellDesk([ActivityTrigger] SagaNotice notice) => StepResult.Done;

    [Function(nameof(StoreRoute))]
    public StepResult StoreRoute([ActivityTrigger] ReportToStore story)
    {
        log.Report = story.Report;
        return StepResult.Done;
    }

    private async Task<StepResult> WaitAsync(RoutePart leg, CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource();
        await using var registration = cancellation.Register(ended.SetResult);
        await ended.Task;
        return Note("cancelled " + leg.Name);
    }

    private StepResult Note(string what)
    {
        log.Done.Enqueue(what);
        return StepResult.Done;
    }
}
