using System.Text.Json.Serialization;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;

namespace OrderSagaFunctions;

/// <summary>
/// What is stored, or under way while the app is replaced: inputs and results, custom status, JSON in rows, webhooks. Camel
/// case, enums by name, nulls left out; serialised by generated code, beside that of the kit. What is added here, or to one of these, changes
/// <see cref="DataFormat"/>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrderSagaInput))]
[JsonSerializable(typeof(OrderSagaResult))]
[JsonSerializable(typeof(OrderToStore))]
[JsonSerializable(typeof(OrderStored))]
[JsonSerializable(typeof(FulfilmentInput))]
[JsonSerializable(typeof(IReadOnlyList<LocationPlan>))]
[JsonSerializable(typeof(IReadOnlyList<TransactionItem>))]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(ProviderCall))]
[JsonSerializable(typeof(StockRequest))]
[JsonSerializable(typeof(CheckFacts))]
[JsonSerializable(typeof(CheckVerdict))]
[JsonSerializable(typeof(NoticeData))]
[JsonSerializable(typeof(DeliveryRound))]
[JsonSerializable(typeof(DeliveryToRetry))]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
internal sealed partial class AppJsonContext : JsonSerializerContext;
