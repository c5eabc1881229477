namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>The contract, kept by the storage emulator: the embedded tables answer as it does.</summary>
public sealed class AzuriteTableContractTests(AzuriteServer azurite) : TableContract(azurite.Client), IClassFixture<AzuriteServer>
{
    protected override bool IsEmulator => true;
}
