using System.Text.Json;
using Azure.Core.Serialization;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Http;
using EmbeddedHost.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using RetryContext = Microsoft.Azure.Functions.Worker.RetryContext;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>
/// One invocation. What a function may ask for but rarely does (a scope, an id, features) is made when asked for, so
/// that an activity that only takes its input costs this object and nothing else.
/// </summary>
internal sealed class InvocationContext : FunctionContext, IAsyncDisposable
{
    private readonly InvocationServices _services;
    private readonly TimeLimit? _limit;
    private AsyncServiceScope? _scope;
    private IServiceProvider? _instanceServices;
    private string? _invocationId;
    private TraceContext? _trace;
    private BindingContext? _binding;
    private IDictionary<object, object>? _items;
    private InvocationFeatures? _features;
    private Dictionary<string, object?>? _outputs;

    /// <summary>An invocation by an orchestration's context, by an activity's payload (null is no input), or by an entity's operations.</summary>
    public InvocationContext(HostedFunction function, InvocationServices services, object? trigger, CancellationToken cancellationToken)
    {
        Function = function;
        Trigger = trigger;
        _services = services;
        CancellationToken = cancellationToken;
        if (services.Timeout is { } limit && function.Descriptor.Kind != TriggerKind.Orchestration)
        {
            _limit = new TimeLimit(limit, services.Time, cancellationToken);
            CancellationToken = _limit.Token;
        }
    }

    /// <summary>An invocation by a request, which knows its invocation.</summary>
    public InvocationContext(
        HostedFunction function, InvocationServices services, Func<FunctionContext, HttpRequestData> request, CancellationToken cancellationToken)
        : this(function, services, trigger: (object?)null, cancellationToken) => Trigger = request(this);

    /// <summary>The function that runs.</summary>
    public HostedFunction Function { get; }

    /// <summary>The request, the orchestration's context, an activity's payload, an entity's operations, a queue's message, or the JSON of a timer.</summary>
    public object? Trigger { get; }

    /// <summary>The orchestration that decides, or that an activity works for; the entity.</summary>
    public string? InstanceId
    {
        get => field ?? (Trigger as TaskOrchestrationContext)?.InstanceId;
        init;
    }

    /// <summary>Which attempt it is, of a function that has a retry policy of its own; null: its only one.</summary>
    public RetryContext? Retry { get; init; }

    /// <summary>Whether the function took longer than it may.</summary>
    public bool HasTimedOut => _limit is { HasExpired: true };

    /// <summary>Arguments that took waiting for, by their place among them.</summary>
    public object?[]? AwaitedArguments { get; set; }

    /// <summary>The arguments, if middleware has asked for them.</summary>
    public object?[]? Bound { get; set; }

    /// <summary>What the function returned, or what middleware put in its place.</summary>
    public object? Result { get; set; }

    /// <summary>The HTTP answer: the result, or its part in a result of several outputs, or what middleware put in its place.</summary>
    public object? HttpResult => !Function.HttpOutput.Exists ? Result as HttpResponseData : _outputs?.GetValueOrDefault(Function.HttpOutput.Name) ?? Function.HttpOutput.ReadFrom(Result);

