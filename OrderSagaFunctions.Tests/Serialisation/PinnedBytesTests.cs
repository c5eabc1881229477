using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Ordering;
using Sagas;
using Sagas.Drawing;
using Sagas.Operations;

namespace OrderSagaFunctions.Tests.Serialisation;

/// <summary>What crosses a boundary as JSON, byte by byte: requests, answers, inputs and results of orchestrations and activities.</summary>
public sealed class PinnedBytesTests
{
    private static readonly JsonObjectSerializer Serializer = new(AppJson.Options);

    // Of no row and no payload: answers alone show them, or queries alone name them.
    private static readonly Type[] AnswerEnums = [typeof(AuditRule), typeof(IncidentFilter), typeof(InstanceKind), typeof(TimelineKind), typeof(TransitionCause), typeof(WaitsFor)];

    [Fact]
    public void Json_OfEachType_IsThePinnedText() => PinnedText.AssertIs(
        "payloads.txt",
        Lines(Payloads()).Concat(Enums().Except(AnswerEnums).Select(Line)),
        "Sagas in flight, stored rows and webhooks' receivers have it as it was: what is renamed, removed or written in another "
        + "form has to be read in the old one too, for as long as any of them is left.");

    [Fact]
    public void Json_OfEachAnswer_IsThePinnedText() => PinnedText.AssertIs(
        "answers.txt",
        Lines(Answers()).Concat(AnswerEnums.Select(Line)),
        "Clients read it as it was: what is renamed, removed or written in another form breaks them.");

    [Fact]
    public void Json_OfEachType_ComesBackWhole() => Assert.All(Payloads().Concat(Answers()), static type =>
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

    [Fact]
    public void Answers_Types_AreNotAmongWhatIsStored() => Assert.Empty(Answers().Intersect(Payloads()));

    /// <summary>The lines of an earlier format that are not read as they are: of a type or an enum that is gone, or of another form.</summary>
    internal static IEnumerable<string> FindUnreadable(IEnumerable<string> lines)
    {
        var payloads = Payloads().ToDictionary(NameOf);
        var enums = Enums().ToDictionary(static type => type.Name);
        return lines.Where(line =>
        {
            var (name, text) = (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            return payloads.TryGetValue(name, out var type)
                ? text != Write(JsonSerializer.Deserialize(text, type, AppJson.Options)!)
                : !enums.TryGetValue(name, out var values) || text.Split(' ').Except(Enum.GetNames(values)).Any();
        });
    }

    /// <summary>The types that the app and the kit say they store or have under way, but for JSON of others.</summary>
    private static IEnumerable<Type> Payloads() => DeclaredBy(typeof(AppJsonContext)).Concat(DeclaredBy(typeof(SagaJson).Assembly.GetType("Sagas.SagaJsonContext")!));

    /// <summary>The types that the app says are answers and nothing else.</summary>
    private static IEnumerable<Type> Answers() => DeclaredBy(typeof(AnswerJsonContext));

    private static IEnumerable<Type> DeclaredBy(Type context) => context.GetCustomAttributesData()
        .Where(static attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(static attribute => (Type)attribute.ConstructorArguments[0].Value!)
        .Where(static type => type != typeof(JsonElement?));

    private static IEnumerable<string> Lines(IEnumerable<Type> types) => types.Select(static type => $"{NameOf(type)} {Write(Example.Of(type, "value"))}");

    private static string Line(Type type) => $"{type.Name} {string.Join(' ', Enum.GetNames(type))}";

    private static IEnumerable<Type> Types() => typeof(OrderSaga).Assembly.GetTypes().Concat(typeof(SagaJson).Assembly.GetTypes());

    // Written by name. What a query asks for is stored nowhere.
    private static IEnumerable<Type> Enums() => Types().Where(static type => type.IsEnum && type != typeof(DrawingFormat));

    private static IEnumerable<MethodInfo> Functions() => Types()
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
