using Sagas;

namespace OrderSagaFunctions.Audit;

/// <summary>Adds an audit up, from several readers at once.</summary>
internal sealed class AuditTally
{
    private const int MostListed = 1000;

    private readonly Lock _gate = new();
    private readonly List<AuditFinding> _findings = [];
    private readonly Dictionary<SagaOutcome, long> _ended = [];
    private int _succeeded;
    private int _failed;
    private int _running;
    private int _stopped;
    private int _unreadable;
    private int _openIncidents;
    private int _items;
    private int _itemsInMotion;
    private int _findingCount;

    /// <summary>Counts an order that was left out.</summary>
    public void AddRunning(IReadOnlyList<AuditFinding> findings)
    {
        lock (_gate)
        {
            _running++;
            Add(findings);
        }
    }

    /// <summary>Counts an order whose saga was stopped.</summary>
    public void AddStopped(int openIncidents, IReadOnlyList<AuditFinding> findings)
    {
        lock (_gate)
        {
            _stopped++;
            Add(findings);
            _openIncidents += openIncidents;
        }
    }

    /// <summary>Counts an order that cannot be read.</summary>
    public void AddUnreadable(AuditFinding finding)
    {
        lock (_gate)
        {
            _unreadable++;
            Add([finding]);
        }
    }

    /// <summary>Counts an order whose saga has ended, with what does not add up about it.</summary>
    public void AddEnded(SagaOutcome outcome, int openIncidents, IReadOnlyList<AuditFinding> findings)
    {
        lock (_gate)
        {
            _ = outcome == SagaOutcome.Succeeded ? _succeeded++ : _failed++;
            _ended[outcome] = _ended.GetValueOrDefault(outcome) + 1;
            _openIncidents += openIncidents;
            Add(findings);
        }
    }

    /// <summary>Counts an item, with what does not add up about it.</summary>
    public void AddItem(bool inMotion, IReadOnlyList<AuditFinding> findings)
    {
        lock (_gate)
        {
            _items++;
            _itemsInMotion += inMotion ? 1 : 0;
            Add(findings);
        }
    }

    /// <summary>Holds the index's counts against the orders that were looked at. One that cannot be read is not known to have ended.</summary>
    public void AddCounts(IReadOnlyDictionary<SagaOutcome, long> counted)
    {
        lock (_gate)
        {
            if (_unreadable == 0)
            {
                Add([.. IndexRules.CheckCounts(_ended, counted)]);
            }
        }
    }

    /// <summary>The whole audit.</summary>
    public AuditReport ToReport()
    {
        lock (_gate)
        {
            return new AuditReport(
                _findingCount == 0, _succeeded + _failed + _running + _stopped + _unreadable, _succeeded, _failed, _running, _stopped, _unreadable, _openIncidents, _items,
                _itemsInMotion, _findingCount, [.. _findings]);
        }
    }

    private void Add(IReadOnlyList<AuditFinding> findings)
    {
        _findingCount += findings.Count;
        _findings.AddRange(findings.Take(MostListed - _findings.Count));
    }
}
