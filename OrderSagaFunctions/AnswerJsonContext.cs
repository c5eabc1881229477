using System.Text.Json.Serialization;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Recovery;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Submissions;
using Sagas;
using Sagas.Http;
using Sagas.Operations;

namespace OrderSagaFunctions;

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
