namespace EmbeddedHost.Hosting.Startup;

/// <summary>What of the memory that the process may use callers can take, whatever they send.</summary>
internal static class MemoryShare
{
    private const int BodiesOneIn = 8;

    // What a connection takes at most while it sends nothing but a request's head, with its objects.
    private const int BytesAConnection = 64 * 1024;

    // The limit of the container or of the runtime's heap, else the machine's memory.
    private static readonly long Available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The bytes of all request bodies in memory.</summary>
    public static long Bodies => Available / BodiesOneIn;

    /// <summary>Open connections.</summary>
    public static long Connections => Available / BytesAConnection;
}
