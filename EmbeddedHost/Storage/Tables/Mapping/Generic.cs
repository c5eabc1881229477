using System.Reflection;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>Makes objects of generic types that are known only at run time; what a constructor throws comes as it is.</summary>
internal static class Generic
{
    public static object New(Type definition, Type[] types, params object[] arguments) => Activator.CreateInstance(
        definition.MakeGenericType(types),
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions,
        binder: null,
        arguments,
        culture: null)!;
}
