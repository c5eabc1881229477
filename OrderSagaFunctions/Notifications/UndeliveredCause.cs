using System.Text.Json;
using Microsoft.DurableTask.Client;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Notifications;

/// <summary>The incidents of notifications that could not be delivered: closed by hand, one is given up.</summary>
internal sealed class UndeliveredCause(NotificationDelivery delivery) : IIncidentCause
{
    /// <inheritdoc />
    public string Name => DeliveryFunctions.DeliverOne;

    /// <inheritdoc />
    public string? WhyNotRetried(Incident incident) => null;

    /// <inheritdoc />
    public async Task ClosedByHandAsync(DurableTaskClient client, string input, CancellationToken cancellation)
    {
        await delivery.GiveUpAsync(JsonSerializer.Deserialize(input, AppJson.TypeOf<DeliveryToRetry>())!, cancellation);
        await DeliverNotifications.WakeAsync(client, cancellation);
    }
}
