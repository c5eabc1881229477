namespace OrderSagaFunctions.Answers;

/// <summary>The kinds of problem that only orders have.</summary>
public static class OrderProblems
{
    /// <summary>There is no such order.</summary>
    public const string UnknownOrder = "urn:order-saga:unknown-order";

    /// <summary>The order has no such instance.</summary>
    public const string UnknownInstance = "urn:order-saga:unknown-instance";

    /// <summary>The page has no such file.</summary>
    public const string UnknownFile = "urn:order-saga:unknown-file";

    /// <summary>The order's saga cannot be taken up again.</summary>
    public const string NotRecoverable = "urn:order-saga:not-recoverable";

    /// <summary>The host is no demo that a supervisor starts again.</summary>
    public const string NotADemo = "urn:order-saga:not-a-demo";
}
