using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>Refuses a storage connection that leads elsewhere than to the host's own tables.</summary>
internal static class StorageSetting
{
    private const string AddressKey = "tableServiceUri";
    private const string Advice =
        $"The embedded host serves its own tables alone: set {HostConfiguration.StorageKey} to UseDevelopmentStorage=true or leave it out, "
        + "or build for Azure with -p:DurableHost=Azure.";

    /// <exception cref="HostStartupException">The setting is empty, is no connection, or leads to another account.</exception>
    public static void Check(IConfiguration configuration, string account)
    {
        var storage = configuration.GetSection(HostConfiguration.StorageKey);
        foreach (var part in storage.GetChildren())
        {
            var name = $"{HostConfiguration.StorageKey}__{part.Key}";
            if (part.Key.Equals(AddressKey, StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(part.Value, UriKind.Absolute, out var address))
            {
                Check(name, () => TableAccount.Parse(address).Account, account);
            }
            else
            {
                throw new HostStartupException($"Setting {name} is for a storage account in Azure. {Advice}");
            }
        }

        if (string.IsNullOrWhiteSpace(storage.Value))
        {
            throw new HostStartupException($"Setting {HostConfiguration.StorageKey} is empty. {Advice}");
        }

        Check(HostConfiguration.StorageKey, () => TableAccount.Parse(storage.Value), account);
    }

    private static void Check(string name, Func<TableAccount> parse, string served)
    {
        try
        {
            // The value stays out of the sentence: it may hold a key.
            var account = parse().Name;
            if (account != served && account != TableDatabases.CurrentAccount)
            {
                throw new HostStartupException($"Setting {name} names the table account '{account}'. {Advice}");
            }
        }
        catch (NotSupportedException e)
        {
            // It says by itself what to do.
            throw new HostStartupException($"Setting {name}: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new HostStartupException($"Setting {name}: {e.Message} {Advice}", e);
        }
    }
}
