namespace OrderSagaFunctions.Saga;

/// <summary>Why the forward part of a saga ended, as a value that can leave its orchestrator.</summary>
/// <param name="Step">Where.</param>
/// <param name="Outcome">Refused, or failed technically.</param>
/// <param name="Error">What the report says of it.</param>
/// <param name="Message">The same as a sentence.</param>
public sealed record StepFailure(string Step, StepOutcome Outcome, string Error, string Message);
