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
    public static void UseEmbeddedTables(this IServiceCollection services) =>
        Replace(services, Served, typeof(TableServiceClient), typeof(TableClient));

    /// <summary>Replaces what the app has registered as one of the types.</summary>
    /// <param name="services">The app's registrations, once they are complete.</param>
    /// <param name="served">What stands for a client that was made, where the host serves its account; else the client itself.</param>
    /// <param name="types">The types.</param>
    public static void Replace(IServiceCollection services, Func<object, IServiceProvider, object> served, params Type[] types)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (types.Contains(services[i].ServiceType))
            {
                services[i] = Replaced(services[i], served);
            }
        }
    }

    /// <summary>Whether an account and its address are those of the storage emulator.</summary>
    public static bool IsAt(string account, Uri address) => account == Account && address.IsLoopback;

    private static ServiceDescriptor Replaced(ServiceDescriptor service, Func<object, IServiceProvider, object> served) => service.IsKeyedService
        ? ServiceDescriptor.DescribeKeyed(
            service.ServiceType, service.ServiceKey, (provider, key) => served(Keyed(service, provider, key), provider), service.Lifetime)
        : ServiceDescriptor.Describe(service.ServiceType, provider => served(Unkeyed(service, provider), provider), service.Lifetime);

    private static object Served(object client, IServiceProvider provider) => client switch
    {
        TableServiceClient service when service.GetType() == typeof(TableServiceClient) && IsAt(service.AccountName, service.Uri) =>
            provider.GetRequiredService<EmbeddedTableServiceClient>(),
        TableClient table when table.GetType() == typeof(TableClient) && IsAt(table.AccountName, table.Uri) =>
            provider.GetRequiredService<EmbeddedTableServiceClient>().GetTableClient(table.Name),
        _ => client,
    };

    private static object Unkeyed(ServiceDescriptor service, IServiceProvider provider) => service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!);

    private static object Keyed(ServiceDescriptor service, IServiceProvider provider, object? key) => service.KeyedImplementationInstance
        ?? service.KeyedImplementationFactory?.Invoke(provider, key)
        ?? ActivatorUtilities.CreateInstance(provider, service.KeyedImplementationType!);
}
