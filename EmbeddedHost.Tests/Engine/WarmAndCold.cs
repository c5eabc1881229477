namespace EmbeddedHost.Tests.Engine;

/// <summary>How many orchestrators stay in memory: all of them, or none, so that each turn replays from disk.</summary>
public sealed class WarmAndCold : TheoryData<int>
{
    public WarmAndCold()
    {
        Add(10_000);
        Add(0);
    }
}
