using Microsoft.Extensions.Logging.Abstractions;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Tests.Saga;

public sealed class IncidentFunctionsTests
{
    [Fact]
    public async Task Open_Repeated_LeavesOneOpenRowAnIncident()
    {
        using var tables = new AppTables();
        var functions = new IncidentFunctions(new IncidentStore(tables.Client), Attempts.Without(), NullLogger<IncidentFunctions>.Instance);
        var at = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
        var input = new IncidentsToOpen("order-1", [new Incident("ProcessRefund-1", "ProcessRefund", "too slow", at), new Incident("UpdateOrderStatus-1", "UpdateOrderStatus", "not run", at)]);

        await functions.OpenAsync(input, default);
        await functions.OpenAsync(input, default);

        var rows = tables.Rows(Tables.Incidents);
        Assert.Equal(["ProcessRefund", "UpdateOrderStatus"], rows.Select(row => row.GetString("Compensation")));
        Assert.All(rows, row => Assert.Equal(("order-1", "Open", at), (row.PartitionKey, row.GetString("Status"), row.GetDateTimeOffset("OpenedAt"))));
    }
}
