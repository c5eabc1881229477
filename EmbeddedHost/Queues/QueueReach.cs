using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>Asks, before the start, each storage account that functions are bound to: a wrong key or a missing account is told once.</summary>
internal sealed class QueueReach(FunctionCatalog catalog, QueueConnections connections, QueueNames names, IConfiguration configuration)
{
    /// <exception cref="Hosting.HostStartupException">An account cannot be reached, or refuses.</exception>
    public async Task CheckAsync()
    {
        var bound =
            from function in catalog.Functions
            let name = function.Descriptor.FunctionName
            where !DisabledFunctions.Has(configuration, name)
            from binding in QueueNames.BindingsOf(function)
            select (name, binding.What, binding.Binding);
        var errors = await Task.WhenAll(bound
            .GroupBy(static bound => QueueConnections.NameOf(bound.Binding), StringComparer.Ordinal)
            .Select(static group => group.ToArray())
            .Select(ErrorAsync));
        FunctionErrors.ThrowIfAny([.. errors.OfType<string>()]);
    }

    private async Task<string?> ErrorAsync(IReadOnlyList<(string Function, string What, QueueBinding Binding)> bound)
    {
        // One of its queues tells; a trigger's first, which asks for more rights.
        var first = bound.OrderBy(static bound => bound.What != QueueNames.TriggerInCode).First();
        if (connections.Of(first.Binding) is not AccountQueueBackend account
            || await account.RefusalAsync(names.Resolve(first.Binding), mayOnlySend: first.What != QueueNames.TriggerInCode) is not { } refusal)
        {
            return null;
        }

        var functions = bound.Select(static bound => bound.Function).Distinct(StringComparer.Ordinal).ToArray();
        return $"Function{(functions.Length > 1 ? "s" : "")} '{string.Join("', '", functions)}': {refusal}";
    }
}
