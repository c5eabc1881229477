using System.Net;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Incidents;

/// <summary>What was done by hand is done, whether or not its operator says who that is.</summary>
public sealed class ClosedByHandTests
{
    [Theory]
    [InlineData("""{"by":"ada","reason":"paid back by hand"}""", "ada")]
    [InlineData("""{"reason":"paid back by hand"}""", "operator")]
    public async Task Audit_RefundMadeByHand_FindsNothing(string note, string by)
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnCompensationFailure", "Continue"), ("Saga__TransientFaults", "ReserveInventory:4@unpaid,ProcessRefund:8@unpaid"));
        await shop.CompleteAsync("unpaid");

        var (status, incident) = await shop.PostAsync("/api/incidents/unpaid/ProcessRefund-1/close", note);

        Assert.Equal((HttpStatusCode.OK, by), (status, incident.GetProperty("closedBy").GetString()));
        Assert.Empty((await shop.GetAsync("/api/audit")).GetProperty("findings").EnumerateArray());
    }
}
