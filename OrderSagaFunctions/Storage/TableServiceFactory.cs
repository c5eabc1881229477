using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace OrderSagaFunctions.Storage;

/// <summary>Makes the table client from the settings that the Functions host itself uses for its storage.</summary>
internal static class TableServiceFactory
{
    /// <summary>Makes the client.</summary>
    /// <exception cref="InvalidOperationException">Neither a connection string nor an account is configured.</exception>
    public static TableServiceClient Create(IConfiguration configuration)
    {
        if (configuration["AzureWebJobsStorage"] is { Length: > 0 } connectionString)
        {
            return new TableServiceClient(connectionString);
        }

        // 'AzureWebJobsStorage__accountName' in the environment reads as a section here.
        if (configuration["AzureWebJobsStorage:accountName"] is { Length: > 0 } account)
        {
            return new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), new DefaultAzureCredential());
        }

        throw new InvalidOperationException(
            "No storage is configured. Set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__accountName "
            + "to a storage account that the app's identity may use.");
    }
}
