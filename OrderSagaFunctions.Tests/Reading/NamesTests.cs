using Reading;

namespace OrderSagaFunctions.Tests.Reading;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Monday")]
    [InlineData("monday")]
    public void TryValue_Name_IsItsValue(string text)
    {
        Assert.True(Names.TryValue<DayOfWeek>(text, out var day));
        Assert.Equal(DayOfWeek.Monday, day);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("+1")]
    [InlineData("")]
    [InlineData("Monday,Tuesday")]
    [InlineData("Monday ")]
    [InlineData(" Monday")]
    [InlineData("Mon")]
    public void TryValue_AnythingElse_IsRefused(string text) => Assert.False(Names.TryValue<DayOfWeek>(text, out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public void TryFlag_Name_IsItsValue(string text, bool value)
    {
        Assert.True(Names.TryFlag(text, out var flag));
        Assert.Equal(value, flag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("yes")]
    [InlineData(" true")]
    [InlineData("true\0")]
    public void TryFlag_AnythingElse_IsRefused(string text) => Assert.False(Names.TryFlag(text, out _));
}
