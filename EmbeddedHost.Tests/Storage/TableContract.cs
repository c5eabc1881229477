using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>What the table service promises, whoever serves it.</summary>
public abstract partial class TableContract(TableServiceClient service) : TableTests(service);
