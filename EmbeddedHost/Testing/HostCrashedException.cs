namespace EmbeddedHost.Testing;

/// <summary>The test host has crashed, as it was told to. <see cref="DurableTestHost.RestartAsync"/> starts it again.</summary>
public sealed class HostCrashedException : Exception
{
    internal HostCrashedException(string where)
        : base($"The test host has crashed, as it was told to: {where}. RestartAsync starts it again from what is on disk.")
    {
    }
}
