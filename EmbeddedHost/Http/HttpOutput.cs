using System.Reflection;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
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

    private HttpOutput(Type result, PropertyInfo? property, bool exists)
    {
        _result = result;
        _property = property;
        Exists = exists;
    }

    /// <summary>Whether there is an answer: not where all of the result goes elsewhere.</summary>
    public bool Exists { get; }

    /// <summary>The property's name, or <see cref="WholeResult"/>.</summary>
    public string Name => _property?.Name ?? WholeResult;

    /// <summary>The answer in a method's results.</summary>
    public static HttpOutput Of(MethodInfo method)
    {
        var result = ReturnValue.TypeOf(method);
        var properties = result.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var answer = Array.Find(properties, property => property.IsDefined(typeof(HttpResultAttribute)))
            ?? Array.Find(properties, property => property.PropertyType.IsAssignableTo(typeof(HttpResponseData)));
        var goesElsewhere = method.IsDefined(typeof(OutputBindingAttribute)) || Array.Exists(properties, property => property.IsDefined(typeof(OutputBindingAttribute)));
        return new HttpOutput(result, answer, exists: answer is not null || !goesElsewhere);
    }

    /// <summary>The answer in a result; a result of another type (middleware's) is the answer itself.</summary>
    public object? ReadFrom(object? result) =>
        _property is not null && _result.IsInstanceOfType(result) ? _property.GetValue(result) : result;
}
