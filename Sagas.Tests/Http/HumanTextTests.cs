using Sagas.Fields;

namespace Sagas.Tests.Http;

public sealed class HumanTextTests
{
    [Theory]
    [InlineData("Ada")]
    [InlineData("O'Brien-Łukasz, 3rd")]
    [InlineData("李小龙")]
    [InlineData("می\u200cخواهم")]
    [InlineData("👩\u200d🚀")]
    [InlineData("e\u0301")]
    public void IsLine_Name_IsOne(string text) => Assert.True(HumanText.IsLine(text, 10 + text.Length));

    [Theory]
    [InlineData("")]
    [InlineData(" \u00a0\u3000")]
    [InlineData("\u200b")]
    [InlineData("\u200d\u200c")]
    [InlineData("\ufeff")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("\u0301")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202eb")]
    [InlineData("a\u200bb")]
    [InlineData("a\U000e0041b")]
    public void IsLine_BlankOrHidden_IsNone(string text) => Assert.False(HumanText.IsLine(text, 100));

    [Theory]
    [InlineData("😀", 1)]
    [InlineData("aa", 2)]
    [InlineData("👩\u200d🚀", 3)]
    public void IsWithin_Text_CountsCodePoints(string text, int length)
    {
        Assert.True(HumanText.IsWithin(text, length));
        Assert.False(HumanText.IsWithin(text, length - 1));
    }

    [Fact]
    public void IsProse_LineBreaksAndTabs_AreFineAndOtherControlsAreNot()
    {
        Assert.True(HumanText.IsProse("Put back by hand:\r\n\tshelf 3.", 100));
        Assert.False(HumanText.IsProse("a\u0000b", 100));
        Assert.False(HumanText.IsProse("\n\t", 100));
    }
}
