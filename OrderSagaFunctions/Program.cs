using System.Text.Json;
using Azure.Core.Serialization;
#if EMBEDDED_HOST
using EmbeddedHost;
#endif
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
services
    .AddStorage()
    .AddClaims()
    .AddSagas()
    .AddIncidents()
    .AddParking()
    .AddCancellation()
    .AddOrdering()
    .AddOrders()
    .AddChecks()
    .AddReview()
    .AddPayments()
    .AddInventory()
    .AddShipments()
    .AddNotifications()
    .AddAudit()
    .AddOperations()
    .AddDemo();
services.AddSingleton<SagaEndpoints>();
services.AddSingleton<ApiDescription>();

await builder.Build().RunAsync();
