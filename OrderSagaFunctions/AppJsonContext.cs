using System.Text.Json;
using System.Text.Json.Serialization;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions;

/// <summary>
/// What is stored, or under way while the app is replaced: inputs and results, custom status, JSON in rows, webhooks. Camel
/// case, enums by name, nulls left out; serialised by generated code. What is added here, or to one of these, changes
/// <see cref="DataFormat"/>.
/// </summary>
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
[JsonSerializable(typeof(NoticeData))]
[JsonSerializable(typeof(DeliveryRound))]
[JsonSerializable(typeof(DeliveryToRetry))]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
[JsonSerializable(typeof(JsonElement?))]
internal sealed partial class AppJsonContext : JsonSerializerContext;
