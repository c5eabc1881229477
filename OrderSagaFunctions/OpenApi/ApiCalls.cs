using System.Net;
using Microsoft.OpenApi;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Demo;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Recovery;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Submissions;
using Sagas;
using Sagas.Drawing;
using Sagas.Health;
using Sagas.Http;
using Sagas.Operations;

namespace OrderSagaFunctions.OpenApi;

/// <summary>Every call of the API. What is said here beside a function is held against the function by a test.</summary>
internal static class ApiCalls
{
    private const string Orders = "Orders";
    private const string Reviews = "Reviews and incidents";
    private const string Shop = "The shop as a whole";
    private const string Health = "Health";

    /// <summary>The headings, in order.</summary>
    public static IReadOnlyList<string> Groups { get; } = [Orders, Reviews, Shop, Health];

    /// <summary>All calls, by heading.</summary>
    public static IReadOnlyList<ApiCall> All() => [.. OfOrders(), .. OfReviewsAndIncidents(), .. OfTheShop(), .. OfHealth()];

    private static ApiCall[] OfOrders() =>
    [
        new(nameof(SubmitOrder), Orders, "Accepts an order and starts its saga; the same order again is answered the same and not done twice.",
            new ApiAnswer(HttpStatusCode.Accepted, "Accepted. The management links are there where the caller may have them.", typeof(SubmissionAnswer))
            {
                Headers = [("Location", "Where the order can be watched.", true), ("Retry-After", "When to look there, in seconds.", true)],
            })
        {
            Parameters = [Parameters.InHeader(SubmissionKey.Header, $"Makes retries of a submission the same one: {SubmissionKey.HeaderRule} but a pair around it")],
            Body = RequestSchemas.Order,
            Problems = [Problem.OtherSubmission],
        },
        new(nameof(GetOrder), Orders, "Tells an order's story: all that its rows say.",
            new ApiAnswer(HttpStatusCode.OK, "The order, its saga, its review, what it has moved and what was decided.", typeof(OrderView))
            {
                Headers = [(PreferWait.AppliedHeader, "The wait that was granted.", false)],
            })
        {
            Parameters = [Parameters.InHeader("Prefer", $"wait=N answers when the saga has ended, or N seconds are over, {PreferWait.LongestSeconds} at most")],
            Problems = [OrderProblems.UnknownOrder, Problem.UnreadableRow],
        },
        new("ListOrders", Orders, "Lists the orders that meet every parameter given, by id, a page at a time.", Ok("A page of orders.", typeof(OrderPage)))
        {
            Parameters =
            [
                Parameters.Choice<OrderStatus>("status", "How far it has come"),
                Parameters.Choice<SagaOutcome>("outcome", "How its saga ended"),
                Parameters.Text("customer", $"Who ordered: {OrderLimits.ItemOrCustomerIdRule}", RequestSchemas.ItemOrCustomerIdPattern),
                Parameters.Time("from", "Accepted then or later"),
                Parameters.Time("to", "Accepted before"),
                Parameters.Flag("flagged", "Whether a check has flagged it"),
                Parameters.Flag("parked", "Whether its saga waits for an operator"),
                Parameters.Flag("incident", "Whether it has an open incident"),
                Parameters.Flag("running", "Whether its saga has not ended"),
                Parameters.Flag("retrying", "Whether something of it is tried again"),
                Parameters.Text("prefix", $"How its id begins: {SagaKey.IdRule}", RequestSchemas.IdPattern("_")),
                .. Parameters.Page(),
            ],
        },
        new("CountOrders", Orders, "Counts all orders by state.", Ok("How many there are.", typeof(OrderCounts))),
        new("FindStuckOrders", Orders, "Lists the sagas without progress, the longest without it first; those that were stopped are among them.", Ok("A page of sagas.", typeof(StuckPage)))
        {
            Parameters = [Parameters.Text("longerThan", $"For how long, 10 minutes where not said: {QueryFields.DurationRule}"), .. Parameters.Page()],
        },
        new("GetOrderTimeline", Orders, "Tells all that happened to an order, by time.", Ok("What happened.", typeof(TimelineView)))
        {
            Problems = [OrderProblems.UnknownOrder],
        },
        new("GetOrderHistory", Orders, "Tells what the engine has recorded of one of an order's instances, and which instances the order has.", Ok("The history.", typeof(OrderHistory)))
        {
            Parameters =
            [
                Parameters.Text("instance", "Which instance of the order: its latest saga where not said"),
                Parameters.Flag("payloads", "Whether with inputs and outputs"),
            ],
            Problems = [OrderProblems.UnknownOrder, OrderProblems.UnknownInstance, Problem.UnreadableRow],
        },
        new("CancelOrder", Orders, "Cancels an order whose saga has not passed its pivot. What is granted comes true.",
            new ApiAnswer(HttpStatusCode.Accepted, "The cancel that stands: the first one, however often it is repeated.", typeof(CancelAnswer)))
        {
            Body = RequestSchemas.Note,
            IsBodyOptional = true,
            Problems = [OrderProblems.UnknownOrder, Problem.TooLateToCancel, OrderProblems.NotRecoverable],
        },
        new("RetryOrder", Orders, "Has a parked saga try again.", new ApiAnswer(HttpStatusCode.Accepted, "The saga goes on from there."))
        {
            Body = RequestSchemas.Note,
            IsBodyOptional = true,
            Problems = [OrderProblems.UnknownOrder, Problem.NotParked, Problem.AlreadyDecided],
        },
        new(nameof(RecoverOrder), Orders, "Takes a failed order up again: a new saga, from the save points of the one before.",
            new ApiAnswer(HttpStatusCode.Accepted, "The new saga's instance.", typeof(SubmissionAnswer)))
        {
            Body = RequestSchemas.Note,
            IsBodyOptional = true,
            Problems = [OrderProblems.UnknownOrder, OrderProblems.NotRecoverable],
        },
    ];

