using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Http;

/// <summary>
/// The property that holds the HTTP answer in a result of several outputs: the one marked with
/// <see cref="HttpResultAttribute"/>, else the one that is a response.
/// </summary>
internal static class HttpResultProperty
{
    /// <summary>Reads the property off a result; null where the result is the answer.</summary>
    public static Func<object, object?>? Of(Type result)
    {
        var properties = result.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var property = Array.Find(properties, candidate => candidate.IsDefined(typeof(HttpResultAttribute)))
            ?? Array.Find(properties, candidate => candidate.PropertyType.IsAssignableTo(typeof(HttpResponseData)));
        if (property is null)
        {
            return null;
        }

        var source = Expression.Parameter(typeof(object), "result");
        var read = Expression.Property(Expression.Convert(source, result), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), source).Compile();
    }
}
