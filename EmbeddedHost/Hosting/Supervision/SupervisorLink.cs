using System.Diagnostics;
using System.IO.Pipes;

namespace EmbeddedHost.Hosting.Supervision;

/// <summary>
/// The child's end of the pipe from its <see cref="Supervisor"/>. A byte in it asks for a stop. Its end is the supervisor's end,
/// with which this process ends at once: no host is left behind that no one knows of.
/// </summary>
internal sealed class SupervisorLink
{
    /// <summary>The environment variable that has the pipe's handle.</summary>
    public const string Variable = "EMBEDDED_HOST_SUPERVISOR";

    /// <summary>What asks for a stop.</summary>
    public const byte StopByte = 1;

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the supervisor was asked to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The link of this process; null where it has no supervisor.</summary>
    public static SupervisorLink? TryOpen()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } handle)
        {
            return null;
        }

        // Processes that this one starts have another parent.
        Environment.SetEnvironmentVariable(Variable, null);
        var link = new SupervisorLink();
        new Thread(() => link.Listen(handle)) { IsBackground = true, Name = "Supervisor" }.Start();
        return link;
    }

    private void Listen(string handle)
    {
        using var pipe = new AnonymousPipeClientStream(PipeDirection.In, handle);
        while (pipe.ReadByte() == StopByte)
        {
            // On another thread: this one has to see the end.
            _ = _stop.CancelAsync();
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
