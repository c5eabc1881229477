using System.Diagnostics;
using System.Globalization;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>A limit on the size of each file that a process writes: what a full disk is to it, without the right to mount one.</summary>
/// <param name="Blocks">Blocks of the shell's <c>ulimit -f</c>, of 512 or 1024 bytes.</param>
public sealed record FileSizeLimit(int Blocks)
{
    /// <summary>The same start under the limit.</summary>
    internal ProcessStartInfo Apply(ProcessStartInfo start)
    {
        // A write beyond the limit is to fail, as on a full disk, and not to end the process by its signal.
        string[] shell = ["-c", $"trap '' XFSZ; ulimit -f {Blocks.ToString(CultureInfo.InvariantCulture)}; exec \"$@\"", "sh", start.FileName];
        var arguments = shell.Concat(start.ArgumentList).ToList();
        start.FileName = "sh";
        start.ArgumentList.Clear();
        arguments.ForEach(start.ArgumentList.Add);

        // The runtime maps its own code through a large file in memory, which counts.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return start;
    }
}
