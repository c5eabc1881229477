using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrderSagaFunctions;

/// <summary>How everything is written as JSON, by the host's serialiser and by the app itself.</summary>
internal static class AppJson
{
    /// <summary>
    /// The options of <see cref="AppJsonContext"/> and <see cref="AnswerJsonContext"/>. A host may hand over types that the app does
    /// not know, so reflection stands behind the generated code. Text stays as it is: nothing here is put into HTML.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new(AppJsonContext.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(AppJsonContext.Default, AnswerJsonContext.Default, new DefaultJsonTypeInfoResolver()),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes options of the host's making read and write as <see cref="Options"/> do.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = Options.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = Options.DefaultIgnoreCondition;
        options.TypeInfoResolver = Options.TypeInfoResolver;
        options.Encoder = Options.Encoder;
        foreach (var converter in Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }

    /// <summary>The serialisation of a type under <see cref="Options"/>.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => Cache<T>.Value;

    /// <summary>
    /// The same for what the app itself has stored: all that it always writes has to be there. Anything else is damage, and must
    /// not be taken for a null.
    /// </summary>
    public static JsonTypeInfo<T> StoredTypeOf<T>() => StoredCache<T>.Value;

    private static JsonSerializerOptions Stored { get; } = new(Options)
    {
        TypeInfoResolver = Options.TypeInfoResolver!.WithAddedModifier(RequireWhatIsAlwaysWritten),
    };

    private static void RequireWhatIsAlwaysWritten(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired |= property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false };
        }
    }

    private static class Cache<T>
    {
        public static readonly JsonTypeInfo<T> Value = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }

    private static class StoredCache<T>
    {
        public static readonly JsonTypeInfo<T> Value = (JsonTypeInfo<T>)Stored.GetTypeInfo(typeof(T));
    }
}
