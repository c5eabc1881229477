namespace Microsoft.DurableTask;

/// <summary>The step from an untyped input to a task's own type.</summary>
internal static class TaskInput
{
    /// <summary>The input as its type; null becomes the type's default.</summary>
    /// <exception cref="ArgumentException">The input is of another type.</exception>
    public static T As<T>(object? input, Type task) => input switch
    {
        T typed => typed,
        null => default!,
        _ => throw new ArgumentException($"{task} takes an input of type {typeof(T)}, but was given {input.GetType()}.", nameof(input)),
    };
}
