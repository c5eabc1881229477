using System.Reflection;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>
/// Tells which members of an assembly only throw. What counts is the code a caller reaches: a virtual member whose
/// base throws is fine if a class of the assembly overrides it, and an abstract one is missing if every class throws.
/// </summary>
internal sealed class ThrowingMembers(Assembly assembly)
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Type[] _classes = [.. assembly.GetTypes().Where(type => type is { IsClass: true, ContainsGenericParameters: false })];

    public bool Contains(MemberInfo member) => member switch
    {
        MethodInfo method => OnlyThrows(method),
        ConstructorInfo ctor => MethodBodies.OnlyThrows(ctor),
        PropertyInfo property => property.GetAccessors(nonPublic: true).All(OnlyThrows),
        _ => false,
    };

    private bool OnlyThrows(MethodInfo method)
    {
        var bodies = new[] { method }.Concat(Implementations(method)).Where(candidate => !candidate.IsAbstract).ToList();
        return bodies.Count > 0 && bodies.TrueForAll(MethodBodies.OnlyThrows);
    }

    private IEnumerable<MethodInfo> Implementations(MethodInfo method)
    {
        if (!method.IsVirtual || method.DeclaringType is not { ContainsGenericParameters: false } owner)
        {
            return [];
        }

        var heirs = _classes.Where(type => type != owner && type.IsAssignableTo(owner));
        return owner.IsInterface
            ? heirs.SelectMany(type => Mapped(type.GetInterfaceMap(owner), method))
            : heirs.SelectMany(type => type.GetMethods(Everything)).Where(candidate => candidate.GetBaseDefinition() == method);
    }

    private static IEnumerable<MethodInfo> Mapped(InterfaceMapping map, MethodInfo method) =>
        map.InterfaceMethods.Zip(map.TargetMethods).Where(pair => pair.First == method).Select(pair => pair.Second);
}
