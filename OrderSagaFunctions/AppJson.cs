using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sagas;

namespace OrderSagaFunctions;

/// <summary>How everything is written as JSON, by the host's serialiser and by the app itself: as the kit does, with generated code for the app's types.</summary>
internal static class AppJson
{
    /// <summary>The options of <see cref="AppJsonContext"/> and <see cref="AnswerJsonContext"/>.</summary>
    public static JsonSerializerOptions Options { get; } = SagaJson.OptionsWith(AppJsonContext.Default, AnswerJsonContext.Default);

    private static JsonSerializerOptions Stored { get; } = SagaJson.ToStored(Options);

    /// <summary>Makes options of the host's making read and write as <see cref="Options"/> do.</summary>
    public static void Apply(JsonSerializerOptions options) => SagaJson.Apply(options, Options);

    /// <summary>The serialisation of a type under <see cref="Options"/>.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>The same for what the app itself has stored (<see cref="SagaJson.ToStored"/>).</summary>
    public static JsonTypeInfo<T> StoredTypeOf<T>() => (JsonTypeInfo<T>)Stored.GetTypeInfo(typeof(T));
}
