using System.Text.Json;
using System.Text.Json.Serialization;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions;

/// <summary>What crosses a boundary as JSON: camel case, enums by name, nulls left out; serialised by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrderSagaInput))]
[JsonSerializable(typeof(OrderSagaResult))]
[JsonSerializable(typeof(SagaReport))]
[JsonSerializable(typeof(StepResult))]
[JsonSerializable(typeof(ReportToStore))]
[JsonSerializable(typeof(IncidentsToOpen))]
[JsonSerializable(typeof(OrderToStore))]
[JsonSerializable(typeof(OrderStored))]
[JsonSerializable(typeof(FulfilmentInput))]
[JsonSerializable(typeof(ChildResult))]
[JsonSerializable(typeof(ChildToCompensate))]
[JsonSerializable(typeof(IReadOnlyList<LocationPlan>))]
[JsonSerializable(typeof(IReadOnlyList<TransactionItem>))]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(ProviderCall))]
[JsonSerializable(typeof(ProviderAnswer))]
[JsonSerializable(typeof(StockRequest))]
[JsonSerializable(typeof(CheckFacts))]
[JsonSerializable(typeof(CheckVerdict))]
[JsonSerializable(typeof(ReviewRequest))]
[JsonSerializable(typeof(ReviewBid))]
[JsonSerializable(typeof(ReviewVerdict))]
[JsonSerializable(typeof(ReviewDecision))]
[JsonSerializable(typeof(SagaNotice))]
[JsonSerializable(typeof(IncidentToClose))]
[JsonSerializable(typeof(RedriveInput))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IReadOnlyList<StoredNote>))]
[JsonSerializable(typeof(ParkTask))]
[JsonSerializable(typeof(ParkBid))]
[JsonSerializable(typeof(ParkVerdict))]
[JsonSerializable(typeof(CancelBid))]
[JsonSerializable(typeof(CancelVerdict))]
[JsonSerializable(typeof(CancelAnswer))]
[JsonSerializable(typeof(SagaGraph))]
[JsonSerializable(typeof(NoticeData))]
[JsonSerializable(typeof(DeliveryRound))]
[JsonSerializable(typeof(DeliveryToRetry))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(SubmissionAnswer))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
[JsonSerializable(typeof(StockView))]
[JsonSerializable(typeof(IReadOnlyList<StockView>))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(OrderCounts))]
[JsonSerializable(typeof(ReviewPage))]
[JsonSerializable(typeof(IncidentPage))]
[JsonSerializable(typeof(StuckPage))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(JsonElement?))]
internal sealed partial class AppJsonContext : JsonSerializerContext;
