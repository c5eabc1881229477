using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Drawing;
using OrderSagaFunctions.Ordering;

namespace OrderSagaFunctions.Tests.Serialisation;

/// <summary>What crosses a boundary as JSON, byte by byte: requests, answers, inputs and results of orchestrations and activities.</summary>
public sealed class PinnedBytesTests
{
    private static readonly JsonObjectSerializer Serializer = new(AppJson.Options);

    [Fact]
    public void Json_OfEachType_IsThePinnedText() => PinnedText.AssertIs(
        "payloads.txt",
        Payloads().Select(static type => $"{NameOf(type)} {Write(Example.Of(type, "value"))}")
            .Concat(Enums().Select(static type => $"{type.Name} {string.Join(' ', Enum.GetNames(type))}")),
        "Sagas in flight, stored rows, webhooks' receivers and clients have it as it was: what is renamed, removed or written "
        + "in another form has to be read in the old one too, for as long as any of them is left.");

    [Fact]
    public void Json_OfEachType_ComesBackWhole() => Assert.All(Payloads(), static type =>
    {
        var text = Write(Example.Of(type, "value"));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.Equal(text, Write(Serializer.Deserialize(stream, type, CancellationToken.None)!));
    });

    [Fact]
    public void Functions_InputsAndResults_AreAmongThePinned() => Assert.Empty(
        Functions().SelectMany(static function => (Type[])[.. Inputs(function), ResultOf(function)])
            .Where(static type => type != typeof(string) && type != typeof(void)).Except(Payloads()));

    [Fact]
    public void Activities_Results_HoldNoNumberWithDecimals() => Assert.All(
        Functions().Where(static function => Inputs(function).Any()).Select(ResultOf).Distinct(),
        static type => Assert.DoesNotContain(
            Numbers(JsonSerializer.SerializeToElement(Example.Of(type, "value"), type, AppJson.Options)),
            static number => number.Contains('.', StringComparison.Ordinal)));

    /// <summary>The types that the app says it writes, but for JSON of others.</summary>
    private static IEnumerable<Type> Payloads() => typeof(AppJsonContext).GetCustomAttributesData()
        .Where(static attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(static attribute => (Type)attribute.ConstructorArguments[0].Value!)
        .Where(static type => type != typeof(JsonElement?));

    // Written by name. What a query asks for is stored nowhere.
    private static IEnumerable<Type> Enums() => typeof(OrderSaga).Assembly.GetTypes().Where(static type => type.IsEnum && type != typeof(DrawingFormat));

    private static IEnumerable<MethodInfo> Functions() => typeof(OrderSaga).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods())
        .Where(static method => method.IsDefined(typeof(FunctionAttribute)) && !method.GetParameters().Any(static parameter => parameter.IsDefined(typeof(HttpTriggerAttribute))));

    private static IEnumerable<Type> Inputs(MethodInfo function) => function.GetParameters()
        .Where(static parameter => parameter.IsDefined(typeof(ActivityTriggerAttribute)))
        .Select(static parameter => parameter.ParameterType);

    private static Type ResultOf(MethodInfo function) => function.ReturnType switch
    {
        { IsGenericType: true } task => task.GetGenericArguments()[0],
        var type => type == typeof(Task) ? typeof(void) : type,
    };

    private static IEnumerable<string> Numbers(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => [json.GetRawText()],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static property => Numbers(property.Value)),
        _ => [],
    };

    private static string Write(object value) => Serializer.Serialize(value, value.GetType()).ToString();

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{NameOf(type.GetGenericArguments()[0])}>"
        : type.Name;
}
