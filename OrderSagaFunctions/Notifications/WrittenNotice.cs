namespace OrderSagaFunctions.Notifications;

/// <summary>A notification that has been written.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="At">When.</param>
internal sealed record WrittenNotice(string Type, DateTimeOffset At);
