namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The audit of the running app.</summary>
public sealed class AuditEndToEndTests
{
    [Theory]
    [InlineData("Stop", 6)]
    [InlineData("Continue", 3)]
    public async Task Audit_AfterTheSevenScenarios_IsClean(string policy, int openIncidents)
    {
        await using var app = await AppProcess.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Saga__OnCompensationFailure"] = policy });
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Scenarios")))
        {
            var accepted = await app.Orders.SubmitAsync(await File.ReadAllTextAsync(file));
            _ = await app.Orders.EndOfAsync(accepted.GetProperty("orderId").GetString()!);
            var soFar = await app.Orders.ReadAsync("/api/audit");
            Assert.True(soFar.GetProperty("clean").GetBoolean(), $"{Path.GetFileName(file)}: {soFar}");
        }

        var audit = await app.Orders.ReadAsync("/api/audit");

        Assert.Equal(7, audit.GetProperty("orders").GetInt32());
        Assert.Equal(1, audit.GetProperty("succeeded").GetInt32());
        Assert.Equal(6, audit.GetProperty("failed").GetInt32());
        Assert.Equal(openIncidents, audit.GetProperty("openIncidents").GetInt32());
        Assert.Equal(4, audit.GetProperty("items").GetInt32());
        Assert.Empty(audit.GetProperty("findings").EnumerateArray());
    }

    [Fact]
    public async Task Audit_OrderInReview_IsCountedAsRunning()
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.Orders.SubmitAsync(Orders.Flagged("audit-review"));
        _ = await app.Orders.UntilAsync("audit-review", static order => order.Path.Contains("Review"));

        var audit = await app.Orders.ReadAsync("/api/audit");

        Assert.True(audit.GetProperty("clean").GetBoolean());
        Assert.Equal(1, audit.GetProperty("running").GetInt32());
    }
}
