using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Tests.Saga;

/// <summary>Runs the orchestrator against a context whose activities answer as a test says, and keeps what it asked for.</summary>
internal sealed class ScriptedSaga
{
    private static readonly DateTime Start = new(2026, 3, 14, 9, 26, 53, DateTimeKind.Utc);

    private readonly Mock<TaskOrchestrationContext> _context = new();
    private readonly Dictionary<string, Queue<Func<object>>> _answers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _deadline = new();
    private readonly Queue<JsonElement?> _events = new();
    private readonly OrderSagaInput _input;

    public ScriptedSaga(CompensationPolicy policy = CompensationPolicy.Continue)
    {
        var retry = new RetrySettings(4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));
        var settings = new SagaSettings(
            policy, TimeSpan.FromHours(24), ExhaustedPolicy.Compensate, TimeSpan.FromHours(24), retry, retry with { Attempts = 8 }, Overrides: null);
        var order = new Order("order-1", null, "customer-1", "EUR", null, [new OrderLine("sku-100", 2, null, 4990), new OrderLine("sku-200", 1, null, 850)]);

        _input = new OrderSagaInput(order, settings, 1);
        _context.Setup(c => c.GetInput<OrderSagaInput>()).Returns(_input);
        _context.SetupGet(c => c.InstanceId).Returns("order-1");
        _context.SetupGet(c => c.CurrentUtcDateTime).Returns(Start);
        _context.Setup(c => c.CreateReplaySafeLogger<SagaRun>()).Returns(NullLogger.Instance);
        _context.Setup(c => c.SetCustomStatus(It.IsAny<object?>())).Callback((object? status) => Statuses.Add((SagaReport)status!));
        _context.Setup(c => c.CreateTimer(It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .Returns((DateTime at, CancellationToken off) =>
            {
                Deadline = at;
                off.Register(() => IsDeadlineOff = true);
                return _deadline.Task;
            });
        _context.Setup(c => c.WaitForExternalEvent<JsonElement?>(ReviewDecision.EventName, It.IsAny<CancellationToken>()))
            .Returns(() => _events.TryDequeue(out var next) ? Task.FromResult(next) : new TaskCompletionSource<JsonElement?>().Task);
        foreach (var name in (string[])[SagaRun.CancelEvent, SagaRun.OperatorEvent])
        {
            _context.Setup(c => c.WaitForExternalEvent<JsonElement?>(name, It.IsAny<CancellationToken>()))
                .Returns(new TaskCompletionSource<JsonElement?>().Task);
        }

        Answers<StepResult>();
        Answers<OrderStored>();
        Answers<CheckVerdict>();
        Answers<ReviewVerdict>();
        Answers<CancelVerdict>();
    }

    /// <summary>Every activity called, in order.</summary>
    public List<(string Name, object? Input)> Calls { get; } = [];

    public List<SagaReport> Statuses { get; } = [];

    public DateTime? Deadline { get; private set; }

    public bool IsDeadlineOff { get; private set; }

    public SagaReport Report => Calls.Select(call => call.Input).OfType<ReportToStore>().Single().Report;

    public string Path => string.Join(" ", Report.Path);

    public IEnumerable<T> Inputs<T>() => Calls.Select(call => call.Input).OfType<T>();

    public ScriptedSaga Refuse(string activity, string code) => Answer(activity, () => new StepResult(new Refusal(code, "as the test wants it")));

    public ScriptedSaga Fail(string activity) => Answer(activity, () => throw new TaskFailedException(
        activity, 1, new TaskFailureDetails(typeof(TimeoutException).FullName!, "too slow", null, null, null)));

    public ScriptedSaga Flag(string check) => Answer(check, () => new CheckVerdict(new ReviewFlag(check, "odd")));

    public ScriptedSaga Answer(string activity, Func<object> answer)
    {
        if (!_answers.TryGetValue(activity, out var queue))
        {
            _answers[activity] = queue = new Queue<Func<object>>();
        }

        queue.Enqueue(answer);
        return this;
    }

    public ScriptedSaga Raise(string json)
    {
        _events.Enqueue(JsonDocument.Parse(json).RootElement);
        return this;
    }

    public ScriptedSaga PassDeadline()
    {
        _deadline.SetResult();
        return this;
    }

    /// <summary>Takes the order from two locations, and terminates the saga of each: as on Azure, with a failure that has no details.</summary>
    public ScriptedSaga TerminateChildren()
    {
        _context.Setup(c => c.GetInput<OrderSagaInput>()).Returns(_input with { Version = OrderVersions.ByLocation });
        _context.Setup(c => c.CallSubOrchestratorAsync<ChildResult>(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<TaskOptions?>()))
            .Returns((TaskName name, object? _, TaskOptions? _) => name.Name == nameof(FulfilmentSaga)
                ? Task.FromException<ChildResult>(new TaskFailedException(name.Name, 1, failureDetails: null!))
                : Task.FromResult(new ChildResult(SagaOutcome.Failed, [], [], 0, 0)));
        return Answer(OrderActivities.ProcessOrder, () => new OrderStored(Plan: [new LocationPlan("north", ["sku-100"]), new LocationPlan("south", ["sku-200"])]));
    }

    public Task<OrderSagaResult> RunAsync() => OrderSaga.RunAsync(_context.Object);

    public async Task<string> RunToFailureAsync() => (await Assert.ThrowsAsync<SagaFailedException>(RunAsync)).Message;

    private void Answers<T>() => _context
        .Setup(c => c.CallActivityAsync<T>(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<TaskOptions?>()))
        .Returns(async (TaskName name, object? input, TaskOptions? _) =>
        {
            Calls.Add((name.Name, input));
            await Task.Yield();
            return (T)(_answers.TryGetValue(name.Name, out var queue) && queue.TryDequeue(out var answer) ? answer() : Default(name.Name, typeof(T)));
        });

    private static object Default(string activity, Type type) => type == typeof(StepResult) ? StepResult.Done
        : type == typeof(OrderStored) ? new OrderStored()
        : type == typeof(CancelVerdict) ? new CancelVerdict(IsCancelled: false)
        : type == typeof(CheckVerdict) ? CheckVerdict.Pass
        : new ReviewVerdict(Decided: activity == SagaActivities.DecideReview);
}
