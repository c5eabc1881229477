using System.Text.Json;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Notifications;

/// <summary>
/// Looks after the promise to the customer of a committed order. A pivot that has failed for good may have been passed without
/// it: that is left as an incident then, whose retry makes the promise.
/// </summary>
public sealed class CommittedNotice(NotificationStore notifications, IncidentStore incidents, TimeProvider time)
{
    /// <summary>The id of the notification that an order is committed.</summary>
    internal static string IdOf(SagaNotice notice, string notification) =>
        EffectId.Of(notice.Key, notification, notice.Generation, notice.Scope ?? string.Empty).ToString();

    /// <summary>Opens the incident where a saga has succeeded and nobody was told.</summary>
    internal async Task LookAfterAsync(ReportToStore ended, CancellationToken cancellation)
    {
        if (ended.Report.Outcome != SagaOutcome.Succeeded || ended.Report.HasDone(NotificationActivities.NotifySuccess, scope: null))
        {
            return;
        }

        var notice = new SagaNotice(ended.Key, ended.Generation, SagaOutcome.Succeeded, Error: null) { Number = 1 };
        if (await notifications.FindAsync(ended.Key, IdOf(notice, NotificationActivities.NotifySuccess), cancellation) is null)
        {
            var incident = new Incident(
                Incident.IdOf(NotificationActivities.NotifySuccess, scope: null, ended.Generation),
                NotificationActivities.NotifySuccess,
                "The order is committed, and nobody was told.",
                time.GetUtcNow());
            var input = JsonSerializer.SerializeToElement(notice, AppJson.TypeOf<SagaNotice>());
            _ = await incidents.OpenAsync(ended.Key, new IncidentToOpen(incident, input), cancellation);
        }
    }
}
