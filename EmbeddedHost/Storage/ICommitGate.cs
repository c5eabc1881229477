namespace EmbeddedHost.Storage;

/// <summary>
/// Stands between a process and its disk. Once it is shut, nothing is committed any more, and what was committed last is
/// told to nobody: to the outside that is a crash.
/// </summary>
internal interface ICommitGate
{
    /// <summary>Whether the process is to be taken for dead.</summary>
    bool IsShut { get; }

    /// <summary>Called inside each transaction when all is written; the gate may shut here.</summary>
    /// <param name="database">The database's file.</param>
    /// <param name="works">The works in the transaction.</param>
    /// <exception cref="OperationCanceledException">The gate is shut: the transaction is to be rolled back.</exception>
    void Enter(string database, int works);

    /// <summary>Called when the transaction is on disk and nobody knows of it; the gate may shut here.</summary>
    /// <param name="database">The database's file.</param>
    /// <param name="works">The works in the transaction.</param>
    void Leave(string database, int works);
}
