using EmbeddedHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sagas.Operations;
using Sagas.Storage;
using Trips;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseEmbeddedHost();
builder.AddSagas(TripSaga.Definition);
builder.Services.AddTables("Trips");
await builder.Build().RunAsync();
