using EmbeddedHost.Hosting.Binding;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>A function that is ready to run: its parameters are bound, its call is compiled on first use.</summary>
internal sealed class HostedFunction
{
    private readonly IReadOnlyList<Argument> _arguments;
    private readonly AwaitedArgument[] _awaited;
    private readonly ObjectFactory? _createTarget;
    private readonly Lazy<Func<object, object?>?> _httpResult;
    private FunctionCall? _call;

    public HostedFunction(FunctionDescriptor descriptor, IReadOnlyList<Argument> arguments)
    {
        Descriptor = descriptor;
        Facts = new FunctionFacts(descriptor);
        _arguments = arguments;
        _awaited = [.. arguments.OfType<AwaitedArgument>()];
        _httpResult = new(() => HttpResultProperty.Of(ReturnValue.TypeOf(descriptor.Method)));
        _createTarget = descriptor.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(descriptor.Method.ReflectedType!, []);
    }

    /// <summary>The method, and what starts it.</summary>
    public FunctionDescriptor Descriptor { get; }

    /// <summary>The function as its invocations see it.</summary>
    public FunctionFacts Facts { get; }

    /// <summary>Binds the parameters of functions.</summary>
    /// <exception cref="HostStartupException">A parameter cannot be filled.</exception>
    public static IReadOnlyList<HostedFunction> Prepare(IEnumerable<FunctionDescriptor> descriptors)
    {
        var errors = new List<string>();
        var functions = new List<HostedFunction>();
        foreach (var descriptor in descriptors)
        {
            var before = errors.Count;
            var arguments = ArgumentBinder.Bind(descriptor, errors);
            if (errors.Count == before)
            {
                functions.Add(new HostedFunction(descriptor, arguments));
            }
        }

        FunctionErrors.ThrowIfAny(errors);
        return functions;
    }

    /// <summary>The HTTP answer in a result; the result itself where it is not one of several outputs.</summary>
    public object? HttpResultOf(object? result) =>
        result is not null && result.GetType() == ReturnValue.TypeOf(Descriptor.Method) && _httpResult.Value is { } read ? read(result) : result;

    /// <summary>Runs the method itself: middleware is around this.</summary>
    public ValueTask<object?> ExecuteAsync(InvocationContext invocation)
    {
        // Two threads may compile at once; either result will do.
        var call = _call ??= FunctionCompiler.Compile(Descriptor.Method, _arguments);
        return _createTarget is null && _awaited.Length == 0 ? call(invocation, target: null) : BindAndCallAsync(call, invocation);
    }

    private async ValueTask<object?> BindAndCallAsync(FunctionCall call, InvocationContext invocation)
    {
        if (_awaited.Length > 0)
        {
            invocation.AwaitedArguments = new object?[_awaited.Length];
            foreach (var argument in _awaited)
            {
                invocation.AwaitedArguments[argument.Index] = await argument.GetAsync(invocation);
            }
        }

        var target = _createTarget?.Invoke(invocation.InstanceServices, arguments: null);
        try
        {
            return await call(invocation, target);
        }
        finally
        {
            if (target is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else
            {
                (target as IDisposable)?.Dispose();
            }
        }
    }
}
