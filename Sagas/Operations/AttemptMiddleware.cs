using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;
using Sagas.Decisions;

namespace Sagas.Operations;

/// <summary>
/// What every attempt at an activity of a saga has around it: a time limit of its own, which Durable Functions does not have; of
/// a compensation, that nothing is undone once its saga has passed the pivot, whoever asks (another run of the saga may, that was
/// restarted, or a child that outlived its stopped parent); and of a pivot, that none is done without passing the gate.
/// </summary>
internal sealed class AttemptMiddleware(
    IOptions<SagaOptions> options, SagaCatalog sagas, CancelGate gate, IEnumerable<IAttemptObserver> observers, TimeProvider time)
    : IFunctionsWorkerMiddleware
{
    private readonly IAttemptObserver[] _observers = [.. observers];

    /// <inheritdoc />
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        sagas.IsActivity(context.FunctionDefinition.Name) ? AttemptAsync(context, next) : next(context);

    /// <exception cref="TimeoutException">
    /// The attempt took too long. What it started may still take effect: the step's compensation leaves a tombstone against that.
    /// </exception>
    private async Task AttemptAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var activity = context.FunctionDefinition.Name;
        var limit = options.Value.AttemptTimeoutOf(activity) ?? sagas.AttemptTimeoutOf(activity) ?? options.Value.AttemptTimeout;
        var cancellation = context.CancellationToken;
        using var deadline = new CancellationTokenSource(limit, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var saga = await BindAsync(context, attempt.Token);
        var key = saga?.Key ?? string.Empty;
        foreach (var observer in _observers)
        {
            observer.Before(activity, key);
        }

        try
        {
            // Waited for beside the token too: an act that ignores its token must not hold the saga.
            await ActAsync(context, next, activity, saga, attempt.Token).WaitAsync(attempt.Token);
        }
        catch (OperationCanceledException cancelled) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{activity} of {key} took longer than the {limit:c} of Saga__AttemptTimeout; the attempt is given up.", cancelled);
        }

        foreach (var observer in _observers)
        {
            observer.After(activity, key);
        }
    }

    private async Task ActAsync(FunctionContext context, FunctionExecutionDelegate next, string activity, SagaId? saga, CancellationToken cancellation)
    {
        if (saga is not null && sagas.IsCompensation(activity) && await gate.IsPassedAsync(saga, cancellation))
        {
            context.GetInvocationResult().Value = StepResult.Done;
            return;
        }

        await next(context);
        // An activity that forgets the gate: whoever cancelled meanwhile was told so, and sees it come true.
        if (saga is not null && sagas.IsPivot(activity)
            && context.GetInvocationResult().Value is StepResult { Refusal: null } done && !ReferenceEquals(done, StepResult.Passed)
            && !await gate.IsPassedAsync(saga, cancellation) && !await gate.TryPassAsync(saga, cancellation))
        {
            context.GetInvocationResult().Value = new StepResult(Refusal.Cancelled);
        }
    }

    /// <summary>Binds the activity's arguments, with the attempt's token in place of the host's.</summary>
    /// <returns>Whose activity it is; null if its input does not say.</returns>
    private static async Task<SagaId?> BindAsync(FunctionContext context, CancellationToken cancellation)
    {
        var values = (await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context)).Values;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is CancellationToken)
            {
                values[i] = cancellation;
            }
        }

        return values.OfType<ISagaInput>().FirstOrDefault()?.Saga;
    }
}
