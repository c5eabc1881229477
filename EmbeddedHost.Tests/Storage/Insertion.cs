using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Storage;

/// <summary>A row for a table of numbers, with what a test wants to happen on the way.</summary>
internal sealed class Insertion(int number) : CommitWork
{
    public int Number => number;

    public bool Fails { get; init; }

    public Action? AfterInsert { get; init; }

    public Action? AfterCommit { get; init; }

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Write(SqliteSession session)
    {
        _ = session.Prepare("INSERT INTO numbers(n) VALUES (?1)").Bind(1, number).Execute();
        AfterInsert?.Invoke();
        if (Fails)
        {
            throw new InvalidOperationException($"Number {number} is bad.");
        }
    }

    public override void Execute()
    {
        AfterCommit?.Invoke();
        Done.SetResult();
    }
}
