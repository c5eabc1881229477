using Microsoft.Extensions.DependencyInjection;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Notifications;

/// <summary>What is told, and the webhooks that it is delivered to.</summary>
internal static class NotificationsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSettings<NotificationOptions, NotificationOptionsValidator>(NotificationOptions.Section);
        services.AddSingleton<NotificationStore>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<NotificationDelivery>();
        services.AddSingleton<CommittedNotice>();
        services.AddSingleton<IIncidentCause, UndeliveredCause>();
        return services;
    }
}