    /// <summary>The function's outputs by name, for middleware to look at and to replace.</summary>
    public IDictionary<string, object?> Outputs => _outputs ??= new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        [Function.HttpOutput.Name] = Function.HttpOutput.ReadFrom(Result),
    }.With(Function.QueueOutputs, Result);

    public override FunctionDefinition FunctionDefinition => Function.Facts;

    public override string FunctionId => FunctionDefinition.Id;

    public override string InvocationId => _invocationId ??= InvocationIds.Next();

    public override TraceContext TraceContext => _trace ??= new CurrentTrace();

    public override RetryContext RetryContext => Retry ?? NoRetry.Instance;

    public override BindingContext BindingContext => _binding ??= new TriggerValues(Trigger switch
    {
        EmbeddedRequest request => request.RouteAndQueryValues(),
        QueueTriggerMessage message => message.Values,
        _ => TriggerValues.OfInstance(InstanceId),
    });

    public override IDictionary<object, object> Items
    {
        get => _items ??= new Dictionary<object, object>();
        set => _items = value;
    }

    public override IInvocationFeatures Features => _features ??= new InvocationFeatures(this);

    public override CancellationToken CancellationToken { get; }

    public override IServiceProvider InstanceServices
    {
        get => _instanceServices ??= (_scope ??= _services.Scopes.CreateAsyncScope()).ServiceProvider;
        set => _instanceServices = value;
    }

    /// <summary>The request that started the function.</summary>
    public HttpRequestData Request => (HttpRequestData)Trigger!;

    /// <summary>The web server's side of the request.</summary>
    public HttpContext Http => ((EmbeddedRequest)Trigger!).Http;

    /// <summary>Whether the function has the web server's side of the request, and answers by it.</summary>
    public bool HasHttp { get; private set; }

    /// <summary>The orchestration that the function decides for.</summary>
    public TaskOrchestrationContext Orchestration => (TaskOrchestrationContext)Trigger!;

    /// <summary>The operations that an entity is to run.</summary>
    public TaskEntityDispatcher Operations => ((EntityBatch)Trigger!).Dispatcher(InstanceServices);

    /// <summary>The app's serializer.</summary>
    public ObjectSerializer Serializer => _services.Serializer;

    /// <summary>The task hub's client.</summary>
    public DurableTaskClient Client => HasHttp ? ((EmbeddedRequest)Trigger!).WithAddress(_services.Client) : _services.Client;

    /// <summary>The worker's converters, in the order in which they are asked.</summary>
    public IEnumerable<Type> Converters => _services.Converters;

    /// <summary>A converter of the worker or of an extension of it.</summary>
    public IInputConverter ConverterOf(Type type) => _services.ConverterOf(type);

    /// <summary>What the function gives to a queue, or what middleware put in its place.</summary>
    public object? OutputOf(QueueOutput output) => _outputs is not null ? _outputs.GetValueOrDefault(output.Name) : output.ReadFrom(Result);

    /// <summary>The host's own context behind a function's.</summary>
    /// <exception cref="InvalidOperationException">The context is not the host's.</exception>
    public static InvocationContext From(FunctionContext context) => context as InvocationContext
        ?? throw new InvalidOperationException(
            $"Expected the {nameof(FunctionContext)} that the host made for the invocation, found '{context?.GetType().Name}': " +
            "middleware hands on the context that it was given.");

    /// <summary>An activity's input.</summary>
    /// <exception cref="FunctionInputConverterException">The payload is not one of the type's.</exception>
    public T? ReadPayload<T>() => ReadPayload(typeof(T)) is { } value ? (T)value : default;

    /// <inheritdoc cref="ReadPayload{T}" />
    public object? ReadPayload(Type type)
    {
        try
        {
            return _services.Payloads.Deserialize((byte[]?)Trigger, type);
        }
        catch (JsonException e)
        {
            throw new FunctionInputConverterException(
                $"Activity '{FunctionDefinition.Name}': the input is not the JSON of a '{type.Name}'. {e.Message}", e);
        }
    }

    /// <summary>An orchestration's input.</summary>
    public object? ReadInput(Type type) => ((OrchestratorContext)Trigger!).ReadInput(type);

    /// <summary>An argument that was waited for.</summary>
    public T? Awaited<T>(int index) => AwaitedArguments![index] is { } value ? (T)value : default;

    /// <summary>The web server's side of the request, for the function: with its services, and with a body that is in memory.</summary>
    public HttpContext OpenHttp()
    {
        HasHttp = true;
        var http = Http;
        http.RequestServices = InstanceServices;
        http.Request.Body = ((EmbeddedRequest)Trigger!).OpenBody();
        return http;
    }

    /// <summary>Runs the function through the app's middleware, for no longer than it may take.</summary>
    /// <exception cref="TimeoutException">It took longer than that.</exception>
    public Task RunAsync(FunctionExecutionDelegate pipeline) => _limit is null
        ? pipeline(this)
        : _limit.EnforceAsync(Function.Descriptor.FunctionName, () => pipeline(this));

    /// <summary>Waits for a function that has timed out to end after all.</summary>
    public Task WaitForEndAsync() => _limit?.WaitForEndAsync() ?? Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        if (!HasTimedOut)
        {
            return FreeAsync();
        }

        // The caller goes on; the function keeps its services for as long as it uses them.
        _ = FreeAtEndAsync();
        return default;
    }

    private async Task FreeAtEndAsync()
    {
        await WaitForEndAsync();
        await FreeAsync();
    }

    private ValueTask FreeAsync()
    {
        _limit?.Dispose();
        return _scope?.DisposeAsync() ?? default;
    }
}
