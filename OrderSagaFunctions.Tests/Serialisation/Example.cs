using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderSagaFunctions.Tests.Serialisation;

/// <summary>A value of any type that crosses a boundary, with everything in it that can be: always the same one.</summary>
internal static class Example
{
    private static readonly Dictionary<Type, object> Plain = new()
    {
        [typeof(bool)] = true,
        [typeof(int)] = 7,
        // More than a double holds.
        [typeof(long)] = 9_007_199_254_740_993,
        [typeof(decimal)] = 12.30m,
        [typeof(Guid)] = new Guid("0b1c2d3e-4f50-5162-8394-a5b6c7d8e9f0"),
        [typeof(DateTimeOffset)] = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        [typeof(TimeSpan)] = new TimeSpan(1, 2, 3, 4),
        [typeof(JsonElement)] = JsonDocument.Parse("""{"any":[1,"json"]}""").RootElement,
    };

    /// <summary>The example of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">What it is called where it stands; text says so.</param>
    public static object Of(Type type, string name) =>
        Nullable.GetUnderlyingType(type) is { } value ? Of(value, name)
        : Plain.TryGetValue(type, out var plain) ? plain
        // A sign of each kind that a serialiser may write in two ways.
        : type == typeof(string) ? $"{name} é+<\"'>"
        : type.IsEnum ? Enum.GetValues(type).Cast<object>().Last()
        : type.IsGenericType ? Collection(type, name)
        : Composite(type);

    private static object Collection(Type type, string name)
    {
        var arguments = type.GetGenericArguments();
        var value = Of(arguments[^1], name);
        if (arguments.Length == 1)
        {
            var list = Array.CreateInstance(arguments[0], 1);
            list.SetValue(value, 0);
            return list;
        }

        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        dictionary.Add(Of(arguments[0], "key"), value);
        return dictionary;
    }

    // As it is called in JSON, if that is another name.
    private static string NameOf(Type type, ParameterInfo parameter) =>
        type.GetProperty(parameter.Name!)?.GetCustomAttribute<JsonPropertyNameAttribute>() is { Name: var name } ? char.ToUpperInvariant(name[0]) + name[1..] : parameter.Name!;

    // One of its own kind within it is left out.
    private static object Composite(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(static candidate => candidate.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var made = constructor.Invoke([.. parameters.Select(parameter => parameter.ParameterType == type ? null : Of(parameter.ParameterType, NameOf(type, parameter)))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite))
        {
            if (!parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)))
            {
                property.SetValue(made, Of(property.PropertyType, property.Name));
            }
        }

        return made;
    }
}
