using DurableTask.Core;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Rewind;

/// <summary>
/// Finds what of a failed instance's history can stand when what failed is to run again. A failure that the code has
/// acted on (a retry that went well, a compensation) cannot be taken out of the middle: replaying tells which can.
/// </summary>
internal sealed class Rewinding(InstanceRow row, IReadOnlyList<HistoryTurn> history, EngineServices services)
{
    private readonly List<HistoryEvent> _failures = [.. history.SelectMany(static turn => turn.Events).Where(static e => e.IsFailure)];
    private FailureDetails? _mismatch;

    /// <summary>The history to go on from: as much of it as can stand.</summary>
    /// <exception cref="InvalidOperationException">The app's code does not replay the history, whatever is taken out.</exception>
    public RewoundHistory Run() =>
        Without(_failures.Count) ?? WithoutTheLast() ?? BeforeTheLast() ?? Without(0) ?? throw new InvalidOperationException(
            $"The instance '{row.Id}' cannot be rewound: {_mismatch!.ErrorMessage}");

    /// <summary>Takes out as many of the last failures as can be: where some can, fewer of them can too.</summary>
    private RewoundHistory? WithoutTheLast()
    {
        RewoundHistory? found = null;
        var (can, cannot) = (0, _failures.Count);
        while (cannot - can > 1)
        {
            var count = (can + cannot) / 2;
            if (Without(count) is { } rewound)
            {
                (found, can) = (rewound, count);
            }
            else
            {
                cannot = count;
            }
        }

        return found;
    }

    /// <summary>The code has acted on the failure it ended by: what it did since is undone too.</summary>
    private RewoundHistory? BeforeTheLast()
    {
        if (_failures.Count == 0 || row.Failure is null || !IsOfATask(HistoryCodec.DecodeFailure(row.Failure)))
        {
            return null;
        }

        var count = history.TakeWhile(turn => !turn.Events.Contains(_failures[^1])).Count();
        return IfItReplays(RewoundHistory.Cut(TakeOut(1), count));
    }

    /// <summary>Takes out the last <paramref name="count"/> failures; where the code ends all the same, its last turn too.</summary>
    private RewoundHistory? Without(int count)
    {
        var turns = TakeOut(count);
        return IfItReplays(RewoundHistory.Cut(turns, turns.Count)) ?? IfItReplays(RewoundHistory.Cut(turns, turns.Count - 1));
    }

    private List<HistoryTurn> TakeOut(int count)
    {
        var failures = _failures.TakeLast(count).ToHashSet();
        return [.. history.Select(turn => new HistoryTurn(turn.At, [.. turn.Events.Where(e => !failures.Contains(e))]))];
    }

    private RewoundHistory? IfItReplays(RewoundHistory rewound)
    {
        _mismatch = new OrchestrationExecution(row, rewound.Turns, services).FindMismatch();
        return _mismatch is null ? rewound : null;
    }

    private static bool IsOfATask(FailureDetails? failure) => failure is not null
        && (failure.ErrorType == typeof(TaskFailedException).FullName || IsOfATask(failure.InnerFailure));
}
