using System.Reflection;
using OrderSagaFunctions;

[assembly: AssemblyMetadata("DataFormat", DataFormat.Number)]

namespace OrderSagaFunctions;

/// <summary>
/// The number of the form in which the app writes payloads and rows. It goes up with each change of one of them. The
/// embedded host keeps it with the data, and does not open data that was written in another form.
/// </summary>
internal static class DataFormat
{
    /// <summary>The number of today's form.</summary>
    public const string Number = "1";
}
