using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>Writes parameters as the surface lists do: <c>this</c>, type, name and default, without <c>params</c> or <c>out</c>.</summary>
internal static class ParameterText
{
    public static string Of(MethodBase method)
    {
        var receiver = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return receiver + Of(method.GetParameters());
    }

    public static string Of(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        var text = $"{TypeText.Of(parameter.ParameterType)} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {Default(parameter)}" : text;
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => AllowsNull(parameter.ParameterType) ? "null" : "default",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool AllowsNull(Type type) =>
        !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}
