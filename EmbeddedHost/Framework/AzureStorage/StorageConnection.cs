using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Framework.AzureStorage;

/// <summary>
/// A storage account as settings name it, in the Functions host's way: by a connection string, or by the account and an identity.
/// </summary>
internal sealed class StorageConnection
{
    private readonly string? _text;
    private readonly Identified? _account;

    private StorageConnection(string name, IConfigurationSection section)
    {
        Setting = name;
        if (section.Value is { Length: > 0 } text)
        {
            _text = text;
            return;
        }

        var account = section["accountName"];
        _account = new Identified(
            service => Service(section, service, account),
            new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] }));
    }

    /// <summary>The name of the setting by which a person finds it.</summary>
    public string Setting { get; }

    /// <summary>Reads a connection.</summary>
    /// <param name="configuration">The app's configuration.</param>
    /// <param name="name">The connection's name, which is looked for with and without the Functions host's prefix.</param>
    /// <exception cref="HostStartupException">There is none of that name.</exception>
    public static StorageConnection Read(IConfiguration configuration, string name)
    {
        var section = ((string[])[$"ConnectionStrings:AzureWebJobs{name}", $"AzureWebJobs{name}", $"ConnectionStrings:{name}", name])
            .Select(configuration.GetSection).FirstOrDefault(static section => section.Exists());
        return section is null || (section.Value is "" && !section.GetChildren().Any())
            ? throw new HostStartupException(
                $"The storage connection '{name}' is not set: set AzureWebJobs{name} to a connection string (UseDevelopmentStorage=true for Azurite), "
                + $"or AzureWebJobs{name}__accountName to an account that the host's identity may use.")
            : new StorageConnection(section.Path.Replace(":", "__", StringComparison.Ordinal), section);
    }

    /// <summary>What the task hub's store makes its clients of.</summary>
    /// <exception cref="HostStartupException">It is not a connection string, or has not all three services.</exception>
    public StorageAccountClientProvider Provider()
    {
        // The store makes its clients where nobody can name the setting any more.
        _ = (Blobs(), Queues(), Address());
        return _account is { } account
            ? new StorageAccountClientProvider(account.Blobs, account.Queues, account.Tables, account.Credential)
            : new StorageAccountClientProvider(_text!);
    }

    /// <summary>The same for histories and instances alone.</summary>
    /// <exception cref="HostStartupException">It is not a connection string.</exception>
    public TrackingServiceClientProvider TrackingProvider() => Checked(() => _account is { } account
        ? new TrackingServiceClientProvider(account.Blobs, account.Tables, account.Credential)
        : new TrackingServiceClientProvider(_text!));

    /// <summary>A client of the account's blobs.</summary>
    /// <exception cref="HostStartupException">It is not a connection string.</exception>
    public BlobServiceClient Blobs() =>
        Checked(() => _account is { } account ? new BlobServiceClient(account.Blobs, account.Credential) : new BlobServiceClient(_text));

    /// <summary>Asks the account for something, with hardly a repetition: a start that must fail is to fail soon.</summary>
    /// <param name="container">A container, whether it exists or not.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task TryAsync(string container, CancellationToken ct)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 2, Delay = TimeSpan.FromSeconds(0.5) } };
        var client = _account is { } account ? new BlobServiceClient(account.Blobs, account.Credential, options) : new BlobServiceClient(_text, options);
        _ = await client.GetBlobContainerClient(container).ExistsAsync(ct).ConfigureAwait(false);
    }

    /// <summary>A client of the account's queues.</summary>
    /// <param name="options">How messages are stored.</param>
    /// <exception cref="HostStartupException">It is not a connection string.</exception>
    public QueueServiceClient Queues(QueueClientOptions? options = null) =>
        Checked(() => _account is { } account ? new QueueServiceClient(account.Queues, account.Credential, options) : new QueueServiceClient(_text, options));

    /// <summary>Where the account's tables are, without anything secret.</summary>
    /// <exception cref="HostStartupException">It is not a connection string.</exception>
    public Uri Address() => _account?.Tables ?? Checked(() => new TableServiceClient(_text).Uri);

    private Uri Service(IConfigurationSection section, string service, string? account)
    {
        // Where a connection is for queues alone, the name of the service may be left out.
        if ((section[$"{service}ServiceUri"] ?? (service == "queue" ? section["serviceUri"] : null)) is { Length: > 0 } text)
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
                ? uri
                : throw new HostStartupException($"Setting {Setting}__{service}ServiceUri should be an address such as https://name.{service}.core.windows.net, found '{text}'.");
        }

        return string.IsNullOrEmpty(account)
            ? throw new HostStartupException($"The storage connection '{Setting}' names no account: set {Setting}__accountName, or {Setting}__{service}ServiceUri.")
            : new Uri($"https://{account}.{service}.core.windows.net");
    }

    private T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            // The last one is the blob client's where the text has no address of blobs. Not told is what the package says of the text:
            // it quotes it, and there may be a key in it.
            throw new HostStartupException($"Setting {Setting} is not a storage connection string.");
        }
    }

    // Not each connection has to lead to every service.
    private sealed record Identified(Func<string, Uri> Service, TokenCredential Credential)
    {
        public Uri Blobs => Service("blob");

        public Uri Queues => Service("queue");

        public Uri Tables => Service("table");
    }
}
