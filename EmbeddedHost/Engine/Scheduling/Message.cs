using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// Something on its way to an instance. A message from a client or another instance is on disk before it is delivered:
/// <paramref name="MailSequence"/> names its row (0: it has none), <paramref name="Run"/> the run that it is for (0:
/// whichever has the id). A null <paramref name="Event"/> only wakes the instance, to look at its timers;
/// <paramref name="IsAlarm"/>: the wake queue has nothing left for it, and must be asked again for what is not due yet;
/// <paramref name="IsStray"/>: its code would have gone on outside of its turns.
/// </summary>
internal readonly record struct Message(HistoryEvent? Event, long MailSequence = 0, long Run = 0, bool IsAlarm = false, bool IsStray = false);
