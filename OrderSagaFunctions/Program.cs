using System.Text.Json;
using Azure.Core.Serialization;
#if EMBEDDED_HOST
using EmbeddedHost;
#endif
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrderSagaFunctions;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Claims;
using OrderSagaFunctions.Demo;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.OpenApi;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Storage;

var builder = FunctionsApplication.CreateBuilder(args);
#if EMBEDDED_HOST
builder.UseEmbeddedHost();
#endif
var services = builder.Services;

services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(AppJson.Options));
// On Azure an orchestrator reads its input with these, and everything else is read and written with the serialiser above.
services.Configure<JsonSerializerOptions>(AppJson.Apply);
if (WorkerLifetime.IsWorker(builder.Configuration))
{
    services.AddSingleton<IHostLifetime, WorkerLifetime>();
}

services.AddSingleton(TimeProvider.System);
services.AddSingleton(provider => TableServiceFactory.Create(provider.GetRequiredService<IConfiguration>()));
services.AddHostedService<StorageStartup>();
services.AddSingleton<ClaimIndex>();
services.AddSingleton<ClaimFinisher>();
services.AddHostedService<ClaimStartup>();

services.AddSettings<SagaOptions, SagaOptionsValidator>(SagaOptions.Section);
services.AddSingleton(OrderSteps.Definition);
services.AddSingleton(FulfilmentSteps.Definition);
services.AddSingleton<SagaCatalog>();
services.AddSingleton<SagaClaims>();
services.AddSingleton<SagaEndpoints>();
services.AddSingleton(OrderScenarios.Faults);
services.AddSingleton<FaultInjector>();
services.AddSingleton<StepAttempt>();
services.AddSingleton<IncidentStore>();
services.AddSingleton<StoppedSagas>();
services.AddSingleton<NoticeReader>();

services.AddSettings<OrderOptions, OrderOptionsValidator>(OrderOptions.Section);
services.AddSingleton<SubmissionStore>();
services.AddSingleton<OrderStart>();
services.AddSingleton<IClaimedSaga>(static provider => provider.GetRequiredService<OrderStart>());
services.AddSingleton<OrderStore>();
services.AddSingleton<OrderRecords>();
services.AddSingleton<OrderEnds>();
services.AddSingleton<OrderResumption>();

services.AddSettings<PaymentOptions, PaymentOptionsValidator>(PaymentOptions.Section);
services.AddSingleton<PaymentLedger>();
services.AddSingleton<ProviderClient>();
services.AddSingleton<HttpPaymentGateway>();
services.AddSingleton<IPaymentGateway>(static provider =>
    provider.GetRequiredService<IOptions<PaymentOptions>>().Value.Gateway == PaymentGatewayKind.Http
        ? provider.GetRequiredService<HttpPaymentGateway>()
        : provider.GetRequiredService<PaymentLedger>());

services.AddSettings<InventoryOptions, InventoryOptionsValidator>(InventoryOptions.Section);
services.AddSingleton<ItemQueues>();
services.AddSingleton<InventoryStore>();
services.AddSingleton<InventoryReader>();
services.AddSingleton<StockCatalog>();
services.AddSingleton<FulfilmentPlanner>();
services.AddSingleton<InventorySeed>();

services.AddSettings<CheckOptions, CheckOptionsValidator>(CheckOptions.Section);
services.AddSingleton<CheckRules>();

services.AddSingleton<ReviewStore>();

services.AddSingleton<ShipmentStore>();

services.AddSettings<NotificationOptions, NotificationOptionsValidator>(NotificationOptions.Section);
services.AddSingleton<NotificationStore>();
services.AddSingleton<DeliveryQueue>();
services.AddSingleton<NotificationOutbox>();
services.AddSingleton<WebhookClient>();
services.AddSingleton<NotificationDelivery>();
services.AddSingleton<CommittedNotice>();

services.AddSingleton<CancelGate>();
services.AddSingleton<SagaStandings>();
services.AddSingleton<ReviewDesk>();
services.AddSingleton<CompensationAttempt>();
services.AddSingleton<ParkStore>();
services.AddSingleton<ParkedSagas>();
services.AddSingleton<OrderAudit>();
services.AddSingleton<StockAudit>();

services.AddSingleton<DemoMode>();
services.AddHostedService<DemoNotice>();
services.AddScoped<HostCrash>();

services.AddSingleton<LongReads>();
services.AddSingleton<RunningSagas>();
services.AddSingleton<OrderSummaries>();
services.AddSingleton<OrderSearch>();
services.AddSingleton<OrderCensus>();
services.AddSingleton<LatestCounts>();
services.AddSingleton<ReviewQueue>();
services.AddSingleton<StuckSagas>();
services.AddSingleton<Timeline>();
services.AddSingleton<Reconciler>();

services.AddSingleton<ApiDescription>();

await builder.Build().RunAsync();
