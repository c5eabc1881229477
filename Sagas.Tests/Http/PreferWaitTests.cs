using Sagas.Http;

namespace Sagas.Tests.Http;

public sealed class PreferWaitTests
{
    [Theory]
    [InlineData("wait=5", 5)]
    [InlineData("respond-async, wait=10", 10)]
    [InlineData("Wait = \"7\"", 7)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=3600", PreferWait.LongestSeconds)]
    [InlineData("wait=99999999999999999999", PreferWait.LongestSeconds)]
    [InlineData("wait=007", 7)]
    [InlineData("wait=1.5", null)]
    [InlineData("wait=\"7", null)]
    [InlineData("wait=٧", null)]
    [InlineData("respond-async", null)]
    [InlineData("wait", null)]
    [InlineData("wait=-1", null)]
    [InlineData("wait=soon", null)]
    [InlineData("", null)]
    public void Parse_Header_GivesTheSecondsAskedForUpToTheCap(string header, int? seconds) => Assert.Equal(seconds, PreferWait.Parse(header));
}
