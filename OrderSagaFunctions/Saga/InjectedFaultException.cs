using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>A failure made on purpose by <see cref="FaultInjector"/>. It is final: retrying it would only repeat the script.</summary>
/// <param name="activity">What is made to fail.</param>
public sealed class InjectedFaultException(string activity) : Exception(NameOf(activity))
{
    /// <summary>The published name of an activity's injected error.</summary>
    public static string NameOf(string activity) => $"Err{activity}";

    /// <summary>
    /// Whether a failed activity failed so. Its message tells, because on the way through a host the type may get lost, or
    /// be that of an exception around this one.
    /// </summary>
    public static bool IsCauseOf(string activity, TaskFailureDetails failure) =>
        failure.ErrorMessage.Contains(NameOf(activity), StringComparison.Ordinal);
}
