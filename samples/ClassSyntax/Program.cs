using ClassSyntax;
using EmbeddedHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseEmbeddedHost();
builder.Services.AddSingleton<PriceList>();
builder.ConfigureDurableWorker().AddTasks(tasks =>
{
    tasks.AddOrchestrator<BillOrder>();
    tasks.AddActivity<PriceLine>();
});
await builder.Build().RunAsync();
