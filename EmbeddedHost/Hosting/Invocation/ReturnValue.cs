namespace EmbeddedHost.Hosting.Invocation;

/// <summary>Brings whatever a function returns into one form; a function without a result has null.</summary>
internal static class ReturnValue
{
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
