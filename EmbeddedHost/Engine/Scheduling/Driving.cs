namespace EmbeddedHost.Engine.Scheduling;

/// <summary>Drives an instance on a thread that waits for nothing else.</summary>
internal sealed class Driving(OrchestrationInstance instance) : IThreadPoolWorkItem
{
    /// <inheritdoc />
    public void Execute() => instance.Drive();
}
