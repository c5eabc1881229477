using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions;

/// <summary>How everything is written as JSON: camel case, enums by name, nulls left out, source-generated.</summary>
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
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(StockRequest))]
[JsonSerializable(typeof(CheckFacts))]
[JsonSerializable(typeof(CheckVerdict))]
[JsonSerializable(typeof(ReviewRequest))]
[JsonSerializable(typeof(ReviewBid))]
[JsonSerializable(typeof(ReviewVerdict))]
[JsonSerializable(typeof(ReviewDecision))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(NoticeData))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(SubmissionAnswer))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
[JsonSerializable(typeof(StockView))]
[JsonSerializable(typeof(IReadOnlyList<StockView>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AppJson : JsonSerializerContext
{
    /// <summary>
    /// The options for the host's own serialiser and for everything the app writes. A host may hand over types that the app
    /// does not know, so reflection stands behind the generated code. Text stays as it is: nothing here is put into HTML.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new(Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(Default, new DefaultJsonTypeInfoResolver()),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The serialisation of a type under <see cref="Options"/>.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => Cache<T>.Value;

    private static class Cache<T>
    {
        public static readonly JsonTypeInfo<T> Value = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}
