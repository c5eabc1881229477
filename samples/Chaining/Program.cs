using EmbeddedHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseEmbeddedHost();
await builder.Build().RunAsync();
