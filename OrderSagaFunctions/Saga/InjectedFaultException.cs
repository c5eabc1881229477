using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>A failure made on purpose by <see cref="FaultInjector"/>. It is final: retrying it would only repeat the script.</summary>
public sealed class InjectedFaultException(string errorName) : Exception(errorName)
{
    /// <summary>Whether a failed activity failed so. Only the type's name survives the way through the host.</summary>
    public static bool IsCauseOf(TaskFailureDetails failure) =>
        string.Equals(failure.ErrorType, typeof(InjectedFaultException).FullName, StringComparison.Ordinal);
}
