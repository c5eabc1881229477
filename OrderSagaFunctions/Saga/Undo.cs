namespace OrderSagaFunctions.Saga;

/// <summary>A compensation that may have to run, with the input of the step that it undoes.</summary>
internal sealed record Undo(Compensation Compensation, object Input);
