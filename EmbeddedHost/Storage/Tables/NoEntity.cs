using Azure;

namespace EmbeddedHost.Storage.Tables;

/// <summary>The answer to a look-up that found nothing.</summary>
internal sealed class NoEntity<T>(string partitionKey, string rowKey) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException(
        $"There is no entity ('{partitionKey}', '{rowKey}'): look at HasValue before Value.");

    public override Response GetRawResponse() => new TableResponse(404);
}
