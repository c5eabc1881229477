using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// Something on its way to an instance. <paramref name="Committed"/>, where there is one, is completed once the turn
/// that took the message is on disk; <paramref name="MailSequence"/> names its row while it was under way between
/// instances, 0 for none. A null <paramref name="Event"/> only wakes the instance, to look at its timers;
/// <paramref name="IsAlarm"/>: the wake queue has nothing left for it, and must be asked again for what is not due yet.
/// </summary>
internal readonly record struct Message(HistoryEvent? Event, TaskCompletionSource? Committed = null, long MailSequence = 0, bool IsAlarm = false);
