namespace OrderSagaFunctions.Saga;

/// <summary>A step of a saga, declared once as data.</summary>
/// <param name="Name">The state, and the activity that does it.</param>
/// <param name="Compensation">What undoes it, or null where it changes nothing.</param>
internal sealed record SagaStep(string Name, Compensation? Compensation = null);

/// <summary>What undoes a step.</summary>
/// <param name="Name">The state, and the activity that does it.</param>
/// <param name="FailureNotice">The notification where it fails for good.</param>
internal sealed record Compensation(string Name, string FailureNotice);

/// <summary>A compensation that may have to run, with the input of the step that it undoes.</summary>
internal sealed record Undo(Compensation Compensation, object Input);
