using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;

namespace Sagas.Tests.Package;

/// <summary>
/// Stops a process at a line of its source, as an editor does: by the debugging interfaces of the runtime, which editors use
/// (https://learn.microsoft.com/dotnet/core/unmanaged-api/debugging/). On Linux.
/// </summary>
internal sealed class Debugger
{
    private const int VersionOfInterfaces = 4;
    private const int NoInterface = unchecked((int)0x80004002);
    private const int LongestName = 4096;

    // Where methods stand in the tables of their interfaces; the first three are those of every interface.
    private const int Initialize = 3;
    private const int SetManagedHandler = 5;
    private const int DebugActiveProcess = 8;
    private const int Continue = 4;
    private const int GetName = 6;
    private const int GetFunctionFromToken = 9;
    private const int GetIlCode = 6;
    private const int CreateBreakpoint = 7;
    private const int Activate = 3;

    // Which of the events, in the order of the interfaces, are of interest here.
    private const int Breakpoint = 0;
    private const int ExitProcess = 7;
    private const int LoadModule = 10;
    private const int Events = 26;
    private const int LaterEvents = 8;

    private static readonly Guid Unknown = new("00000000-0000-0000-c000-000000000046");
    private static readonly Guid OfDebugger = new("3d6f5f61-7538-11d3-8d5b-00104b35e7ef");
    private static readonly Guid OfEvents = new("3d6f5f60-7538-11d3-8d5b-00104b35e7ef");
    private static readonly Guid OfLaterEvents = new("250e5eea-db5c-4c76-b6f3-8c46f12e3203");

    private readonly TaskCompletionSource<nint> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _program;
    private readonly SourceLine _line;
    private readonly nint _events;
    private readonly nint _laterEvents;

    // Held for as long as the runtime calls them.
    private readonly List<Delegate> _held = [];

    private Debugger(string program, SourceLine line)
    {
        (_program, _line) = (program, line);
        Query query = (nint _, in Guid iid, out nint found) =>
        {
            found = iid == Unknown || iid == OfEvents ? _events : iid == OfLaterEvents ? _laterEvents : 0;
            return found == 0 ? NoInterface : 0;
        };
        Method count = static (_, _, _, _) => 1;
        Method goOn = static (_, process, _, _) => Call(process, Continue);
        var events = Enumerable.Repeat(goOn, Events).ToArray();
        events[Breakpoint] = OnBreakpoint;
        events[ExitProcess] = static (_, _, _, _) => 0;
        events[LoadModule] = OnModule;
        _events = Table([query, count, count, .. events]);
        _laterEvents = Table([query, count, count, .. Enumerable.Repeat(goOn, LaterEvents)]);
    }

    private delegate int Method(nint self, nint first, nint second, nint third);

    private delegate int Query(nint self, in Guid iid, out nint found);

    private delegate int Getter(nint self, out nint result);

    private delegate int GetterOf(nint self, nint of, out nint result);

    private delegate int AttachTo(nint self, nint processId, nint native, out nint process);

    private delegate int Start(nint library, uint reason, nint nothing);

    private delegate int Create(int version, uint processId, nint group, nint runtime, out nint debugger);

