using System.Security.Cryptography;
using System.Text;
using Microsoft.OpenApi;

namespace OrderSagaFunctions.OpenApi;

/// <summary>The description of the API as it is sent: made at the first call that asks for it.</summary>
public sealed class ApiDescription
{
    private readonly Lazy<(string Json, string Tag)> _made = new(static () =>
    {
        var json = Write(ApiDocument.Make());
        return (json, $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))}\"");
    });

    /// <summary>The OpenAPI document.</summary>
    public string Json => _made.Value.Json;

    /// <summary>The tag of this version of it.</summary>
    public string Tag => _made.Value.Tag;

    private static string Write(OpenApiDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return text.ToString();
    }
}
