using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderSagaFunctions;
using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Demo;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.OpenApi;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Recovery;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Storage;
using OrderSagaFunctions.Submissions;
using Sagas.Operations;
using Sagas.Storage;

var builder = FunctionsApplication.CreateBuilder(args);
#if EMBEDDED_HOST
builder.UseEmbeddedHost();
#endif
var services = builder.Services;

builder.AddSagas(OrderSteps.Definition, FulfilmentSteps.Definition);
services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(AppJson.Options));
services.Configure<JsonSerializerOptions>(AppJson.Apply);
if (WorkerLifetime.IsWorker(builder.Configuration))
{
    services.AddSingleton<IHostLifetime, WorkerLifetime>();
}

services
    .AddTables(Tables.All)
    .AddOrders()
    .AddSubmissions()
    .AddOrdering()
    .AddReview()
    .AddRecovery()
    .AddChecks()
    .AddPayments()
    .AddInventory()
    .AddShipments()
    .AddNotifications()
    .AddAudit()
    .AddOperations()
    .AddDemo();
services.AddSingleton<ApiDescription>();

await builder.Build().RunAsync();
