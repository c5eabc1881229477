using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Binding;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Http;
using EmbeddedHost.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>A function that is ready to run: its parameters are bound; what makes its object and its call is compiled on first use.</summary>
internal sealed class HostedFunction
{
    // What is compiled is good for every host of a process, and tests start many.
    private static readonly ConditionalWeakTable<FunctionDescriptor, HostedFunction> Known = [];

    private readonly IReadOnlyList<Argument> _arguments;
    private readonly AwaitedArgument[] _awaited;
    private ObjectFactory? _createTarget;
    private FunctionCall? _call;
    private FunctionCall? _callBound;
    private Func<InvocationContext, object?[]>? _bind;

    public HostedFunction(FunctionDescriptor descriptor, IReadOnlyList<Argument> arguments)
    {
        Descriptor = descriptor;
        HttpOutput = HttpOutput.Of(descriptor.Method);
        QueueOutputs = QueueOutput.Of(descriptor.Method);
        Facts = new FunctionFacts(descriptor, HttpOutput, QueueOutputs);
        _arguments = arguments;
        _awaited = [.. arguments.OfType<AwaitedArgument>()];
    }

    /// <summary>A function that is something else than a call of its method.</summary>
    public HostedFunction(FunctionDescriptor descriptor, FunctionCall call)
        : this(descriptor, []) => _call = call;

    /// <summary>The method, and what starts it.</summary>
    public FunctionDescriptor Descriptor { get; }

    /// <summary>The function as its invocations see it.</summary>
    public FunctionFacts Facts { get; }

    /// <summary>Where the HTTP answer is in what the method returns.</summary>
    public HttpOutput HttpOutput { get; }

    /// <summary>What of the result goes to queues.</summary>
    public IReadOnlyList<QueueOutput> QueueOutputs { get; }

    /// <summary>Binds the parameters of functions.</summary>
    /// <exception cref="HostStartupException">A parameter cannot be filled.</exception>
    public static IReadOnlyList<HostedFunction> Prepare(IEnumerable<FunctionDescriptor> descriptors)
    {
        var errors = new List<string>();
        var functions = new List<HostedFunction>();
        foreach (var descriptor in descriptors)
        {
            if (!Known.TryGetValue(descriptor, out var function))
            {
                if (UnservedBindings.Of(descriptor) is { Count: > 0 } unserved)
                {
                    functions.Add(new HostedFunction(descriptor, (_, _) => throw new UnservedBindingException(descriptor, unserved)));
                    continue;
                }

                var before = errors.Count;
                var arguments = ArgumentBinder.Bind(descriptor, errors);
                if (errors.Count > before)
                {
                    continue;
                }

                function = Known.GetValue(descriptor, known => new HostedFunction(known, arguments));
            }

            functions.Add(function);
        }

        FunctionErrors.ThrowIfAny(errors);
        return functions;
    }

    /// <summary>The arguments of an invocation, as middleware asks for them; what it puts in their place the method is called with.</summary>
    public async ValueTask<object?[]> BindAsync(InvocationContext invocation)
    {
        await AwaitArgumentsAsync(invocation);
        return (_bind ??= FunctionCompiler.CompileArguments(_arguments))(invocation);
    }

    /// <summary>Runs the method itself: middleware is around this.</summary>
    public ValueTask<object?> ExecuteAsync(InvocationContext invocation)
    {
        // Two threads may compile at once; either result will do.
        if (invocation.Bound is { Length: > 0 })
        {
            return CallAsync(_callBound ??= FunctionCompiler.CompileBound(Descriptor.Method), invocation);
        }

        var call = _call ??= FunctionCompiler.Compile(Descriptor.Method, _arguments);
        return _awaited.Length == 0 ? CallAsync(call, invocation) : BindAndCallAsync(call, invocation);
    }

    private async ValueTask<object?> BindAndCallAsync(FunctionCall call, InvocationContext invocation)
    {
        await AwaitArgumentsAsync(invocation);
        return await CallAsync(call, invocation);
    }

    private async ValueTask AwaitArgumentsAsync(InvocationContext invocation)
    {
        invocation.AwaitedArguments = new object?[_awaited.Length];
        foreach (var argument in _awaited)
        {
            invocation.AwaitedArguments[argument.Index] = await argument.GetAsync(invocation);
        }
    }

    private ValueTask<object?> CallAsync(FunctionCall call, InvocationContext invocation)
    {
        var target = Descriptor.Method.IsStatic
            ? null
            : (_createTarget ??= ActivatorUtilities.CreateFactory(Descriptor.Method.DeclaringType!, []))(invocation.InstanceServices, arguments: null);
        return target is IAsyncDisposable or IDisposable ? CallAndDisposeAsync(call, invocation, target) : call(invocation, target);
    }

    private static async ValueTask<object?> CallAndDisposeAsync(FunctionCall call, InvocationContext invocation, object target)
    {
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
                ((IDisposable)target).Dispose();
            }
        }
    }
}
