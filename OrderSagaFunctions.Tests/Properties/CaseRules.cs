using System.Text.Json;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using Sagas;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>What has to hold of an order once nothing runs any more, computed from the rows without the audit's help.</summary>
internal static class CaseRules
{
    /// <summary>Fails where something does not hold.</summary>
    /// <param name="books">The rows.</param>
    /// <param name="isKnown">Whether the API knows the order: of one that was purged before anything was stored only its next submission will.</param>
    /// <param name="case">What has happened to it.</param>
    /// <param name="putIn">How many pieces there have to be of each item.</param>
    /// <param name="isCancelGranted">Whether somebody was told that it is cancelled.</param>
    public static void Check(CaseBooks books, bool isKnown, SagaCase @case, IReadOnlyDictionary<string, long> putIn, bool isCancelGranted)
    {
        var wanted = @case.Wanted;
        CheckPaths(books);
        CheckStockAddsUp(books, putIn);
        if (books.Outcome is null)
        {
            CheckStopped(books, isKnown);
            return;
        }

        var succeeded = books.Outcome == SagaOutcome.Succeeded;
        CheckMoney(books, succeeded, wanted.Values.Sum() * (@case.IsFlagged ? 20_000_00L : 1_00L));
        CheckHeld(books, succeeded, wanted);
        CheckShipments(books, succeeded, wanted);
        CheckGate(books, isCancelGranted);
        Assert.DoesNotContain(books.OpenIncidents, static row => row.RowKey.StartsWith("stopped-", StringComparison.Ordinal));
    }

    /// <summary>Fails where the counts are not those of the one order, or the index has it as open and it has ended, or the other way round.</summary>
    public static void CheckCounts(CaseBooks books, JsonElement counts)
    {
        var isAccepted = books.IsAccepted;
        var expected = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["orders"] = isAccepted ? 1 : 0,
            ["open"] = isAccepted && books.Outcome is null ? 1 : 0,
            ["succeeded"] = books.Outcome == SagaOutcome.Succeeded ? 1 : 0,
            ["failed"] = books.Outcome == SagaOutcome.Failed ? 1 : 0,
            ["cancelled"] = books.Outcome == SagaOutcome.Cancelled ? 1 : 0,
        };
        var found = expected.Keys.ToDictionary(
            static name => name,
            name => name == "open" ? Number("running") + Number("stopped") : Number(name));
        Assert.Equal(expected, found);
        Assert.Equal(expected["open"], books.OpenEntries.Count);

        int Number(string name) => counts.GetProperty(name).GetInt32();
    }

    private static void CheckPaths(CaseBooks books)
    {
        var (order, child) = (SagaGraph.Of(OrderSteps.Definition), SagaGraph.Of(FulfilmentSteps.Definition));
        foreach (var report in books.Reports)
        {
            Assert.Equal(order.Start, report.Path[0]);
            AssertAllows(order, report.Path);
            foreach (var path in (report.Children ?? []).Select(static one => one.Steps.Select(static step => step.Name).ToList()))
            {
                // Of one that was stopped from outside only its compensation is known.
                Assert.True(path.Count == 0 || path[0] == child.Start || path[0] == ShipmentActivities.CancelShipment, string.Join(' ', path));
                AssertAllows(child, path);
            }
        }
    }

    private static void AssertAllows(SagaGraph graph, IReadOnlyList<string> path) =>
        Assert.All(path.Zip(path.Skip(1)), step => Assert.True(graph.Allows(step.First, step.Second), $"{step} in {string.Join(' ', path)}"));

    private static void CheckStockAddsUp(CaseBooks books, IReadOnlyDictionary<string, long> putIn)
    {
        var found = books.Stock.ToDictionary(static row => row.PartitionKey, static row => row.GetInt64("OnHand")!.Value + row.GetInt64("Reserved")!.Value);
        Assert.Equal(putIn.OrderBy(static item => item.Key, StringComparer.Ordinal), found.OrderBy(static item => item.Key, StringComparer.Ordinal));
        Assert.All(books.Stock, row => Assert.Equal(
            row.GetInt64("Reserved"), books.Reservations.Where(held => held.PartitionKey == row.PartitionKey).Sum(static held => held.GetInt64("Quantity"))));
    }

    private static void CheckStopped(CaseBooks books, bool isKnown)
    {
        if (isKnown)
        {
            var stopped = Assert.Single(books.Incidents, row => row.RowKey == books.StoppedId);
            Assert.True(stopped.GetString("Status") == "Open" || stopped.GetString("ClosedBy") is { Length: > 0 }, $"{stopped.RowKey} is closed.");
        }
    }

    private static void CheckMoney(CaseBooks books, bool succeeded, long total)
    {
        var debits = books.Payments.Where(static row => row.GetString("Type") == "Debit").Sum(static row => row.GetInt64("AmountMinor")!.Value);
        var credits = books.Payments.Where(static row => row.GetString("Type") == "Credit").Sum(static row => row.GetInt64("AmountMinor")!.Value);
        var isLeft = !succeeded && books.WasLeft(PaymentActivities.ProcessRefund);
        Assert.True(
            debits - credits == (succeeded ? total : 0) || (isLeft && debits - credits == total),
            $"{debits} debited and {credits} credited of {total}, {books.Outcome}.");
    }

    private static void CheckHeld(CaseBooks books, bool succeeded, IReadOnlyDictionary<string, int> wanted)
    {
        foreach (var (item, quantity) in wanted)
        {
            var held = books.Reservations.Where(row => row.PartitionKey == item).Sum(static row => row.GetInt64("Quantity")!.Value);
            var isLeft = !succeeded && books.WasLeft(InventoryActivities.ReleaseInventory);
            Assert.True(held == (succeeded ? quantity : 0) || (isLeft && held == quantity), $"{held} of {quantity} {item} held, {books.Outcome}.");
        }
    }

    private static void CheckShipments(CaseBooks books, bool succeeded, IReadOnlyDictionary<string, int> wanted)
    {
        var places = wanted.Keys.Select(static item => CaseLine.Places.GetValueOrDefault(item, "main")).Distinct(StringComparer.Ordinal).ToList();
        var booked = books.Shipments.Where(static row => row.GetString("State") == "Booked").Select(static row => row.GetString("Location")).ToList();
        var expected = succeeded && places.Count > 1 ? places : [];
        var left = succeeded ? [] : booked.Where(place => books.WasLeft(ShipmentActivities.CancelShipment, place));
        Assert.Equal(expected.Order(StringComparer.Ordinal), booked.Except(left, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // Whoever got the gate's row has decided.
    private static void CheckGate(CaseBooks books, bool isCancelGranted)
    {
        var holder = books.Outcome switch
        {
            SagaOutcome.Succeeded => "Pivot",
            SagaOutcome.Cancelled => "Cancel",
            _ => "Failed",
        };
        Assert.True(books.GateHolder == holder, $"The gate is held by {books.GateHolder}, the saga {books.Outcome}.");
        Assert.True(!isCancelGranted || books.Outcome == SagaOutcome.Cancelled, $"A cancel was granted, and the saga {books.Outcome}.");
    }
}
