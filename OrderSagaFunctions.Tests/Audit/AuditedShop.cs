using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Submissions;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Audit;

/// <summary>A shop with one item, whose orders are written by the app's own stores and then tampered with.</summary>
internal sealed class AuditedShop : IDisposable
{
    public const string Item = "sku-100";
    private static readonly DateTimeOffset At = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private readonly AppTables _tables = new();
    private readonly SubmissionStore _submissions;
    private readonly OrderStore _orders;
    private readonly PaymentLedger _ledger;
    private readonly InventoryStore _inventory;
    private readonly InventoryReader _reader;
    private readonly IncidentStore _incidents;

    public AuditedShop()
    {
        _submissions = new SubmissionStore(_tables.Client, _tables.Index, TimeProvider.System);
        _orders = new OrderStore(_tables.Client, TimeProvider.System);
        _ledger = new PaymentLedger(_tables.Client, TimeProvider.System);
        _inventory = new InventoryStore(_tables.Client, new ItemQueues(), TimeProvider.System);
        _reader = new InventoryReader(_tables.Client);
        _incidents = new IncidentStore(_tables.Client, TimeProvider.System);
        Catalog = new StockCatalog(_tables.Client);
        _ = _tables.Client.GetTableClient(SagaTables.Claims).AddEntity(
            new TableEntity(OrderIndex.Saga, "~counts") { ["Succeeded"] = 0L, ["Failed"] = 0L, ["Cancelled"] = 0L });
    }

    public StockCatalog Catalog { get; }

    /// <summary>An order that succeeded, and takes 2 pieces.</summary>
    public async Task SucceedAsync(string orderId)
    {
        var order = await DoAsync(orderId);
        await EndAsync(
            order, SagaOutcome.Succeeded, [], OrderActivities.ProcessOrder, PaymentActivities.ProcessPayment, InventoryActivities.ReserveInventory, NotificationActivities.NotifySuccess);
    }

    /// <summary>An order that failed after everything was done, and was undone but for what the incidents name.</summary>
    public async Task FailAsync(string orderId, params string[] incidents)
    {
        var order = await DoAsync(orderId);
        foreach (var compensation in (string[])[InventoryActivities.ReleaseInventory, PaymentActivities.ProcessRefund, OrderActivities.UpdateOrderStatus])
        {
            if (incidents.Contains(compensation))
            {
                await OpenIncidentAsync(orderId, compensation, $"{compensation}-1");
                continue;
            }

            _ = compensation switch
            {
                InventoryActivities.ReleaseInventory => await _inventory.ReleaseAsync(Stock(order), default),
                PaymentActivities.ProcessRefund => await _ledger.CreditAsync(Payment(order), default),
                _ => await _orders.SetPendingAsync(new OrderToStore(order, orderId, 1), default),
            };
        }

        await EndAsync(
            order, SagaOutcome.Failed, incidents, OrderActivities.ProcessOrder, PaymentActivities.ProcessPayment, InventoryActivities.ReserveInventory,
            InventoryActivities.ReleaseInventory, PaymentActivities.ProcessRefund, OrderActivities.UpdateOrderStatus);
    }

    /// <summary>An order whose saga has done everything and not written its end.</summary>
    public async Task<Order> DoAsync(string orderId)
    {
        var order = new Order(orderId, null, "customer", "EUR", null, [new OrderLine(Item, 2, null, 4990)]);
        await Catalog.AddIfAbsentAsync(Item, 1000, location: null, default);
        await _submissions.ClaimAsync(new Submission(order, orderId, "hash"), default);
        await _orders.StoreAsync(new OrderToStore(order, orderId, 1), plan: null, default);
        await _ledger.DebitAsync(Payment(order), default);
        await _inventory.ReserveAsync(Stock(order), default);
        return order;
    }

    public Task OpenIncidentAsync(string orderId, string compensation, string id) =>
        _incidents.OpenAsync(
        orderId, new IncidentToOpen(new Incident(id, compensation, "made up", At), JsonSerializer.SerializeToElement(new { orderId })), default);

    /// <summary>Stores how an order's saga ended, with what it says of itself.</summary>
    public async Task EndAsync(Order order, SagaOutcome outcome, string[] incidents, params string[] path)
    {
        var steps = path.Select(state => new StepReport(state, incidents.Contains(state) ? StepOutcome.Failed : StepOutcome.Succeeded, 1, At, At));
        var end = outcome == SagaOutcome.Succeeded ? OrderStates.OrderSucceeded : OrderStates.OrderFailed;
        var report = new ReportToStore(order.OrderId, 1, new SagaReport([.. path, end], [.. steps], outcome, incidents.Length > 0, []));
        await _tables.Index.EndAsync(report, await _orders.TryStoreReportAsync(report, default), default);
    }

    /// <summary>Writes a wrong row: these properties over what is there.</summary>
    public void Tamper(string table, string partition, string row, params (string Name, object Value)[] properties)
    {
        var change = new TableEntity(partition, row);
        foreach (var (name, value) in properties)
        {
            change[name] = value;
        }

        _ = _tables.Client.GetTableClient(table).UpsertEntity(change);
    }

    /// <summary>Loses a row.</summary>
    public void Lose(string table, string partition, string row) => _ = _tables.Client.GetTableClient(table).DeleteEntity(partition, row, ETag.All);

    public async Task<AuditReport> AuditAsync()
    {
        var tally = new AuditTally();
        await new OrderAudit(
            _orders, _tables.Index, new IndexRules(_orders, _tables.Index, TimeProvider.System), _ledger, _reader, new ShipmentStore(_tables.Client, TimeProvider.System), _incidents, new CancelGate(_tables.Client, TimeProvider.System)).RunAsync(tally, default);
        await new StockAudit(Catalog, _reader).RunAsync(tally, default);
        return tally.ToReport();
    }

    public void Dispose() => _tables.Dispose();

    private static PaymentRequest Payment(Order order) => new(order.OrderId, 1, order.Total);

    private static StockRequest Stock(Order order) => StockRequest.Of(order.OrderId, 1, order.Lines);
}
