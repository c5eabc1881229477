using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers.Blobs;

/// <summary>
/// The blob with a timer function's status. It is only written over what this host has read or written: a host that lost the function's
/// lease without noticing changes nothing that another one has written since.
/// </summary>
internal sealed partial class TimerStatusBlob(BlobClient blob, ILogger log)
{
    private ETag _known;
    private TimerStatus? _unsaved;

    /// <summary>
    /// Reads the status for whoever has the lease. One that could not be written comes before it, and is written now, unless another host
    /// has written one since.
    /// </summary>
    /// <exception cref="RequestFailedException">The account refuses it, or cannot be reached.</exception>
    public async Task<TimerStatus?> TakeOverAsync(CancellationToken cancellationToken)
    {
        var (found, version) = await DownloadAsync(cancellationToken);
        if (_unsaved is { } status && version == _known && await TryWriteAsync(status, cancellationToken))
        {
            return status;
        }

        (_known, _unsaved) = (version, null);
        return found;
    }

    /// <summary>Reads the status, for whoever does not have the lease.</summary>
    /// <exception cref="RequestFailedException">The account refuses it, or cannot be reached.</exception>
    public async Task<TimerStatus?> ReadAsync(CancellationToken cancellationToken) => (await DownloadAsync(cancellationToken)).Status;

    /// <summary>Writes the status. Returns false where somebody else has changed it, and nothing was written.</summary>
    /// <exception cref="RequestFailedException">The account refuses it, or cannot be reached.</exception>
    public async Task<bool> TryWriteAsync(TimerStatus status, CancellationToken cancellationToken)
    {
        _unsaved = status;
        try
        {
            var conditions = _known == default ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = _known };
            var written = await blob.UploadAsync(
                BinaryData.FromBytes(StatusJson.Write(status)), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            (_known, _unsaved) = (written.Value.ETag, null);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async Task<(TimerStatus? Status, ETag Version)> DownloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = (await blob.DownloadContentAsync(cancellationToken)).Value;
            return (Read(found.Content), found.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return (null, default);
        }
    }

    private TimerStatus? Read(BinaryData content)
    {
        try
        {
            return StatusJson.Read(content);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            LogUnreadable(blob.Uri.AbsolutePath, e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The blob {Blob} holds no status of a timer function, and is written anew. {Reason}")]
    private partial void LogUnreadable(string blob, string reason);
}

/// <summary>The JSON of the blob, as the Functions host has it.</summary>
internal sealed record StatusJson(string? Last, string? Next, string? LastUpdated)
{
    public static byte[] Write(TimerStatus status) => JsonSerializer.SerializeToUtf8Bytes(
        new StatusJson($"{status.Last:O}", $"{status.Next:O}", $"{status.LastUpdated:O}"), BlobJson.Default.StatusJson);

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">One of its texts is no time.</exception>
    public static TimerStatus Read(BinaryData content)
    {
        var json = JsonSerializer.Deserialize(content, BlobJson.Default.StatusJson) ?? throw new FormatException("It is null.");
        return new TimerStatus(Time(json.Last), Time(json.Next), Time(json.LastUpdated));
    }

    // "Never" is the year 1: without an offset, or with that of the host's zone, which may make it some hours more.
    private static DateTimeOffset Time(string? text)
    {
        if (text is null)
        {
            return default;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.Year == 1 ? default : time
            : throw new FormatException($"'{text}' is no time.");
    }
}

/// <summary>The JSON of <see cref="StatusJson"/>.</summary>
[JsonSerializable(typeof(StatusJson))]
internal sealed partial class BlobJson : JsonSerializerContext;
