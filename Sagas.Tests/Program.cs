using EmbeddedHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sagas.Operations;
using Sagas.Storage;
using Sagas.Tests.Runs;
using Trips;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseEmbeddedHost();
builder.AddSagas(TripSaga.Definition, RouteSaga.Definition, RouteSaga.PlaceDefinition);
builder.Services.AddTables("Trips");
builder.Services.AddSingleton<RouteLog>();
await builder.Build().RunAsync();
