using EmbeddedHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseEmbeddedHost();
builder.Services.AddHttpClient();
await builder.Build().RunAsync();
