using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderSagaFunctions.Tests.Deployment.Containers;

/// <summary>An image registry with one image, which holds nothing: for the SDK to put the app's image on, where none of Microsoft's can be had.</summary>
internal sealed class BaseImage : IAsyncDisposable
{
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly WebApplication _server;
    private readonly byte[] _manifest;

    private BaseImage()
    {
        var files = EmptyLayer();
        var layer = Compressed(files);
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = (string[])["PATH=/usr/bin"] },
            rootfs = new { type = "layers", diff_ids = (string[])[DigestOf(files)] },
            history = (object[])[new { created = "2026-01-01T00:00:00Z" }],
        });
        _manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = Manifest,
            config = Keep(config, "application/vnd.docker.container.image.v1+json"),
            layers = (object[])[Keep(layer, "application/vnd.docker.image.rootfs.diff.tar.gzip")],
        });
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _ = _server.MapGet("/v2/empty/manifests/{reference}", (HttpResponse response) =>
        {
            response.Headers["Docker-Content-Digest"] = DigestOf(_manifest);
            return Results.Bytes(_manifest, Manifest);
        });
        _ = _server.MapGet("/v2/empty/blobs/{digest}", (string digest) => Results.Bytes(_blobs[digest], "application/octet-stream"));
    }

    /// <summary>The image's full name.</summary>
    public string Name => $"localhost:{new Uri(_server.Urls.First()).Port}/empty:1";

    public static async Task<BaseImage> StartAsync()
    {
        var image = new BaseImage();
        await image._server.StartAsync();
        return image;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private object Keep(byte[] blob, string mediaType)
    {
        var digest = DigestOf(blob);
        _blobs[digest] = blob;
        return new { mediaType, size = blob.Length, digest };
    }

    private static byte[] EmptyLayer()
    {
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "etc"));
        }

        return layer.ToArray();
    }

    private static byte[] Compressed(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
