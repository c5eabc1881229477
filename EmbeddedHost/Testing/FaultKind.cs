namespace EmbeddedHost.Testing;

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
