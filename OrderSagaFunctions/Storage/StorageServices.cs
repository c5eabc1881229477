using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Storage;

/// <summary>What keeps the app's rows: the tables of its storage account.</summary>
internal static class StorageServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddHostedService<StorageStartup>();
        return services;
    }
}
