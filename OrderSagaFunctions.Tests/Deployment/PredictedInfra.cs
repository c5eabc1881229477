using System.Text.Json;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>What a deployment makes on each backend, predicted once.</summary>
public sealed class PredictedInfra : IAsyncLifetime
{
    private readonly Dictionary<string, IReadOnlyList<JsonElement>> _ofBackend = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        if (Bicep.Compiler is not null)
        {
            foreach (var backend in (string[])["AzureStorage", "DurableTaskScheduler"])
            {
                _ofBackend[backend] = await Bicep.PredictAsync(
                    ("environmentName", "orders-test"), ("location", "westeurope"), ("durableBackend", backend));
            }
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The properties of every resource of a type.</summary>
    public IReadOnlyList<JsonElement> PropertiesOf(string backend, string type) =>
    [
        .. _ofBackend[backend]
            .Where(resource => resource.GetProperty("type").GetString() == type)
            .Select(static resource => resource.TryGetProperty("properties", out var properties) ? properties : default),
    ];

    /// <summary>The roles that the app's identity is given.</summary>
    public IEnumerable<string> RolesOf(string backend) => PropertiesOf(backend, "Microsoft.Authorization/roleAssignments")
        .Select(static assignment => assignment.GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]);
}
