namespace Microsoft.Azure.Functions.Worker;

/// <summary>A set of objects by type, attached to an invocation.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Attaches an object under its type, in place of an earlier one.</summary>
    void Set<T>(T instance);

    /// <summary>The object under the type, or the type's default.</summary>
    T? Get<T>();
}
