namespace Bench;

/// <summary>How many sagas, and how many at the same time.</summary>
internal sealed record SagaRunOptions
{
    public int Count { get; init; } = 2000;

    public int InFlight { get; init; } = 100;

    /// <summary>Until then the runtime still compiles what is hot; a server spends its life after it.</summary>
    public int WarmUp { get; init; } = 5000;

    public string? JsonFile { get; init; }
}

/// <summary>Which road the orders take.</summary>
internal enum SagaPath
{
    Success,

    /// <summary>The stock reservation fails: release, refund and order status are compensated.</summary>
    Compensate,
}