    private static ApiCall[] OfReviewsAndIncidents() =>
    [
        new("DecideOrderReview", Reviews, "Decides a review. The first decision stands.", Ok("The decision.", typeof(ReviewDecision)))
        {
            Body = RequestSchemas.Decision,
            Problems = [OrderProblems.UnknownOrder, Problem.NotInReview, Problem.AlreadyDecided],
        },
        new("ListReviews", Reviews, "Lists the reviews that wait, the next deadline first, a page at a time.", Ok("A page of reviews.", typeof(ReviewPage)))
        {
            Parameters = Parameters.Page(),
        },
        new("ListIncidents", Reviews, "Lists incidents by order and id, a page at a time.", Ok("A page of incidents.", typeof(IncidentPage)))
        {
            Parameters = [Parameters.Choice<IncidentFilter>("status", "Which", IncidentFilter.Open), .. Parameters.Page()],
        },
        new("RetryIncident", Reviews, "Has a compensation run again: in its saga where that waits for it, else on its own.",
            new ApiAnswer(HttpStatusCode.Accepted, "The incident; it is closed once the compensation is done.", typeof(Incident)))
        {
            Body = RequestSchemas.Note,
            IsBodyOptional = true,
            Problems = [Problem.UnknownIncident, Problem.IncidentClosed, Problem.NotRetriable],
        },
        new("CloseIncidentByHand", Reviews, "Closes an incident that was dealt with by hand; a saga that waits for it, or a notification, goes on.", Ok("The incident.", typeof(Incident)))
        {
            Body = RequestSchemas.ReasonedNote,
            Problems = [Problem.UnknownIncident, Problem.IncidentClosed],
        },
    ];

    private static ApiCall[] OfTheShop() =>
    [
        new("ListInventory", Shop, "Lists every item in stock, by id.", Ok("The items.", typeof(IReadOnlyList<StockView>))),
        new("SetInventory", Shop, "Sets how many pieces of an item there are to be reserved, and where; adds the item where it is new.", Ok("The item.", typeof(StockView)))
        {
            Body = RequestSchemas.Stock,
        },
        new("Reconcile", Shop, "Opens an incident for each saga that was stopped before its end.", Ok("How many there were.", typeof(ReconcileReport))),
        new("Audit", Shop, "Computes the invariants over all sagas, and tells what does not add up.", Ok("What was found.", typeof(AuditReport))),
        new("GetSagaDefinition", Shop, "Shows a saga's states and transitions.",
            Ok("All of them; with format=asl the Amazon States Language, with format=mermaid a flowchart.", typeof(SagaGraph)) with
            {
                Headers = [("Vary", "Accept, which chooses the form where the query does not.", true)],
                Others = [("application/json", StatesLanguage()), (MermaidDrawing.MediaType, RequestSchemas.Text("A flowchart."))],
            })
        {
            Parameters = [Parameters.Choice<DrawingFormat>("format", $"In which form, where Accept does not ask for {MermaidDrawing.MediaType}", DrawingFormat.Json)],
            Problems = [Problem.UnknownSaga],
        },
        new(nameof(GetOpenApi), Shop, "Describes every call: this document.",
            Ok("An OpenAPI document.") with { Others = [("application/json", Document())] }),
        new("GetDemo", Shop, "Tells whether this is the demo, and which orders it offers.", Ok("What the demo has.", typeof(DemoView))),
        new("CrashHost", Shop, "Kills the host of a supervised demo, as by kill -9.", new ApiAnswer(HttpStatusCode.Accepted, "The host is killed, and its supervisor starts it again."))
        {
            Body = RequestSchemas.Nothing,
            IsBodyOptional = true,
            Problems = [OrderProblems.NotADemo],
        },
    ];

    private static ApiCall[] OfHealth() =>
    [
        new("GetLiveness", Health, "Tells that the process answers.", ForNow("It does.")) { IsKept = false },
        new("GetReadiness", Health, "Tells whether the tables and the task hub can be reached.", ForNow("They can.")) { IsKept = false, Problems = [Problem.NotReady] },
    ];

    private static ApiAnswer ForNow(string meaning) =>
        Ok(meaning, typeof(HealthStatus)) with { Headers = [("Cache-Control", "no-store: it holds at this moment only.", true)] };

    private static ApiAnswer Ok(string meaning, Type? type = null) => new(HttpStatusCode.OK, meaning, type);

    // Both are formats of others, with schemas of their own.
    private static OpenApiSchema StatesLanguage() => ForeignFormat(
        "A state machine in the Amazon States Language.", ("StartAt", RequestSchemas.Text("The state it begins in.")), ("States", Any("The states by name.")));

    private static OpenApiSchema Document() => ForeignFormat(
        "An OpenAPI 3.1 document.", ("openapi", RequestSchemas.Text("The version of OpenAPI.")), ("info", Any("What it describes.")), ("paths", Any("The calls.")));

    private static OpenApiSchema ForeignFormat(string description, params (string Name, OpenApiSchema Schema)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = fields.Select(static field => field.Name).ToHashSet(StringComparer.Ordinal),
        Properties = fields.ToDictionary(static field => field.Name, static IOpenApiSchema (field) => field.Schema, StringComparer.Ordinal),
    };

    private static OpenApiSchema Any(string meaning) => new() { Type = JsonSchemaType.Object, Description = meaning };
}
