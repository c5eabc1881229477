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
            return JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), KeyFileJson.Default.AccessKeyArray) ?? [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new HostStartupException(
                $"{FilePath} cannot be read: {e.Message} Put a backup of it back, or delete it and make new keys with --create-keys.", e);
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
}

/// <summary>The JSON of the keys' file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(AccessKey[]))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
