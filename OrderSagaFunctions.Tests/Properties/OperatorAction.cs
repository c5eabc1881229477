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
    LetAnHourPass,
    SubmitAgain,
}
