using System.Text;
using Reading;

namespace OrderSagaFunctions.Tests.Reading;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"a":1,"\u0061":2}""", "a")]
    [InlineData("""{"items":[{"qty":1},{"qty":1},{"qty":1,"qty":2}]}""", "items[2].qty")]
    [InlineData("""[[1],[{"a":{"b":1,"b":1}}]]""", "[1][0].a.b")]
    [InlineData("""{"by":"\ud800"}""", "by")]
    [InlineData("""{"a":{"\udc00":1}}""", "a")]
    [InlineData("""{"\udc00":1}""", "$")]
    [InlineData("""{"a":1}}""", "$")]
    [InlineData("{'a':1}", "$")]
    [InlineData("", "$")]
    public void Parse_TextThatIsNone_NamesTheField(string text, string field)
    {
        Assert.Null(JsonText.Parse(Encoding.UTF8.GetBytes(text), eachFieldOnce: true, out var fault));
        Assert.Equal(field, fault!.Field);
    }

    [Fact]
    public void Parse_BytesThatAreNoUtf8_AreRefused()
    {
        Assert.Null(JsonText.Parse(new byte[] { (byte)'"', 0xFF, (byte)'"' }, eachFieldOnce: false, out var fault));
        Assert.Equal("$", fault!.Field);
    }

    [Fact]
    public void Parse_ByteOrderMark_IsPassedOver()
    {
        using var json = JsonText.Parse((byte[])[.. Encoding.UTF8.Preamble, .. "{\"a\":\"😀\"}"u8], eachFieldOnce: true, out var fault);

        Assert.Null(fault);
        Assert.Equal("😀", json!.RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public void Parse_FieldTwiceWhereThatIsAllowed_IsRead()
    {
        using var json = JsonText.Parse("""{"a":1,"a":2}"""u8.ToArray(), eachFieldOnce: false, out _);

        Assert.Equal(2, json!.RootElement.GetProperty("a").GetInt32());
    }
}
