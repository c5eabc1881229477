namespace EmbeddedHost.Engine.Contracts;

/// <summary>Runs one activity; payloads are UTF-8 JSON, null is no payload.</summary>
internal delegate ValueTask<byte[]?> ActivityFunction(ActivityCall call, CancellationToken cancellationToken);
