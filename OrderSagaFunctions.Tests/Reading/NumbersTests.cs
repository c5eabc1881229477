using System.Globalization;
using Reading;

namespace OrderSagaFunctions.Tests.Reading;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("10e-1", 1)]
    [InlineData("0.1e1", 1)]
    [InlineData("1.00E+2", 100)]
    [InlineData("1e2", 100)]
    [InlineData("120.50e1", 1205)]
    [InlineData("007", 7)]
    [InlineData("-3.0", -3)]
    [InlineData("-0", 0)]
    [InlineData("0e999999999999999999999999", 0)]
    [InlineData("0.000e-5", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9.223372036854775807e18", long.MaxValue)]
    public void TryScaled_WholeNumberHoweverWritten_IsItsValue(string text, long value)
    {
        Assert.True(Numbers.TryScaled(text, 0, out var number));
        Assert.Equal(value, number);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("9223372036854775808")]
    [InlineData("1e19")]
    [InlineData("1e999999999")]
    [InlineData("1e-999999999")]
    [InlineData("1e99999999999999999999999999")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.0")]
    [InlineData("1.0.0")]
    [InlineData("1_000")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("١")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    public void TryScaled_AnythingElse_IsRefused(string text) => Assert.False(Numbers.TryScaled(text, 0, out _));

    [Theory]
    [InlineData("49.9", 2, 4990)]
    [InlineData("4.99e1", 2, 4990)]
    [InlineData("1234e-3", 3, 1234)]
    [InlineData("0.0001", 4, 1)]
    [InlineData("-0.05", 2, -5)]
    public void TryScaled_Decimals_CountsTheUnit(string text, int decimals, long value)
    {
        Assert.True(Numbers.TryScaled(text, decimals, out var scaled));
        Assert.Equal(value, scaled);
    }

    [Fact]
    public void TryScaled_HundredThousandZerosAndTheExponentThatUndoesThem_IsOne()
    {
        Assert.True(Numbers.TryScaled($"1{new string('0', 100_000)}e-100000", 0, out var large));
        Assert.True(Numbers.TryScaled($"0.{new string('0', 99_999)}1e100000", 0, out var small));
        Assert.Equal((1, 1), (large, small));
    }

    [Fact]
    public void TryScaled_RandomDecimals_AgreesWithTheFrameworks()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{random.Next(-9999, 9999)}.{random.Next(1000):D3}E{random.Next(-6, 6)}");
            var scaled = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) * 1000;

            Assert.Equal(decimal.IsInteger(scaled), Numbers.TryScaled(text, 3, out var value));
            Assert.Equal(decimal.IsInteger(scaled) ? scaled : 0, value);
        }
    }

    [Theory]
    [InlineData("10000", "10000")]
    [InlineData("0.10", "0.1")]
    [InlineData("1.5e3", "1500")]
    [InlineData("-0.000000001", "-0.000000001")]
    public void TryDecimal_UpToNineDecimals_IsExact(string text, string value)
    {
        Assert.True(Numbers.TryDecimal(text, out var number));
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), number);
        Assert.False(Numbers.TryDecimal("0.0000000001", out _));
    }
}
