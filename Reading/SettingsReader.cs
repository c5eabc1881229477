using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Reading;

/// <summary>
/// Reads a section of settings into an object. Strict: each setting has to be one of the object's, to have the form of its
/// type, and to lie within its <see cref="RangeAttribute"/>.
/// </summary>
internal static class SettingsReader
{
    /// <summary>Sets what the section has; the rest stays as it is.</summary>
    /// <returns>What is wrong, each with the setting's name as people write it (<c>Saga__ParkTimeout</c>).</returns>
    /// <param name="section">The section.</param>
    /// <param name="options">The object.</param>
    /// <param name="others">The settings of the section that other objects read.</param>
    public static IReadOnlyList<string> Read(IConfigurationSection section, object options, params IReadOnlyList<string> others)
    {
        var errors = new List<string>();
        ReadObject(section, options, section.Key, errors, others);
        return errors;
    }

    private static void ReadObject(
        IConfigurationSection section, object options, string name, List<string> errors, params IReadOnlyList<string> others)
    {
        if (section.Value is { } value)
        {
            errors.Add($"{name} is '{value}', expected settings under it, as {name}__….");
            return;
        }

        var properties = options.GetType().GetProperties().Where(static property => property.CanWrite).ToList();
        foreach (var child in section.GetChildren())
        {
            if (properties.Find(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } property)
            {
                ReadProperty(child, options, property, $"{name}__{property.Name}", errors);
            }
            else if (!others.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add($"{name}__{child.Key} is no setting. There are {string.Join(", ", properties.Select(static known => known.Name).Concat(others).Select(known => $"{name}__{known}"))}.");
            }
        }
    }

    private static void ReadProperty(IConfigurationSection section, object options, PropertyInfo property, string name, List<string> errors)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.GetValue(options) is IDictionary entries)
        {
            ReadEntries(section, entries, property.PropertyType.GenericTypeArguments[1], name, errors);
        }
        else if (RuleOf(type) is not { } rule)
        {
            ReadObject(section, property.GetValue(options)!, name, errors);
        }
        else if (section.GetChildren().FirstOrDefault() is { } child)
        {
            errors.Add($"{name}__{child.Key} is no setting. {name} is one value: {rule}.");
        }
        else if (section.Value is { } text)
        {
            var range = property.GetCustomAttribute<RangeAttribute>();
            if (TryRead(type, text, out var value) && range?.IsValid(value) != false)
            {
                property.SetValue(options, value);
            }
            else
            {
                // An address may carry a secret.
                errors.Add($"{name} is {(type == typeof(Uri) ? "not what it should be" : $"'{text}'")}, expected {rule}{RangeOf(range)}.");
            }
        }
    }

    private static void ReadEntries(IConfigurationSection section, IDictionary entries, Type type, string name, List<string> errors)
    {
        if (section.Value is { } value)
        {
            errors.Add($"{name} is '{value}', expected settings under it, as {name}__….");
        }

        foreach (var child in section.GetChildren())
        {
            var entry = Activator.CreateInstance(type)!;
            ReadObject(child, entry, $"{name}__{child.Key}", errors);
            entries[child.Key] = entry;
        }
    }

    /// <summary>What a value of a type is written like; null where the type is an object of settings.</summary>
    private static string? RuleOf(Type type) =>
        type.IsEnum ? Names.RuleOf(type)
        : type == typeof(string) ? "a text"
        : type == typeof(bool) ? Names.FlagRule
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(decimal) ? "a number"
        : type == typeof(TimeSpan) ? "a time written hh:mm:ss"
        : type == typeof(Uri) ? "an absolute URL"
        : null;

    private static bool TryRead(Type type, string text, out object? value)
    {
        value = null;
        if (type.IsEnum)
        {
            return Names.TryValue(type, text, out value);
        }

        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) && Names.TryFlag(text, out var flag) => flag,
            _ when type == typeof(int) && Numbers.TryWhole(text, int.MinValue, int.MaxValue, out var number) => (int)number,
            _ when type == typeof(long) && Numbers.TryScaled(text, 0, out var number) => number,
            _ when type == typeof(decimal) && Numbers.TryDecimal(text, out var number) => number,
            _ when type == typeof(TimeSpan) && Times.TryDuration(text, out var duration) => duration,
            _ when type == typeof(Uri) && Uri.TryCreate(text, UriKind.Absolute, out var url) => url,
            _ => null,
        };
        return value is not null;
    }

    private static string RangeOf(RangeAttribute? range) => range switch
    {
        null => string.Empty,
        _ => $" from {Text(range.Minimum)} to {Text(range.Maximum)}",
    };

    private static string Text(object bound) => bound is TimeSpan time
        ? time.ToString(time.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss\.FFFFFFF", CultureInfo.InvariantCulture).TrimEnd('.')
        : string.Create(CultureInfo.InvariantCulture, $"{bound}");
}
