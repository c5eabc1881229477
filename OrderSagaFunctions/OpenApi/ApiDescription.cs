using System.Text;
using Microsoft.OpenApi;

namespace OrderSagaFunctions.OpenApi;

/// <summary>The description of the API as it is sent: made at the first call that asks for it.</summary>
public sealed class ApiDescription
{
    private readonly Lazy<byte[]> _utf8 = new(static () => Write(ApiDocument.Make()));

    /// <summary>The OpenAPI document.</summary>
    internal byte[] Utf8 => _utf8.Value;

    private static byte[] Write(OpenApiDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
