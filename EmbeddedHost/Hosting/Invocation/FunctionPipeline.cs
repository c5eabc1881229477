using Microsoft.Azure.Functions.Worker.Middleware;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>The app's middleware around its functions; where there is none, nothing.</summary>
internal sealed class FunctionPipeline
{
    private readonly FunctionExecutionDelegate? _outermost;

    /// <summary>Chains middleware, the first outermost.</summary>
    public FunctionPipeline(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        if (middleware.Count > 0)
        {
            _outermost = middleware.Reverse().Aggregate(Innermost, (next, wrap) => wrap(next));
        }
    }

    private static FunctionExecutionDelegate Innermost => async context =>
    {
        var invocation = InvocationContext.From(context);
        invocation.Result = await invocation.Function.ExecuteAsync(invocation);
    };

    /// <summary>Runs an invocation; returns what the function returned, or what middleware put in its place.</summary>
    public ValueTask<object?> InvokeAsync(InvocationContext invocation) =>
        _outermost is null ? invocation.Function.ExecuteAsync(invocation) : ThroughMiddlewareAsync(_outermost, invocation);

    private static async ValueTask<object?> ThroughMiddlewareAsync(FunctionExecutionDelegate outermost, InvocationContext invocation)
    {
        await outermost(invocation);
        return invocation.Result;
    }
}
