using System.Collections.Frozen;
using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Http.Outgoing;
using EmbeddedHost.Queues;
using EmbeddedHost.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using RetryContext = Microsoft.Azure.Functions.Worker.RetryContext;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>The app's functions, as the HTTP side and the engine call them.</summary>
internal sealed class FunctionCatalog : IFunctionRegistry
{
    private readonly FrozenDictionary<string, OrchestratorFunction> _orchestrators;
    private readonly FrozenDictionary<string, ActivityFunction> _activities;
    private readonly FrozenDictionary<string, EntityFunction> _entities;
    private readonly InvocationServices _services;
    private readonly FunctionExecutionDelegate _pipeline;
    private readonly HttpCallActivity _httpCalls;

    /// <exception cref="HostStartupException">Two functions share a name, or one is of a kind that this host does not serve.</exception>
    public FunctionCatalog(
        IReadOnlyList<HostedFunction> methods, RegisteredTasks tasks, InvocationServices services, FunctionExecutionDelegate pipeline, HttpCallActivity httpCalls)
    {
        _httpCalls = httpCalls;
        Functions = [.. methods, .. tasks.Find()];
        FunctionScanner.RefuseDuplicates([.. Functions.Select(static function => function.Descriptor)]);
        _services = services;
        _pipeline = pipeline;
        _orchestrators = ByName<OrchestratorFunction>(TriggerKind.Orchestration, function => context => RunOrchestratorAsync(function, context));
        _activities = ByName<ActivityFunction>(TriggerKind.Activity, function => (call, token) => RunActivityAsync(function, call, token));
        _entities = ByName<EntityFunction>(TriggerKind.Entity, function => (batch, token) => RunEntityAsync(function, batch, token));
    }

    /// <summary>All functions, by name.</summary>
    public IReadOnlyList<HostedFunction> Functions { get; }

    public OrchestratorFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => _activities.TryGetValue(name, out var activity)
        ? activity
        : name == HttpCallActivity.Name ? _httpCalls.RunAsync : null;

    public EntityFunction? FindEntity(string name) => _entities.GetValueOrDefault(name);

    /// <summary>A new invocation by a request; the caller disposes of it once the result is used up.</summary>
    public InvocationContext NewInvocation(
        HostedFunction function, Func<FunctionContext, HttpRequestData> request, CancellationToken cancellationToken) =>
        new(function, _services, request, cancellationToken);

    /// <summary>Runs an invocation by a request through the app's middleware; its HTTP result is there then, and its other outputs are written.</summary>
    /// <exception cref="TimeoutException">It took longer than it may.</exception>
    public async Task InvokeAsync(InvocationContext invocation)
    {
        using var scope = _services.BeginScope(invocation);
        await invocation.RunAsync(_pipeline);
        await WriteOutputsAsync(invocation);
    }

    /// <summary>A new invocation by a trigger that nobody waits for an answer of.</summary>
    public InvocationContext NewInvocation(HostedFunction function, string trigger, RetryContext retry, CancellationToken cancellationToken) =>
        new(function, _services, trigger, cancellationToken) { Retry = retry };

    /// <summary>Runs such an invocation through the app's middleware, clears up after it, and writes its outputs.</summary>
    /// <exception cref="TimeoutException">It took longer than it may.</exception>
    public async Task RunAsync(InvocationContext invocation)
    {
        await await RunToEndAsync(invocation);
        await WriteOutputsAsync(invocation);
    }

    /// <summary>Runs a queue function on a message, and sends what it gives to queues, except to some: what goes there is returned.</summary>
    public async Task<IReadOnlyList<NewMessage>> RunQueueAsync(
        HostedFunction function, QueueTriggerMessage message, IQueueBackend? except, CancellationToken cancellationToken)
    {
        var invocation = new InvocationContext(function, _services, message, cancellationToken);
        await await RunToEndAsync(invocation);
        return function.QueueOutputs.Count == 0 ? [] : await _services.QueueOutputs.WriteAsync(invocation, except);
    }

    /// <summary>Writes what a function gives to queues, once it has succeeded.</summary>
    private ValueTask WriteOutputsAsync(InvocationContext invocation) =>
        invocation.Function.QueueOutputs.Count == 0 ? default : new ValueTask(_services.QueueOutputs.WriteAsync(invocation));

    private async Task<object?> RunOrchestratorAsync(HostedFunction function, TaskOrchestrationContext context)
    {
        var invocation = new InvocationContext(function, _services, context, CancellationToken.None);
        await await RunToEndAsync(invocation);
        return invocation.Result;
    }

    private async ValueTask<byte[]?> RunActivityAsync(HostedFunction function, ActivityCall call, CancellationToken cancellationToken)
    {
        var invocation = new InvocationContext(function, _services, call.Input, cancellationToken) { InstanceId = call.InstanceId };
        await await RunToEndAsync(invocation);
        await WriteOutputsAsync(invocation);
        return _services.Payloads.Serialize(QueueOutput.ResultBeside(function.QueueOutputs, invocation.Result));
    }

    private async ValueTask<EntityBatchResult> RunEntityAsync(HostedFunction function, EntityBatchRequest request, CancellationToken cancellationToken)
    {
        var batch = new EntityBatch(request);
        var invocation = new InvocationContext(function, _services, batch, cancellationToken) { InstanceId = request.InstanceId };
        var run = await RunToEndAsync(invocation);
        if (invocation.HasTimedOut)
        {
            // One batch at a time: the next one waits for the real end of this one.
            _services.LogEntityOverTime(request.InstanceId);
            await invocation.WaitForEndAsync();
        }

        await run;
        return batch.ReadResult(function.Descriptor.FunctionName);
    }

    /// <summary>The run, ended and cleared up after. Its failure is the caller's to throw: each time that costs.</summary>
    private async Task<Task> RunToEndAsync(InvocationContext invocation)
    {
        Task run;
        using (_services.BeginScope(invocation))
        {
            run = invocation.RunAsync(_pipeline);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await invocation.DisposeAsync();
        }

        return run;
    }

    private FrozenDictionary<string, T> ByName<T>(TriggerKind kind, Func<HostedFunction, T> run) => Functions
        .Where(function => function.Descriptor.Kind == kind)
        .ToFrozenDictionary(function => function.Descriptor.Name, run, StringComparer.OrdinalIgnoreCase);
}
