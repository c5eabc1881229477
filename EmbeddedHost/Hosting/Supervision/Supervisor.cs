using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace EmbeddedHost.Hosting.Supervision;

/// <summary>
/// Runs the host in a child process, and starts it again when it was killed or has crashed. A child that ends by itself ends the
/// supervisor with its exit code. A pipe to the child (<see cref="SupervisorLink"/>) passes a stop on, and ends the child with the
/// supervisor, however that ends: the system closes it.
/// </summary>
internal sealed class Supervisor(TimeProvider time, TextWriter output, TextWriter errors)
{
    /// <summary>The option that asks for a supervisor.</summary>
    public const string Option = "--supervise";

    /// <summary>So many crashes within <see cref="CrashPeriod"/> are the last.</summary>
    public const int MostCrashes = 10;

    // Of a child that a signal has ended .NET gives 128 and the signal, as shells do.
    private const int Signalled = 128;
    private const int Sigint = 2;
    private const int Sigquit = 3;
    private const int Sigterm = 15;

    // Windows ends a process by Ctrl-C with it.
    private const int StatusControlCExit = unchecked((int)0xC000013A);

    // What they do is done by the first start: the next one is to find the data.
    private static readonly string[] OfTheFirstStart = ["--reset", "--accept-mismatch"];

    private readonly Lock _gate = new();
    private readonly Queue<long> _crashes = new();
    private AnonymousPipeServerStream? _link;
    private bool _isStopping;

    /// <summary>In which the crashes are counted.</summary>
    public static TimeSpan CrashPeriod { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs this program again, with these options, as the child; returns its exit code.</summary>
    public static int Run(IEnumerable<string> options)
    {
        string[] ofTheChild = [.. options.Where(static option => option != Option)];
        return new Supervisor(TimeProvider.System, Console.Out, Console.Error)
            .Run(StartOf(ofTheChild), StartOf(ofTheChild.Except(OfTheFirstStart, StringComparer.Ordinal)));
    }

    /// <summary>Runs a child until it ends by itself, has been asked to stop, or crashes too often.</summary>
    /// <param name="first">How it is started.</param>
    /// <param name="again">How it is started again.</param>
    /// <returns>The exit code of the last child.</returns>
    public int Run(ProcessStartInfo first, ProcessStartInfo again)
    {
        // From before the first child on, so that Ctrl-C, which reaches both, never leaves it alone.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var code = RunChild(first);
        while (IsCrash(code) && !_isStopping)
        {
            if (IsOneTooMany())
            {
                errors.WriteLine(
                    $"{WhatHappened(code)} {MostCrashes} times within {CrashPeriod.TotalSeconds} s: it is not started again. What was accepted is on disk.");
                break;
            }

            output.WriteLine($"{WhatHappened(code)}: starting it again.");
            code = RunChild(again);
        }

        return code;
    }

    // The app's own executable, or dotnet, whose first argument is the app's file.
    private static ProcessStartInfo StartOf(IEnumerable<string> options)
    {
        var program = Environment.ProcessPath!;
        var isDotnet = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(program, isDotnet ? options.Prepend(Environment.GetCommandLineArgs()[0]) : options) { UseShellExecute = false };
    }

    private static bool IsCrash(int code) => OperatingSystem.IsWindows()
        ? code < 0 && code != StatusControlCExit
        : code > Signalled && code - Signalled is not (Sigint or Sigquit or Sigterm);

    private static string WhatHappened(int code) =>
        OperatingSystem.IsWindows() ? $"The host crashed (exit code {code})" : $"The host was killed (signal {code - Signalled})";

    private int RunChild(ProcessStartInfo start)
    {
        using var link = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        start.Environment[SupervisorLink.Variable] = link.GetClientHandleAsString();
        using var child = Process.Start(start)!;
        link.DisposeLocalCopyOfClientHandle();
        Use(link);
        child.WaitForExit();
        Use(null);
        return child.ExitCode;
    }

    private void Use(AnonymousPipeServerStream? link)
    {
        lock (_gate)
        {
            _link = link;
            PassStopOn();
        }
    }

    private void Stop(PosixSignalContext signal)
    {
        // The child decides when the end is.
        signal.Cancel = true;
        lock (_gate)
        {
            _isStopping = true;
            PassStopOn();
        }
    }

    private void PassStopOn()
    {
        if (!_isStopping || _link is null)
        {
            return;
        }

        try
        {
            _link.WriteByte(SupervisorLink.StopByte);
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    private bool IsOneTooMany()
    {
        _crashes.Enqueue(time.GetTimestamp());
        return _crashes.Count >= MostCrashes && time.GetElapsedTime(_crashes.Dequeue()) < CrashPeriod;
    }
}
