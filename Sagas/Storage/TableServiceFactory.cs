using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Sagas.Storage;

/// <summary>Makes the table client from the settings that the Functions host itself uses for its storage.</summary>
public static class TableServiceFactory
{
    /// <summary>Makes the client.</summary>
    /// <exception cref="InvalidOperationException">Neither a connection string nor an account is configured.</exception>
    public static TableServiceClient Create(IConfiguration configuration)
    {
        // 'AzureWebJobsStorage__…' in the environment reads as a section here.
        var storage = configuration.GetSection("AzureWebJobsStorage");
        return storage.Value is { Length: > 0 } connectionString ? new TableServiceClient(connectionString)
            : Endpoint(storage) is { } endpoint ? new TableServiceClient(endpoint, Identity(storage))
            : throw new InvalidOperationException(
                "No storage is configured. Set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__accountName "
                + "to a storage account that the app's identity may use, or AzureWebJobsStorage__tableServiceUri to its address.");
    }

    /// <summary>Where the tables of an account without a connection string are; null where none is named.</summary>
    /// <exception cref="InvalidOperationException">The address is none.</exception>
    public static Uri? Endpoint(IConfiguration storage) => (storage["tableServiceUri"], storage["accountName"]) switch
    {
        ({ Length: > 0 } given, _) => Uri.TryCreate(given, UriKind.Absolute, out var address)
            ? address
            : throw new InvalidOperationException(
                $"AzureWebJobsStorage__tableServiceUri is '{given}': expected an address such as https://NAME.table.core.windows.net."),
        (_, { Length: > 0 } account) => new Uri($"https://{account}.table.core.windows.net"),
        _ => null,
    };

    private static DefaultAzureCredential Identity(IConfiguration storage) => storage["clientId"] is { Length: > 0 } assigned
        ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = assigned })
        : new DefaultAzureCredential();
}
