namespace EmbeddedHost.Testing;

/// <summary>Something that goes wrong in an activity.</summary>
/// <param name="Activity">The activity's name, in any case; <c>*</c> is every activity.</param>
/// <param name="Kind">What happens.</param>
public sealed record Fault(string Activity, FaultKind Kind)
{
    /// <summary>
    /// Which run of the activity is meant, counted from 1 for each instance, crashes included; null is every run.
    /// </summary>
    public int? Attempt { get; init; }

    /// <summary>The instance that is meant; null is every one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>What the activity's input has to contain, as JSON text; null is any input.</summary>
    public string? InputContains { get; init; }

    /// <summary>How likely it is, from 0 to 1. What chance decides, the host's seed decides.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How long a hang lasts, or how late an activity acts that has failed, in virtual time; null is for ever.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>What the activity fails with; null is an <see cref="IOException"/> that says that it was made to.</summary>
    public Func<Exception>? Error { get; init; }
}

/// <summary>How an activity goes wrong.</summary>
public enum FaultKind
{
    /// <summary>It fails without having acted.</summary>
    Throw,

    /// <summary>It acts, and then fails: the orchestration hears of the failure only.</summary>
    ActThenFail,

    /// <summary>It fails, and acts all the same after <see cref="Fault.For"/>: an attempt that was given up on and goes on.</summary>
    FailThenAct,

    /// <summary>It does nothing for <see cref="Fault.For"/>, and acts then; without that, it never comes back.</summary>
    Hang,

    /// <summary>The host crashes as the activity starts.</summary>
    Crash,

    /// <summary>It acts, and the host crashes before anyone hears of it.</summary>
    ActThenCrash,
}
