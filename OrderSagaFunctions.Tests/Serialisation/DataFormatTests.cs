using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderSagaFunctions.Tests.Serialisation;

/// <summary>
/// Ties the number of the data format to the pinned forms: <c>formats.txt</c> has each number with the digest of the forms
/// that it stands for, the present one last.
/// </summary>
public sealed class DataFormatTests
{
    private static readonly string[] Forms = ["payloads.txt", "rows.txt"];

    [Fact]
    public void Number_OfThePinnedForms_GoesUpWithEachChange()
    {
        var digest = DigestOf(Forms);
        var formats = PinnedText.Read("formats.txt");
        if (PinnedText.Accepts && !formats.LastOrDefault("").EndsWith(digest, StringComparison.Ordinal))
        {
            formats = [.. formats, string.Create(CultureInfo.InvariantCulture, $"{formats.Length + 1} {digest}")];
            PinnedText.Write("formats.txt", formats);
        }

        Assert.True(
            formats.LastOrDefault("").EndsWith(digest, StringComparison.Ordinal),
            "payloads.txt or rows.txt has changed, and formats.txt has no number for what they say now. Data that an earlier build wrote must not "
            + "be opened as the same format: run these tests once with ACCEPT_PINNED=1, which adds a line, set DataFormat.Number to its number, and keep "
            + "payloads.txt as it was as payloads-{number}.txt. Where the change does more than add what may be missing, set DataFormat.ReadsFrom, too.");
        Assert.Equal(formats[^1], $"{DataFormat.Number} {digest}");
    }

    [Fact]
    public void Formats_OfAllTime_AreNumberedInOrderAndDiffer()
    {
        var formats = PinnedText.Read("formats.txt").Select(static line => line.Split(' ')).ToList();

        Assert.Equal(Enumerable.Range(1, formats.Count).Select(static number => number.ToString(CultureInfo.InvariantCulture)), formats.Select(static line => line[0]));
        Assert.Equal(formats.Count, formats.DistinctBy(static line => line[1]).Count());
    }

    [Fact]
    public void ReadsFrom_OldestFormat_IsNoneBeyondTheNumber() => Assert.InRange(Parse(DataFormat.ReadsFrom), 1, Parse(DataFormat.Number));

    [Fact]
    public void Payloads_OfEachFormatThatIsRead_AreReadWholeAndWrittenAsTheyWere() => Assert.All(
        Enumerable.Range(Parse(DataFormat.ReadsFrom), Parse(DataFormat.Number) - Parse(DataFormat.ReadsFrom)),
        static format =>
        {
            var lines = PinnedText.Read($"payloads-{format}.txt");
            Assert.NotEmpty(lines);
            Assert.Empty(PinnedBytesTests.FindUnreadable(lines));
        });

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);

    private static string DigestOf(IEnumerable<string> files) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', files.SelectMany(PinnedText.Read)))))[..32];
}
