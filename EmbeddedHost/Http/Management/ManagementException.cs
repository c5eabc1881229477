namespace EmbeddedHost.Http.Management;

/// <summary>A management call that is answered with an error status; the message is for the caller.</summary>
internal sealed class ManagementException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}
