using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Recovery;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Submissions;
using Sagas;
using Sagas.Http;
using Sagas.Operations;

namespace OrderSagaFunctions;

/// <summary>How everything is written as JSON, by the host's serialiser and by the app itself: as the kit does, with generated code for the app's types.</summary>
internal static class AppJson
{
    /// <summary>The options of <see cref="AppJsonContext"/> and <see cref="AnswerJsonContext"/>.</summary>
    public static JsonSerializerOptions Options { get; } = SagaJson.OptionsWith(AppJsonContext.Default, AnswerJsonContext.Default);

    private static JsonSerializerOptions Stored { get; } = SagaJson.ToStored(Options);

    /// <summary>Makes options of the host's making read and write as <see cref="Options"/> do.</summary>
    public static void Apply(JsonSerializerOptions options) => SagaJson.Apply(options, Options);

    /// <summary>The serialisation of a type under <see cref="Options"/>.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>The same for what the app itself has stored (<see cref="SagaJson.ToStored"/>).</summary>
    public static JsonTypeInfo<T> StoredTypeOf<T>() => (JsonTypeInfo<T>)Stored.GetTypeInfo(typeof(T));
}

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

/// <summary>What is an answer over HTTP and nothing else: it is written as <see cref="AppJsonContext"/> writes, and never stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CancelAnswer))]
[JsonSerializable(typeof(SagaGraph))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(SubmissionAnswer))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(StockView))]
[JsonSerializable(typeof(IReadOnlyList<StockView>))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(OrderHistory))]
[JsonSerializable(typeof(OrderCounts))]
[JsonSerializable(typeof(ReviewPage))]
[JsonSerializable(typeof(IncidentPage))]
[JsonSerializable(typeof(StuckPage))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(ReconcileReport))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext;
