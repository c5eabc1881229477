namespace Sagas.Tests.Runs;

public sealed class NameBasedGuidTests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    // The first is RFC 9562's own example (appendix A.4), the second Python's documentation of uuid5.
    [Theory]
    [InlineData("www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2")]
    [InlineData("python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d")]
    public void Create_KnownName_GivesThePublishedId(string name, string expected) =>
        Assert.Equal(new Guid(expected), NameBasedGuid.Create(Dns, name));

    [Fact]
    public void Of_AnyPartDiffers_GivesAnotherId()
    {
        Guid[] ids =
        [
            EffectId.Of("order-1", "Debit", 1),
            EffectId.Of("order-2", "Debit", 1),
            EffectId.Of("order-1", "Credit", 1),
            EffectId.Of("order-1", "Debit", 2),
            EffectId.Of("order-1", "Debit", 1, "berlin"),
        ];

        Assert.Distinct(ids);
        Assert.Equal(ids[0], EffectId.Of("order-1", "Debit", 1));
    }
}
