using System.Globalization;

namespace EmbeddedHost.Storage.Pairing;

/// <summary>The formats of an app's data that a build of it reads. It writes the last one.</summary>
/// <param name="Oldest">The number of the oldest.</param>
/// <param name="Number">The number of the one that it writes.</param>
internal sealed record DataFormats(int Oldest, int Number)
{
    /// <summary>Whether data of a format can be opened.</summary>
    public bool CanRead(int format) => Oldest <= format && format <= Number;

    /// <inheritdoc />
    public override string ToString() => Oldest == Number
        ? string.Create(CultureInfo.InvariantCulture, $"format {Number}")
        : string.Create(CultureInfo.InvariantCulture, $"formats {Oldest} to {Number}");
}
