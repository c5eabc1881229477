using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>
/// Writes what a type exposes in the format of the surface lists. A line holds what source code can depend on;
/// private, internal and compiler-named members, nullability and attributes are not in it.
/// </summary>
internal static class SurfaceWriter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines of every exposed type of an assembly whose namespace passes the filter.</summary>
    public static IReadOnlyList<SurfaceMember> Write(Assembly assembly, Func<string, bool> isWanted) =>
        [.. assembly.GetTypes().Where(type => IsExposed(type) && isWanted(type.Namespace ?? "")).SelectMany(Write)];

    /// <summary>The type's own line, then one for each exposed member that it declares.</summary>
    public static IEnumerable<SurfaceMember> Write(Type type)
    {
        var name = TypeText.Of(type);
        SurfaceMember Line(MemberInfo source, string kind, string shape) => new(new SurfaceLine(name, kind, shape), source);

        yield return Line(type, "type", TypeShape(type));
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                var value = Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture);
                yield return Line(field, "enum", $"{field.Name} = {value}");
            }

            yield break;
        }

        foreach (var member in type.GetMembers(Declared))
        {
            // Names with a bracket or a dot belong to the compiler and to explicit interface implementations.
            if (member is not ConstructorInfo && member.Name.IndexOfAny(['<', '.']) >= 0)
            {
                continue;
            }

            var line = member switch
            {
                ConstructorInfo { IsStatic: false } ctor when IsExposed(ctor) =>
                    Line(ctor, "ctor", $"{Access(ctor)} ({ParameterText.Of(ctor)})"),
                MethodInfo method when IsExposed(method) && !IsAccessor(method) =>
                    Line(method, "method", MethodShape(method)),
                PropertyInfo property when Accessors(property).Any() => Line(property, "property", PropertyShape(property)),
                FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly =>
                    Line(field, "field", FieldShape(field)),
                EventInfo @event when IsExposed(@event.AddMethod!) =>
                    Line(@event, "event", $"{Modifiers(@event.AddMethod!)} {TypeText.Of(@event.EventHandlerType!)} {@event.Name}"),
                _ => null,
            };
            if (line is not null)
            {
                yield return line;
            }
        }
    }

    private static string TypeShape(Type type)
    {
        var kind = Kind(type);
        if (type.IsEnum)
        {
            return kind;
        }

        var interfaces = type.GetInterfaces().Where(contract => contract.IsVisible).Select(TypeText.Of).Order(StringComparer.Ordinal);
        string[] parents = IsImpliedBase(type.BaseType) ? [.. interfaces] : [TypeText.Of(type.BaseType!), .. interfaces];
        return parents.Length == 0 ? kind : $"{kind} : {string.Join(", ", parents)}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsInterface: true } => "interface",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static bool IsImpliedBase(Type? type) =>
        type is null || type == typeof(object) || type == typeof(ValueType) || type == typeof(MulticastDelegate);

    private static string MethodShape(MethodInfo method) =>
        $"{Modifiers(method)} {TypeText.Of(method.ReturnType)} {method.Name}{TypeText.Arguments(method.GetGenericArguments())}" +
        $"({ParameterText.Of(method)}){TypeText.Constraints(method)}";

    private static string PropertyShape(PropertyInfo property)
    {
        var accessors = Accessors(property).ToArray();
        var widest = Array.Find(accessors, accessor => accessor.IsPublic) ?? accessors[0];
        var keywords = accessors.Select(accessor =>
            accessor.ReturnType != typeof(void) ? "get;" : IsInit(accessor) ? "init;" : "set;");
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{ParameterText.Of(parameters)}]" : "";
        return $"{Modifiers(widest)} {TypeText.Of(property.PropertyType)} {property.Name}{index} {{ {string.Join(' ', keywords)} }}";
    }

    private static string FieldShape(FieldInfo field)
    {
        var access = field.IsPublic ? "public" : "protected";
        var scope = field.IsLiteral ? " const" : field.IsStatic ? " static" : "";
        return $"{access}{scope} {TypeText.Of(field.FieldType)} {field.Name}";
    }

    private static string Modifiers(MethodInfo method)
    {
        var scope = method switch
        {
            { IsStatic: true } => " static",
            { IsAbstract: true } => " abstract",
            { IsVirtual: true, IsFinal: false } => " virtual",
            _ => "",
        };
        return Access(method) + scope;
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static IEnumerable<MethodInfo> Accessors(PropertyInfo property) =>
        new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(IsExposed);

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsExposed(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsExposed(Type type) => type.DeclaringType is { } outer
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsExposed(outer)
        : type.IsPublic;
}
