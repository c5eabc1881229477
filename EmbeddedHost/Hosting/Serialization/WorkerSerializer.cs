using Azure.Core.Serialization;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting.Serialization;

/// <summary>Finds the app's serializer.</summary>
internal static class WorkerSerializer
{
    /// <summary>The serializer of the app that the invocation belongs to.</summary>
    /// <exception cref="InvalidOperationException">The invocation's services hold none.</exception>
    public static ObjectSerializer Of(FunctionContext context) =>
        (context as InvocationContext)?.Serializer
        ?? context.InstanceServices?.GetService<IOptions<WorkerOptions>>()?.Value.Serializer
        ?? throw new InvalidOperationException(
            $"No serializer: expected {nameof(WorkerOptions)}.{nameof(WorkerOptions.Serializer)} among the invocation's services. " +
            $"A test that makes its own {nameof(FunctionContext)} registers it with services.Configure<{nameof(WorkerOptions)}>(…).");
}
