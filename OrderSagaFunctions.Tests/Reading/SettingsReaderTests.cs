using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Reading;

namespace OrderSagaFunctions.Tests.Reading;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_EachType_IsSetAndTheRestStays()
    {
        var options = new Shelf();

        Assert.Empty(Read(
            options,
            ("Shelf:Books", "1.2e1"), ("Shelf:pages", "300"), ("Shelf:IsOpen", "TRUE"), ("Shelf:Day", "friday"), ("Shelf:Wait", "00:00:30"),
            ("Shelf:Home", "https://shelf.example/a"), ("Shelf:Price", "9.90"), ("Shelf:Title", " Dune "), ("Shelf:Inner:Books", "3"),
            ("Shelf:Boxes:a:Books", "4"), ("Shelf:Boxes:b:Day", "Monday")));

        Assert.Equal((12, 300L, true, DayOfWeek.Friday), (options.Books, options.Pages!.Value, options.IsOpen, options.Day));
        Assert.Equal((TimeSpan.FromSeconds(30), "https://shelf.example/a", 9.9m, " Dune "), (options.Wait, options.Home!.AbsoluteUri, options.Price, options.Title));
        Assert.Equal((3, 4, DayOfWeek.Monday), (options.Inner!.Books, options.Boxes["A"].Books, options.Boxes["b"].Day));
    }

    [Theory]
    [InlineData("Shelf:Books", "many", "Shelf__Books is 'many', expected a whole number from 1 to 20.")]
    [InlineData("Shelf:Books", "21", "Shelf__Books is '21', expected a whole number from 1 to 20.")]
    [InlineData("Shelf:Books", "", "Shelf__Books is '', expected a whole number from 1 to 20.")]
    [InlineData("Shelf:books", " 2", "Shelf__Books is ' 2', expected a whole number from 1 to 20.")]
    [InlineData("Shelf:Pages", "9223372036854775808", "Shelf__Pages is '9223372036854775808', expected a whole number.")]
    [InlineData("Shelf:IsOpen", "1", "Shelf__IsOpen is '1', expected true or false.")]
    [InlineData("Shelf:Day", "5", "Shelf__Day is '5', expected one of Sunday, Monday,")]
    [InlineData("Shelf:Day", "Friday,Monday", "Shelf__Day is 'Friday,Monday', expected one of Sunday, Monday,")]
    [InlineData("Shelf:Wait", "0", "Shelf__Wait is '0', expected a time written hh:mm:ss from 00:00:01 to 00:01:00.")]
    [InlineData("Shelf:Wait", "00:00:00", "Shelf__Wait is '00:00:00', expected a time written hh:mm:ss from 00:00:01 to 00:01:00.")]
    [InlineData("Shelf:Home", "shelf?key=hush", "Shelf__Home is not what it should be, expected an absolute URL.")]
    [InlineData("Shelf:Price", "1e99", "Shelf__Price is '1e99', expected a number.")]
    [InlineData("Shelf:Bokks", "2", "Shelf__Bokks is no setting. There are Shelf__Books, Shelf__Pages,")]
    [InlineData("Shelf:IsFull", "true", "Shelf__IsFull is no setting.")]
    [InlineData("Shelf:Books:Old", "2", "Shelf__Books__Old is no setting. Shelf__Books is one value: a whole number.")]
    [InlineData("Shelf:Inner", "2", "Shelf__Inner is '2', expected settings under it, as Shelf__Inner__….")]
    [InlineData("Shelf:Inner:Boks", "2", "Shelf__Inner__Boks is no setting.")]
    [InlineData("Shelf:Boxes", "2", "Shelf__Boxes is '2', expected settings under it")]
    [InlineData("Shelf:Boxes:a", "2", "Shelf__Boxes__a is '2', expected settings under it")]
    [InlineData("Shelf:Boxes:a:Books", "0", "Shelf__Boxes__a__Books is '0', expected a whole number from 1 to 20.")]
    [InlineData("Shelf", "2", "Shelf is '2', expected settings under it")]
    public void Read_SettingThatIsNone_IsNamedAsItIsWritten(string key, string value, string told)
    {
        var options = new Shelf();

        Assert.StartsWith(told, Assert.Single(Read(options, (key, value))), StringComparison.Ordinal);
        Assert.Equal((2, DayOfWeek.Sunday, TimeSpan.FromSeconds(5)), (options.Books, options.Day, options.Wait));
    }

    [Fact]
    public void Read_SeveralMistakes_NamesEach() =>
        Assert.Equal(3, Read(new Shelf(), ("Shelf:Books", "x"), ("Shelf:Day", "x"), ("Shelf:X", "x")).Count);

    private static IReadOnlyList<string> Read(Shelf options, params (string Key, string Value)[] values) => SettingsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(static value => KeyValuePair.Create(value.Key, (string?)value.Value)))
            .Build()
            .GetSection("Shelf"),
        options);

    private sealed class Shelf
    {
        [Range(1, 20)]
        public int Books { get; set; } = 2;

        public long? Pages { get; set; }

        public bool IsOpen { get; set; }

        public DayOfWeek Day { get; set; }

        [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
        public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(5);

        public Uri? Home { get; set; }

        public decimal Price { get; set; }

        public string Title { get; set; } = string.Empty;

        public Box Inner { get; set; } = new();

        public Dictionary<string, Box> Boxes { get; set; } = new Dictionary<string, Box>(StringComparer.OrdinalIgnoreCase);

        public bool IsFull => Books == 20;
    }

    private sealed class Box
    {
        [Range(1, 20)]
        public int Books { get; set; }

        public DayOfWeek? Day { get; set; }
    }
}
