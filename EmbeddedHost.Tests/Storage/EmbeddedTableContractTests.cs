using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>The contract, kept by the embedded tables.</summary>
public sealed class EmbeddedTableContractTests(EmbeddedTableContractTests.Fixture fixture)
    : TableContract(fixture.Tables.Client), IClassFixture<EmbeddedTableContractTests.Fixture>
{
    public sealed class Fixture : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Fixture() => Tables = new EmbeddedTables(_folder.Path);

        public EmbeddedTables Tables { get; }

        public void Dispose()
        {
            Tables.Dispose();
            _folder.Dispose();
        }
    }
}
