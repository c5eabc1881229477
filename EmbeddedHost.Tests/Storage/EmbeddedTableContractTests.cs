namespace EmbeddedHost.Tests.Storage;

/// <summary>The contract, kept by the embedded tables.</summary>
public sealed class EmbeddedTableContractTests(EmbeddedTableFixture embedded)
    : TableContract(embedded.Tables.Client), IClassFixture<EmbeddedTableFixture>;
