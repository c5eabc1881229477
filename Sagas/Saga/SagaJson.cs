using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sagas;

/// <summary>
/// How a saga's payloads, stories and answers are written as JSON: camel case, enums by name, nulls left out. An app that takes
/// the kit writes its own payloads the same way (<see cref="Apply"/>).
/// </summary>
public static class SagaJson
{
    /// <summary>The options. Types that the kit does not know are written by reflection. Text stays as it is: nothing here is put into HTML.</summary>
    public static JsonSerializerOptions Options { get; } = OptionsWith();

    /// <summary>Makes the same options for an app that has generated code for its own types.</summary>
    /// <param name="resolvers">The app's generated code, which is asked first.</param>
    public static JsonSerializerOptions OptionsWith(params IJsonTypeInfoResolver[] resolvers) => new(SagaJsonContext.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine([.. resolvers, SagaJsonContext.Default, new DefaultJsonTypeInfoResolver()]),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Generated code does so by itself.
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Makes options of the host's making read and write as others do.</summary>
    /// <param name="options">The host's options.</param>
    /// <param name="from">How they are to read and write.</param>
    public static void Apply(JsonSerializerOptions options, JsonSerializerOptions from)
    {
        options.PropertyNamingPolicy = from.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = from.DefaultIgnoreCondition;
        options.TypeInfoResolver = from.TypeInfoResolver;
        options.Encoder = from.Encoder;
        foreach (var converter in from.Converters)
        {
            options.Converters.Add(converter);
        }
    }

    /// <summary>
    /// Options for what was stored: all that is always written has to be there. Anything else is damage, and must not be taken
    /// for a null.
    /// </summary>
    /// <param name="options">How it was written.</param>
    public static JsonSerializerOptions ToStored(JsonSerializerOptions options) => new(options)
    {
        TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(RequireWhatIsAlwaysWritten),
    };

    /// <summary>The serialisation of a type under <see cref="Options"/>.</summary>
    internal static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>The same for what the kit itself has stored (<see cref="ToStored"/>).</summary>
    internal static JsonTypeInfo<T> StoredTypeOf<T>() => (JsonTypeInfo<T>)Stored.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Stored { get; } = ToStored(Options);

    private static void RequireWhatIsAlwaysWritten(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired |= property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false };
        }
    }
}

/// <summary>What the kit stores, hands on and answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SagaReport))]
[JsonSerializable(typeof(StepResult))]
[JsonSerializable(typeof(ReportToStore))]
[JsonSerializable(typeof(IncidentsToOpen))]
[JsonSerializable(typeof(ChildResult))]
[JsonSerializable(typeof(ChildToCompensate))]
[JsonSerializable(typeof(ReviewRequest))]
[JsonSerializable(typeof(ReviewBid))]
[JsonSerializable(typeof(ReviewVerdict))]
[JsonSerializable(typeof(ReviewDecision))]
[JsonSerializable(typeof(SagaNotice))]
[JsonSerializable(typeof(IncidentToClose))]
[JsonSerializable(typeof(RedriveInput))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IReadOnlyList<StoredNote>))]
[JsonSerializable(typeof(ParkTask))]
[JsonSerializable(typeof(ParkBid))]
[JsonSerializable(typeof(ParkVerdict))]
[JsonSerializable(typeof(CancelBid))]
[JsonSerializable(typeof(CancelVerdict))]
[JsonSerializable(typeof(JsonElement?))]
internal sealed partial class SagaJsonContext : JsonSerializerContext;
