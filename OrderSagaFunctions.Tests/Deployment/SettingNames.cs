using System.Reflection;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The names of the app's settings as people write them, with <c>{name}</c> for a step's.</summary>
internal static class SettingNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(OrderOptions).Assembly.GetTypes().Concat(typeof(SagaOptions).Assembly.GetTypes()).Where(static type => type.GetField("Section") is not null)
            .SelectMany(static type => NamesOf(type, (string)type.GetField("Section")!.GetRawConstantValue()! + "__")),
    ];

    private static IEnumerable<string> NamesOf(Type options, string prefix) => options.GetProperties()
        .Where(static property => property.CanWrite)
        .SelectMany(property => NamesOf(property, prefix + property.Name));

    private static IEnumerable<string> NamesOf(PropertyInfo property, string name) => property.PropertyType switch
    {
        var type when type == typeof(SagaRetryOptions) => NamesOf(type, name + "__"),
        var type when type == typeof(IDictionary<string, SagaStepOptions>) => NamesOf(typeof(SagaStepOptions), name + "__{name}__"),
        _ => [name],
    };
}
