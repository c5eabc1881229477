using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;
using Sagas.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Incidents;

public sealed class IncidentFunctionsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
    private static readonly IncidentsToOpen Two = new("order-1", [Opened("ProcessRefund", "too slow"), Opened("UpdateOrderStatus", "not run")]);

    private readonly AppTables _tables = new();
    private readonly IncidentStore _store;
    private readonly IncidentFunctions _functions;

    public IncidentFunctionsTests()
    {
        _store = new IncidentStore(_tables.Client, TimeProvider.System);
        _functions = new IncidentFunctions(_store, new ParkedSagas(new ParkStore(_tables.Client, TimeProvider.System)), NullLogger<IncidentFunctions>.Instance);
    }

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task Open_Repeated_LeavesOneOpenRowAnIncident()
    {
        await _functions.OpenAsync(Two, default);
        await _functions.OpenAsync(Two, default);

        var rows = _tables.Rows(SagaTables.Incidents);
        Assert.Equal(["ProcessRefund", "UpdateOrderStatus"], rows.Select(row => row.GetString("Compensation")));
        Assert.All(rows, row => Assert.Equal(("order-1", "Open", At), (row.PartitionKey, row.GetString("Status"), row.GetDateTimeOffset("OpenedAt"))));
    }

    [Fact]
    public async Task Close_Twice_TheFirstStands()
    {
        await _functions.OpenAsync(Two, default);

        Assert.True(await _store.TryCloseAsync("order-1", "ProcessRefund-1", "Paid back by hand.", "ada", default));
        Assert.False(await _store.TryCloseAsync("order-1", "ProcessRefund-1", "Again.", "bob", default));

        var closed = (await _store.ReadAsync("order-1", default)).Single(incident => incident.Id == "ProcessRefund-1");
        Assert.Equal((IncidentStatus.Closed, "Paid back by hand.", "ada"), (closed.Status, closed.Resolution, closed.ClosedBy));
    }

    private static IncidentToOpen Opened(string compensation, string error) => new(
        new Incident($"{compensation}-1", compensation, error, At), JsonSerializer.SerializeToElement(new { orderId = "order-1" }));
}
