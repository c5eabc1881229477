using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// The account that <c>UseDevelopmentStorage=true</c> names. The embedded host serves its tables in process: an app's client of
/// that account is replaced by an <see cref="EmbeddedTableServiceClient"/>.
/// </summary>
internal static class DevelopmentStorage
{
    public const string Account = "devstoreaccount1";

    /// <summary>Where the storage emulator would serve the tables.</summary>
    public static Uri Uri { get; } = new($"http://127.0.0.1:10002/{Account}");

    /// <summary>
    /// Replaces what the app has registered as <see cref="TableServiceClient"/> or <see cref="TableClient"/>. A registration's
    /// connection is known once its client is made: one of another account, and a class derived from the client, stay as they are.
    /// </summary>
    /// <param name="services">The app's registrations, once they are complete.</param>
    public static void UseEmbeddedTables(this IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            services[i] = services[i] switch
            {
                { ServiceType: var type } service when type == typeof(TableServiceClient) => Replaced(service, Embedded),
                { ServiceType: var type } service when type == typeof(TableClient) => Replaced(service, EmbeddedTable),
                var other => other,
            };
        }
    }

    /// <summary>Whether a connection string leads to development storage; false also if it is not a connection string.</summary>
    public static bool IsNamedBy(string connection)
    {
        try
        {
            return IsServed(new TableServiceClient(connection));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsServed(TableServiceClient client) => client is { AccountName: Account, Uri.IsLoopback: true };

    private static object Embedded(IServiceProvider provider, object client) =>
        client.GetType() == typeof(TableServiceClient) && IsServed((TableServiceClient)client)
            ? provider.GetRequiredService<EmbeddedTableServiceClient>()
            : client;

    private static object EmbeddedTable(IServiceProvider provider, object client) =>
        client.GetType() == typeof(TableClient) && client is TableClient { AccountName: Account, Uri.IsLoopback: true } table
            ? provider.GetRequiredService<EmbeddedTableServiceClient>().GetTableClient(table.Name)
            : client;

    private static ServiceDescriptor Replaced(ServiceDescriptor service, Func<IServiceProvider, object, object> replace) =>
        service.IsKeyedService
            ? ServiceDescriptor.DescribeKeyed(
                service.ServiceType, service.ServiceKey, (provider, key) => replace(provider, Keyed(service, provider, key)), service.Lifetime)
            : ServiceDescriptor.Describe(service.ServiceType, provider => replace(provider, Unkeyed(service, provider)), service.Lifetime);

    private static object Unkeyed(ServiceDescriptor service, IServiceProvider provider) => service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!);

    private static object Keyed(ServiceDescriptor service, IServiceProvider provider, object? key) => service.KeyedImplementationInstance
        ?? service.KeyedImplementationFactory?.Invoke(provider, key)
        ?? ActivatorUtilities.CreateInstance(provider, service.KeyedImplementationType!);
}
