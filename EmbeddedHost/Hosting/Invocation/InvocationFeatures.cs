using System.Collections;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Invocation;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>
/// The objects attached to one invocation, by type. Its executor is the host's own, so that the worker's pipeline, the
/// app's middleware included, ends in the function as the host calls it.
/// </summary>
internal sealed class InvocationFeatures(InvocationContext invocation) :
    IInvocationFeatures, IFunctionExecutor, IFunctionInputBindingFeature, IHttpRequestDataFeature
{
    private Dictionary<Type, object>? _features;

    public void Set<T>(T instance)
    {
        _features ??= [];
        if (instance is null)
        {
            _ = _features.Remove(typeof(T));
        }
        else
        {
            _features[typeof(T)] = instance;
        }
    }

    public T? Get<T>() => _features is not null && _features.TryGetValue(typeof(T), out var feature) ? (T)feature : (T?)Own(typeof(T));

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => (_features ?? []).GetEnumerator();

    /// <inheritdoc />
    public async ValueTask ExecuteAsync(FunctionContext context) => invocation.Result = await invocation.Function.ExecuteAsync(invocation);

    /// <inheritdoc />
    public async ValueTask<FunctionInputBindingResult> BindFunctionInputAsync(FunctionContext context) =>
        new(invocation.Bound ??= await invocation.Function.BindAsync(invocation));

    /// <inheritdoc />
    public ValueTask<HttpRequestData?> GetHttpRequestDataAsync(FunctionContext context) => new(invocation.Trigger as HttpRequestData);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private object? Own(Type type)
    {
        if (type == typeof(IFunctionExecutor) || type == typeof(IFunctionInputBindingFeature) || type == typeof(IHttpRequestDataFeature))
        {
            return this;
        }

        if (type != WorkerInternals.BindingsFeature)
        {
            return null;
        }

        var bindings = WorkerInternals.BindingsOf(invocation);
        (_features ??= [])[type] = bindings;
        return bindings;
    }
}
