using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Http;

/// <summary>
/// Where the HTTP answer is in what a function returns: it is the result itself or, in a result of several outputs, the
/// property marked with <see cref="HttpResultAttribute"/>, else the one that is a response.
/// </summary>
internal sealed class HttpOutput
{
    /// <summary>The name of a result that is the answer.</summary>
    public const string WholeResult = "$return";

    private readonly Type _result;
    private readonly PropertyInfo? _property;

    private HttpOutput(Type result, PropertyInfo? property)
    {
        _result = result;
        _property = property;
    }

    /// <summary>The property's name, or <see cref="WholeResult"/>.</summary>
    public string Name => _property?.Name ?? WholeResult;

    /// <summary>The answer in results of a type.</summary>
    public static HttpOutput Of(Type result)
    {
        var properties = result.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return new HttpOutput(
            result,
            Array.Find(properties, property => property.IsDefined(typeof(HttpResultAttribute)))
                ?? Array.Find(properties, property => property.PropertyType.IsAssignableTo(typeof(HttpResponseData))));
    }

    /// <summary>The answer in a result; a result of another type (middleware's) is the answer itself.</summary>
    public object? ReadFrom(object? result) =>
        _property is not null && _result.IsInstanceOfType(result) ? _property.GetValue(result) : result;
}
