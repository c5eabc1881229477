namespace EmbeddedHost.Tests.Compatibility;

/// <summary>Source of function apps for the reference compile: one as people write them, one that calls what is not there.</summary>
internal static class SampleApp
{
    public const string Source = """
        using System.Net;
        using System.Text.Json.Serialization;
        using Azure;
        using Azure.Data.Tables;
        using Azure.Identity;
        using Microsoft.Azure.Functions.Worker;
        using Microsoft.Azure.Functions.Worker.Builder;
        using Microsoft.Azure.Functions.Worker.Http;
        using Microsoft.DurableTask;
        using Microsoft.DurableTask.Client;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        var builder = FunctionsApplication.CreateBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => builder.Configuration["Tables"] is { } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(new Uri("https://example.table.core.windows.net"), new DefaultAzureCredential()));
        await builder.Build().RunAsync();

        public sealed record Order(string Id, decimal Amount);

        [JsonSerializable(typeof(Order))]
        [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
        public sealed partial class OrderJson : JsonSerializerContext;

        public sealed class OrderRow : ITableEntity
        {
            public string PartitionKey { get; set; } = "";
            public string RowKey { get; set; } = "";
            public DateTimeOffset? Timestamp { get; set; }
            public ETag ETag { get; set; }
        }

        public static partial class OrderSaga
        {
            [Function(nameof(OrderSaga))]
            public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
            {
                var order = context.GetInput<Order>() ?? throw new InvalidOperationException();
                ILogger logger = context.CreateReplaySafeLogger(typeof(OrderSaga));
                Started(logger, order.Id);
                var options = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1), backoffCoefficient: 2));
                options = options with { Tags = new Dictionary<string, string> { ["order"] = order.Id } };
                context.SetCustomStatus(new { step = "pay" });
                try
                {
                    var paid = await context.CallActivityAsync<bool>(nameof(PayActivity), order, options);
                    await Task.WhenAll(context.CallActivityAsync("Check", order), context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None));
                    var approved = await context.WaitForExternalEvent<bool>("Review", TimeSpan.FromHours(1));
                    var child = new SubOrchestrationOptions(options, $"{context.InstanceId}:{context.NewGuid():N}") with { Version = "2" };
                    await context.CallSubOrchestratorAsync("Notify", order, child);
                    return $"{paid} {approved} {context.CurrentUtcDateTime:O}";
                }
                catch (TaskFailedException failed) when (failed.FailureDetails.IsCausedBy<InvalidOperationException>())
                {
                    return failed.FailureDetails.ErrorMessage;
                }
            }

            [LoggerMessage(Level = LogLevel.Information, Message = "Order {Id} started")]
            private static partial void Started(ILogger logger, string id);
        }

        public sealed class PayActivity(TableServiceClient tables)
        {
            [Function(nameof(PayActivity))]
            public async Task<bool> RunAsync([ActivityTrigger] Order order, FunctionContext context)
            {
                var table = tables.GetTableClient("Orders");
                var found = await table.GetEntityIfExistsAsync<OrderRow>("orders", order.Id, cancellationToken: context.CancellationToken);
                try
                {
                    await table.SubmitTransactionAsync([new TableTransactionAction(TableTransactionActionType.Add, new OrderRow { RowKey = order.Id })]);
                    await foreach (var row in table.QueryAsync<TableEntity>(filter: TableClient.CreateQueryFilter($"RowKey eq {order.Id}")))
                    {
                        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
                    }
                }
                catch (TableTransactionFailedException failed) when (failed.FailedTransactionActionIndex == 0)
                {
                    var entity = new TableEntity("orders", order.Id) { { "Paid", true } };
                    entity["Amount"] = (double)order.Amount;
                    await table.UpsertEntityAsync(entity);
                }
                catch (RequestFailedException failed) when (failed.Status == (int)HttpStatusCode.Conflict)
                {
                    context.GetLogger("Pay").LogInformation("{Code}", failed.ErrorCode);
                }

                return found.HasValue;
            }
        }

        public static class StartOrder
        {
            [Function("StartOrder")]
            public static async Task<HttpResponseData> RunAsync(
                [HttpTrigger(AuthorizationLevel.Function, "post", "put", Route = "orders/{id}")] HttpRequestData request,
                [DurableClient] DurableTaskClient client,
                string id)
            {
                var order = await request.ReadFromJsonAsync<Order>();
                var instance = await client.ScheduleNewOrchestrationInstanceAsync(
                    nameof(OrderSaga), order, new StartOrchestrationOptions(InstanceId: id));
                OrchestrationMetadata? state = await client.GetInstanceAsync(instance, getInputsAndOutputs: true);
                if (state?.RuntimeStatus is OrchestrationRuntimeStatus.Failed)
                {
                    var response = request.CreateResponse(HttpStatusCode.Conflict);
                    await response.WriteAsJsonAsync(state.ReadOutputAs<string>());
                    return response;
                }

                await client.RaiseEventAsync(instance, "Review", true);
                await foreach (var other in client.GetAllInstancesAsync(new OrchestrationQuery { PageSize = 10 }))
                {
                    await client.PurgeInstanceAsync(other.InstanceId);
                }

                return await client.CreateCheckStatusResponseAsync(request, instance);
            }
        }
        """;

    public const string CallsThatTheRealPackagesLack = """
        using Microsoft.DurableTask;

        public static class Wrong
        {
            public static void Main() { }

            public static Task MadeUp(TaskOrchestrationContext context) => context.MadeUpAsync();

            public static object HostOnly() => EmbeddedHost.Testing.TestHost.Start();

            public static void ReadOnly(TaskOrchestrationContext context) => context.InstanceId = "x";

            public static object Abstract() => new TaskOrchestrationContext();
        }
        """;
}
