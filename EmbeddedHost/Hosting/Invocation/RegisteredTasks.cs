using System.Reflection;
using System.Text.Json.Nodes;
using EmbeddedHost.Hosting.Discovery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Execution;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>
/// Orchestrators, activities and entities that are classes, or delegates, of a <see cref="DurableTaskRegistry"/>: as the Durable
/// extension does, each becomes a function of its name.
/// </summary>
internal sealed class RegisteredTasks(IEnumerable<IFunctionMetadataTransformer> transformers, IDurableTaskFactory? factory = null)
{
    private static readonly MethodInfo OrchestratorMethod = Method(nameof(Orchestrator));
    private static readonly MethodInfo ActivityMethod = Method(nameof(Activity));
    private static readonly MethodInfo EntityMethod = Method(nameof(Entity));

    /// <summary>The functions.</summary>
    /// <exception cref="HostStartupException">One is of a kind that this host does not serve.</exception>
    public IEnumerable<HostedFunction> Find()
    {
        // The extension tells what is registered in the same way as it tells the Functions host.
        var found = new List<IFunctionMetadata>();
        foreach (var transformer in transformers)
        {
            transformer.Transform(found);
        }

        return found.OfType<DurableFunctionMetadata>().Select(Describe);
    }

    private HostedFunction Describe(DurableFunctionMetadata task) => (string?)JsonNode.Parse(task.RawBindings![0])!["type"] switch
    {
        "orchestrationTrigger" => Function(task.Name!, OrchestratorMethod, new OrchestrationTriggerAttribute(), invocation => RunOrchestratorAsync(task.Name!, invocation)),
        "activityTrigger" => Function(task.Name!, ActivityMethod, new ActivityTriggerAttribute(), invocation => RunActivityAsync(task.Name!, invocation)),
        "entityTrigger" => Function(task.Name!, EntityMethod, new EntityTriggerAttribute(), invocation => RunEntityAsync(task.Name!, invocation)),
        var other => throw new HostStartupException(
            $"'{task.Name}' is registered with the trigger '{other}'; the embedded host serves orchestrators, activities and entities."),
    };

    private static HostedFunction Function(
        string name, MethodInfo method, TriggerBindingAttribute trigger, Func<InvocationContext, ValueTask<object?>> run) =>
        new(new FunctionDescriptor(name, method, method.GetParameters()[0], trigger), (invocation, _) => run(invocation));

    private async ValueTask<object?> RunOrchestratorAsync(string name, InvocationContext invocation)
    {
        if (!factory!.TryCreateOrchestrator(name, invocation.InstanceServices, out var orchestrator))
        {
            throw new InvalidOperationException($"The orchestrator '{name}' is not registered any more.");
        }

        return await orchestrator.RunAsync(invocation.Orchestration, invocation.ReadInput(orchestrator.InputType));
    }

    private async ValueTask<object?> RunActivityAsync(string name, InvocationContext invocation)
    {
        if (!factory!.TryCreateActivity(name, invocation.InstanceServices, out var activity))
        {
            throw new InvalidOperationException($"The activity '{name}' is not registered any more.");
        }

        return await activity.RunAsync(new ActivityContext(name, invocation.InstanceId!), invocation.ReadPayload(activity.InputType));
    }

    private async ValueTask<object?> RunEntityAsync(string name, InvocationContext invocation)
    {
        if (factory is not IDurableTaskFactory2 factory2 || !factory2.TryCreateEntity(name, invocation.InstanceServices, out var entity))
        {
            throw new InvalidOperationException($"The entity '{name}' is not registered any more.");
        }

        await invocation.Operations.DispatchAsync(entity);
        return null;
    }

    private static MethodInfo Method(string name) => typeof(RegisteredTasks).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    // What stands for the class in what an invocation tells of its function.
    private static void Orchestrator(TaskOrchestrationContext context) => throw new NotSupportedException(context.Name);

    private static void Activity(object input) => throw new NotSupportedException(input.ToString());

    private static void Entity(TaskEntityDispatcher operations) => throw new NotSupportedException(operations.GetType().Name);

    private sealed class ActivityContext(TaskName name, string instanceId) : TaskActivityContext
    {
        public override TaskName Name => name;

        public override string InstanceId => instanceId;
    }
}
