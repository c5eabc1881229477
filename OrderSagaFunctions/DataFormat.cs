using System.Reflection;
using OrderSagaFunctions;

[assembly: AssemblyMetadata("DataFormat", DataFormat.Number)]
[assembly: AssemblyMetadata("DataFormatReadsFrom", DataFormat.ReadsFrom)]

namespace OrderSagaFunctions;

/// <summary>
/// The number of the form in which the app writes payloads and rows. It goes up with each change of one of them, not with one of
/// an answer over HTTP, which is stored nowhere. The embedded host keeps it with the data, and opens only data of a form that
/// the app reads; from then on the data has today's.
/// </summary>
internal static class DataFormat
{
    /// <summary>The number of today's form.</summary>
    public const string Number = "4";

    /// <summary>
    /// The number of the oldest form that the app reads. A change that only adds what may be missing leaves it; with any other one
    /// it becomes <see cref="Number"/>.
    /// </summary>
    public const string ReadsFrom = "1";
}
