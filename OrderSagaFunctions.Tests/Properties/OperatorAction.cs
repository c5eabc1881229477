namespace OrderSagaFunctions.Tests.Properties;

/// <summary>What somebody does about an order while its saga runs, or after it.</summary>
internal enum OperatorAction
{
    Approve,
    Reject,
    Cancel,
    Retry,
    RetryIncidents,
    CloseIncidents,
    Recover,
    Reconcile,
    SubmitAgain,
    PutStockIn,

    /// <summary>By the management API, as the rest: the order's latest saga.</summary>
    Terminate,

    /// <summary>What runs for the order beside its saga: a child, its compensation, an incident that is retried.</summary>
    TerminatePart,
    Purge,
    Suspend,
    Resume,
    Rewind,
    Restart,

    /// <summary>Events raised by somebody who goes round the endpoints.</summary>
    RaiseApproval,
    RaiseCancel,
    RaiseOperator,
    RaiseCancelAtPart,
}
