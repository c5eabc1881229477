using System.Runtime.CompilerServices;
using DurableTask.Core;
using EmbeddedHost.Tests.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.DurableTask.Worker.Shims;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>An app of orchestrators, activities and entities written as lambdas, in the form that each engine wants. Names match in any case.</summary>
internal sealed class ContractApp
{
    private readonly Dictionary<string, Orchestration> _orchestrations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Work> _activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<ITaskEntity>> _entities = new(StringComparer.OrdinalIgnoreCase);

    public ContractApp Orchestrator<TOut>(string name, Func<TaskOrchestrationContext, Task<TOut>> code) =>
        Orchestrator<object?, TOut>(name, (context, _) => code(context));

    public ContractApp Orchestrator<TIn, TOut>(string name, Func<TaskOrchestrationContext, TIn, Task<TOut>> code)
    {
        _orchestrations[name] = new Orchestration(
            app => app.Orchestrator(name, context => code(context, context.GetInput<TIn>()!)),
            (shims, parent) => shims.CreateOrchestration<TIn, TOut>(name, async (context, input) => await code(context, input!), parent));
        return this;
    }

    public ContractApp Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code)
    {
        _activities[name] = new Work(
            app => app.Activity(name, code),
            shims => shims.CreateActivity<TIn, TOut>(name, async (_, input) => await code(input!)));
        return this;
    }

    // A lambda that only throws fits both.
    [OverloadResolutionPriority(1)]
    public ContractApp Activity<TIn, TOut>(string name, Func<TIn, TOut> code) => Activity<TIn, TOut>(name, input => Task.FromResult(code(input)));

    public ContractApp Entity(string name, Func<ITaskEntity> create)
    {
        _entities[name] = create;
        return this;
    }

    /// <summary>Adds the app's functions to those of a hub of this host.</summary>
    public void AddTo(LambdaFunctions functions)
    {
        foreach (var orchestration in _orchestrations.Values)
        {
            orchestration.AddTo(functions);
        }

        foreach (var activity in _activities.Values)
        {
            activity.AddTo(functions);
        }

        foreach (var (name, create) in _entities)
        {
            functions.Entity(name, create);
        }
    }

    /// <summary>The orchestrator as Microsoft's worker runs it; null if the app has none of that name.</summary>
    public TaskOrchestration? FindOrchestration(string name, DurableTaskShimFactory shims, ParentOrchestrationInstance? parent) =>
        _orchestrations.GetValueOrDefault(name)?.Create(shims, parent);

    /// <summary>The activity as Microsoft's worker runs it; null if the app has none of that name.</summary>
    public TaskActivity? FindActivity(string name, DurableTaskShimFactory shims) => _activities.GetValueOrDefault(name)?.Create(shims);

    private sealed record Orchestration(
        Action<LambdaFunctions> AddTo, Func<DurableTaskShimFactory, ParentOrchestrationInstance?, TaskOrchestration> Create);

    private sealed record Work(Action<LambdaFunctions> AddTo, Func<DurableTaskShimFactory, TaskActivity> Create);
}