    /// <summary>Attaches to a process, which stops when it first comes to a line.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="program">The assembly with the line, beside its symbols.</param>
    /// <param name="source">The name of the source file.</param>
    /// <param name="line">The line, counted from 1.</param>
    public static Debugger Attach(int processId, string program, string source, int line)
    {
        var debugger = new Debugger(program, SourceLine.Find(Path.ChangeExtension(program, "pdb"), source, line));
        var mapped = File.ReadLines($"/proc/{processId}/maps").First(static map => map.EndsWith("libcoreclr.so", StringComparison.Ordinal));
        var runtime = nint.Parse(mapped.AsSpan(0, mapped.IndexOf('-', StringComparison.Ordinal)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var library = NativeLibrary.Load(Path.Combine(Path.GetDirectoryName(mapped[mapped.IndexOf('/', StringComparison.Ordinal)..])!, "libmscordbi.so"));
        _ = Export<Start>(library, "DllMain")(library, 1, 0);
        Check(Export<Create>(library, "CoreCLRCreateCordbObjectEx")(VersionOfInterfaces, (uint)processId, 0, runtime, out var made));
        Check(At<Query>(made, 0)(made, OfDebugger, out var core));
        Check(Call(core, Initialize));
        Check(Call(core, SetManagedHandler, debugger._events));
        Check(At<AttachTo>(core, DebugActiveProcess)(core, processId, 0, out _));
        return debugger;
    }

    /// <summary>Waits until the process stands at the line: nothing in it runs then.</summary>
    public Task StoppedAsync(TimeSpan patience) => _stopped.Task.WaitAsync(patience);

    /// <summary>Lets the stopped process go on; it does not stop again.</summary>
    public async Task GoOnAsync() => Check(Call(await _stopped.Task, Continue));

    private int OnBreakpoint(nint self, nint process, nint thread, nint breakpoint)
    {
        var result = Call(breakpoint, Activate, 0);
        _ = result == 0 ? _stopped.TrySetResult(process) : _stopped.TrySetException(Marshal.GetExceptionForHR(result)!);
        return 0;
    }

    private int OnModule(nint self, nint process, nint module, nint nothing)
    {
        try
        {
            SetBreakpoint(module);
        }
        catch (Exception failure)
        {
            // The runtime that calls this knows no exceptions of .NET.
            _ = _stopped.TrySetException(failure);
        }

        return Call(process, Continue);
    }

    private void SetBreakpoint(nint module)
    {
        var name = Marshal.AllocHGlobal(LongestName * sizeof(char));
        Check(Call(module, GetName, LongestName, name + LongestName, name));
        if (Marshal.PtrToStringUni(name) == _program)
        {
            Check(At<GetterOf>(module, GetFunctionFromToken)(module, _line.Method, out var function));
            Check(At<Getter>(function, GetIlCode)(function, out var code));
            Check(At<GetterOf>(code, CreateBreakpoint)(code, _line.Offset, out var breakpoint));
            Check(Call(breakpoint, Activate, 1));
        }

        Marshal.FreeHGlobal(name);
    }

    // An object of the kind that the runtime calls: a pointer to a table of methods, which stays for as long as this process does.
    private nint Table(Delegate[] methods)
    {
        _held.AddRange(methods);
        var table = Marshal.AllocHGlobal((methods.Length + 1) * nint.Size);
        Marshal.WriteIntPtr(table, table + nint.Size);
        for (var i = 0; i < methods.Length; i++)
        {
            Marshal.WriteIntPtr(table, (i + 1) * nint.Size, Marshal.GetFunctionPointerForDelegate(methods[i]));
        }

        return table;
    }

    // A method that takes fewer arguments than these does not see the others.
    private static int Call(nint target, int method, nint first = 0, nint second = 0, nint third = 0) =>
        At<Method>(target, method)(target, first, second, third);

    private static T At<T>(nint target, int method) =>
        Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(Marshal.ReadIntPtr(target), method * nint.Size));

    private static T Export<T>(nint library, string name) => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

    private static void Check(int result) => Marshal.ThrowExceptionForHR(result);

    /// <summary>Where the code of a source line is.</summary>
    /// <param name="Method">Its method's token.</param>
    /// <param name="Offset">Its first instruction in that.</param>
    private sealed record SourceLine(int Method, int Offset)
    {
        /// <summary>Looks it up among the symbols.</summary>
        public static SourceLine Find(string symbols, string source, int line)
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
            var reader = provider.GetMetadataReader();
            return (
                from method in reader.MethodDebugInformation
                from point in reader.GetMethodDebugInformation(method).GetSequencePoints()
                where point.StartLine == line && reader.GetString(reader.GetDocument(point.Document).Name).EndsWith(source, StringComparison.Ordinal)
                select new SourceLine(MetadataTokens.GetToken(method.ToDefinitionHandle()), point.Offset)).First();
        }
    }
}
