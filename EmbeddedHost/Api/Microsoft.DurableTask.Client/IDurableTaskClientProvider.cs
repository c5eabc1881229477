namespace Microsoft.DurableTask.Client;

/// <summary>Finds clients by name.</summary>
public interface IDurableTaskClientProvider
{
    /// <summary>The client of a name; without one, the default client.</summary>
    DurableTaskClient GetClient(string? name = null);
}
