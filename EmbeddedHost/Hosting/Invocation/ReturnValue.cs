using System.Reflection;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>Brings whatever a function returns into one form; a function without a result has null.</summary>
internal static class ReturnValue
{
    /// <summary>The type of what a method gives in the end: of what its task gives, where it returns one.</summary>
    public static Type TypeOf(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return typeof(void);
        }

        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
    }

    public static ValueTask<object?> From(object? value) => new(value);

    public static async ValueTask<object?> FromTask<T>(Task<T> task) => await task;

    public static async ValueTask<object?> FromValueTask<T>(ValueTask<T> task) => await task;

    public static async ValueTask<object?> FromEnd(Task task)
    {
        await task;
        return null;
    }

    public static async ValueTask<object?> FromEnd(ValueTask task)
    {
        await task;
        return null;
    }
}
