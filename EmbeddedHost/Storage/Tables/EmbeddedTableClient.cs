using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Sas;

namespace EmbeddedHost.Storage.Tables;

/// <summary>One table of the embedded host, as a client of the released package.</summary>
internal sealed partial class EmbeddedTableClient(TableStore store, string name) : TableClient
{
    public override string Name => name;

    public override string AccountName => DevelopmentStorage.Account;

    public override Uri Uri => new($"{DevelopmentStorage.Uri}/{name}");

    public override Response<TableItem> Create(CancellationToken cancellationToken = default) =>
        Creation(mayExist: false, cancellationToken).Run();

    public override async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        await Creation(mayExist: false, cancellationToken).RunAsync();

    public override Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) =>
        Creation(mayExist: true, cancellationToken).Run();

    public override async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        await Creation(mayExist: true, cancellationToken).RunAsync();

    public override Response Delete(CancellationToken cancellationToken = default) => Deletion(cancellationToken).Run();

    public override async Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        await Deletion(cancellationToken).RunAsync();

    public override TableSasBuilder GetSasBuilder(TableSasPermissions permissions, DateTimeOffset expiresOn) =>
        throw TableErrors.NoSignatures();

    public override TableSasBuilder GetSasBuilder(string rawPermissions, DateTimeOffset expiresOn) =>
        throw TableErrors.NoSignatures();

    public override Uri GenerateSasUri(TableSasPermissions permissions, DateTimeOffset expiresOn) =>
        throw TableErrors.NoSignatures();

    public override Uri GenerateSasUri(TableSasBuilder builder) => throw TableErrors.NoSignatures();

    public override Response<IReadOnlyList<TableSignedIdentifier>> GetAccessPolicies(CancellationToken cancellationToken = default) =>
        throw TableErrors.NoSignatures();

    public override Task<Response<IReadOnlyList<TableSignedIdentifier>>> GetAccessPoliciesAsync(CancellationToken cancellationToken = default) =>
        throw TableErrors.NoSignatures();

    public override Response SetAccessPolicy(IEnumerable<TableSignedIdentifier> tableAcl, CancellationToken cancellationToken = default) =>
        throw TableErrors.NoSignatures();

    public override Task<Response> SetAccessPolicyAsync(
        IEnumerable<TableSignedIdentifier> tableAcl, CancellationToken cancellationToken = default) =>
        throw TableErrors.NoSignatures();

    private CreateTableWork Creation(bool mayExist, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new CreateTableWork(store, name, mayExist);
    }

    private DeleteTableWork Deletion(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new DeleteTableWork(store, name);
    }
}
