using EmbeddedHost.Engine.Contracts;

namespace EmbeddedHost.Hosting;

/// <summary>The engine beneath a host while it runs, with what the engine keeps for the host.</summary>
internal interface IHostRuntime : IDisposable
{
    /// <summary>The task hub.</summary>
    ITaskHub Hub { get; }

    /// <summary>Whether the engine gave up; the host stops then, and the next start goes on from what is stored.</summary>
    bool HasFaulted { get; }

    /// <summary>What a person reads at the start of where the data is.</summary>
    IEnumerable<string> Notices { get; }

    /// <summary>
    /// The start is over, well or not: a failure is told by the log from now on. Throws the one that came before, also where
    /// whatever met it went on without it.
    /// </summary>
    /// <exception cref="HostStartupException">The engine has failed meanwhile.</exception>
    void EndStart();

    /// <summary>Why a failure is the store's, in a sentence for a person; null where it is something else's.</summary>
    string? Explain(Exception failure);

    /// <summary>What a caller reads whose call failed because the store did; null where the failure is something else's.</summary>
    string? Unavailable(Exception failure);

    /// <summary>Something that the host runs by itself begins; a stop waits for it.</summary>
    void EnterWork();

    /// <summary>It is over.</summary>
    void LeaveWork();

    /// <summary>Gives up because of a failure that nobody else can be told of, and stops the host.</summary>
    void Fault(Exception e, string where);
}
