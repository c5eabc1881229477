using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using EmbeddedHost.Hosting;

namespace EmbeddedHost.Http.Keys;

/// <summary>The keys of a data folder, in a file beside its databases. Keys may change while a host uses them.</summary>
internal sealed class KeyStore(string folder)
{
    /// <summary>The file's path.</summary>
    public string FilePath { get; } = Path.Combine(folder, "keys.json");

    /// <summary>Says which version of the file there is: another value, another content.</summary>
    public DateTime Version => File.GetLastWriteTimeUtc(FilePath);

    /// <summary>The keys; none where there is no file.</summary>
    /// <exception cref="HostStartupException">The file cannot be read, or is not what the host wrote.</exception>
    public IReadOnlyList<AccessKey> Read()
    {
        if (!File.Exists(FilePath))
        {
            return [];
        }

        try
        {
            var keys = JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), KeyFileJson.Default.AccessKeyArray);
            return keys is not null && keys.All(static key => key is { Set.Length: > 0, Hash.Length: SHA256.HashSizeInBytes })
                ? keys
                : throw Unreadable("it is not the list of keys that the host writes.");
        }
        catch (JsonException e)
        {
            // The reader counts lines from 0, editors from 1.
            throw Unreadable($"it is not the JSON that the host writes (line {e.LineNumber + 1}).", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e.Message, e);
        }
    }

    /// <summary>Replaces the keys as a whole: after a crash the file is the old one or the new one.</summary>
    /// <exception cref="HostStartupException">The file cannot be read or written, or another process changes it right now.</exception>
    public void Change(Func<IReadOnlyList<AccessKey>, IEnumerable<AccessKey>> change)
    {
        try
        {
            _ = Directory.CreateDirectory(folder);
            using var oneAtATime = new FileStream(
                Path.Combine(folder, "keys.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var draft = FilePath + ".new";
            using (var stream = File.Create(draft))
            {
                JsonSerializer.Serialize(stream, [.. change(Read())], KeyFileJson.Default.AccessKeyArray);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, FilePath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartupException($"The keys in '{folder}' cannot be changed: {e.Message} Try again, or choose another folder with --data.", e);
        }
    }

    private HostStartupException Unreadable(string reason, Exception? cause = null) => new(
        $"'{FilePath}' cannot be read: {reason} Put a backup of it back, or delete it and make new keys with --create-keys.", cause);
}

/// <summary>The JSON of the keys' file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(AccessKey[]))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
