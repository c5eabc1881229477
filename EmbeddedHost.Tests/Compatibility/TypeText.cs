using System.Reflection;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>Writes reflected types as the surface lists do: full names, <c>&lt;T&gt;</c>, <c>[]</c>, <c>&amp;</c>, no C# keywords.</summary>
internal static class TypeText
{
    public static string Of(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsByRef)
        {
            return Of(type.GetElementType()!) + "&";
        }

        return type.IsArray
            ? $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
            : Named(type) + Arguments(type.GetGenericArguments());
    }

    /// <summary>The type parameters or arguments in angle brackets; nothing where there are none.</summary>
    public static string Arguments(Type[] arguments) =>
        arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>";

    /// <summary>The constraints of a method's type parameters, each with a leading space.</summary>
    public static string Constraints(MethodInfo method) =>
        string.Concat(method.GetGenericArguments().Select(Constraint));

    private static string Named(Type type)
    {
        var arity = type.Name.IndexOf('`', StringComparison.Ordinal);
        var name = arity < 0 ? type.Name : type.Name[..arity];
        var scope = type.IsNested ? Named(type.DeclaringType!) : type.Namespace;
        return string.IsNullOrEmpty(scope) ? name : $"{scope}.{name}";
    }

    private static string Constraint(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> parts = [];
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        if (isStruct)
        {
            parts.Add("struct");
        }

        parts.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }
}
