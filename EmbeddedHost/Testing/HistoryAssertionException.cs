namespace EmbeddedHost.Testing;

/// <summary>A history is not as a test expects it; the message shows both.</summary>
public sealed class HistoryAssertionException : Exception
{
    internal HistoryAssertionException(string message)
        : base(message)
    {
    }
}
