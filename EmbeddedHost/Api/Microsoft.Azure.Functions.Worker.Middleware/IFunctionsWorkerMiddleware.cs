namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Code that runs around every invocation.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs around <paramref name="next"/>, which it calls at most once.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
