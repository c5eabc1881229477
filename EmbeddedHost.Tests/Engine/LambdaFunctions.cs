using System.Collections.Concurrent;
using System.Text.Json;
using DurableTask.Core.Entities;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Engine.Contracts;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Engine;

/// <summary>An app of orchestrators, activities and entities that are lambdas, with the serialiser of its payloads. Names match in any case.</summary>
internal sealed class LambdaFunctions : IFunctionRegistry, IPayloadSerializer
{
    private readonly ConcurrentDictionary<string, OrchestratorFunction> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ActivityFunction> _activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, EntityFunction> _entities = new(StringComparer.OrdinalIgnoreCase);

    public void Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> code) =>
        _orchestrators[name] = async context => await code(context);

    /// <summary>Takes an orchestrator out of the app, as a deployment without it would.</summary>
    public void Remove(string orchestrator) => _ = _orchestrators.TryRemove(orchestrator, out _);

    public void Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code) =>
        _activities[name] = async (call, _) => Serialize(await code((TIn)Deserialize(call.Input, typeof(TIn))!));

    /// <summary>An activity that sees the host's cancellation.</summary>
    public void Activity(string name, Func<CancellationToken, Task> code) => _activities[name] = async (_, stopping) =>
    {
        await code(stopping);
        return null;
    };

    /// <summary>An entity, run as the worker runs it.</summary>
    public void Entity(string name, Func<ITaskEntity> create, ILoggerFactory? loggers = null)
    {
        var shims = new DurableTaskShimFactory(
            new DurableTaskWorkerOptions { DataConverter = new SerializerDataConverter(this) }, loggers ?? NullLoggerFactory.Instance);
        Entity(name, async (batch, _) =>
            await shims.CreateEntity(name, create(), EntityId.FromString(batch.InstanceId!)).ExecuteOperationBatchAsync(batch));
    }

    /// <summary>An entity's function itself.</summary>
    public void Entity(string name, EntityFunction function) => _entities[name] = function;

    public OrchestratorFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);

    public EntityFunction? FindEntity(string name) => _entities.GetValueOrDefault(name);

    public byte[]? Serialize(object? value) => value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, value.GetType());

    public object? Deserialize(byte[]? data, Type type) => data is null ? null : JsonSerializer.Deserialize(data, type);
}
