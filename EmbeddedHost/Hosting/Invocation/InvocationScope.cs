using System.Collections;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>What every log line of an invocation carries.</summary>
internal sealed class InvocationScope(InvocationContext invocation) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 3;

    // The names of the first two are those that the real worker uses.
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("AzureFunctions_FunctionName", invocation.Function.Descriptor.FunctionName),
        1 => new("AzureFunctions_InvocationId", invocation.InvocationId),
        2 => new("InstanceId", invocation.InstanceId),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <summary>The function and, where there is one, the instance.</summary>
    public override string ToString() => invocation.InstanceId is { } instance
        ? $"{invocation.Function.Descriptor.FunctionName} {instance}"
        : invocation.Function.Descriptor.FunctionName;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
