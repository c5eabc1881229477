using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sagas;

/// <summary>
/// The id of a side effect, derived from what it is and not from when it happened: a repeated activity makes the same id
/// and so meets its own earlier record.
/// </summary>
public static class EffectId
{
    private static readonly Guid Space = new("6f2b1c0e-6f0a-4d4c-9d2f-5a3f0f7f3a51");

    /// <summary>Makes the id of one effect of one saga.</summary>
    /// <param name="key">What the saga is about.</param>
    /// <param name="type">What is done: Debit, Credit, Reserve, Release, or a notification's name.</param>
    /// <param name="generation">Which saga of that does it, counted from 1.</param>
    /// <param name="scope">The part of it that is concerned, such as a fulfilment location; empty for the whole.</param>
    public static Guid Of(string key, string type, int generation, string scope = "") =>
        NameBasedGuid.Create(Space, $"{key}|{type}|{scope}|{generation}");
}

/// <summary>Name-based GUIDs of version 5, as RFC 9562 section 5.5 defines them: the same name gives the same id, for ever and everywhere.</summary>
public static class NameBasedGuid
{
    private const int GuidBytes = 16;

    /// <summary>Makes the version 5 GUID of a name within a namespace.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 9562 prescribes SHA-1 for version 5; it is an id here and protects nothing.")]
    public static Guid Create(Guid space, string name)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        Span<byte> input = new byte[GuidBytes + nameBytes.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        nameBytes.CopyTo(input[GuidBytes..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..GuidBytes], bigEndian: true);
    }
}
