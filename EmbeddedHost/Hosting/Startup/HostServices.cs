using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Framework;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Serialization;
using EmbeddedHost.Http;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Http.Outgoing;
using EmbeddedHost.Queues;
using EmbeddedHost.Storage.Queues;
using EmbeddedHost.Timers;
using EmbeddedHost.Timers.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>The host's own services; the app's come beside them.</summary>
internal static class HostServices
{
    public static void AddEmbeddedHost(this IServiceCollection services, HostSetup setup, HostSettings settings, HubOptions own)
    {
        services.AddSingleton(own);
        services.AddSingleton(setup);
        services.AddSingleton(settings);
        services.TryAddSingleton(setup.Time);
        services.AddRouting();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = own.Engine == HostEngine.Embedded ? HostStop.Limit : HostStop.SharedLimit);
        services.AddSingleton<IPayloadSerializer>(static provider =>
            new PayloadSerializer(provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!));
        services.AddSingleton(provider => new KeyRing(
            new KeyStore(settings.DataFolder),
            KeySettings.Read(
                provider.GetRequiredService<IConfiguration>(),
                KeySet.AllOf(provider.GetRequiredService<IReadOnlyList<HostedFunction>>().Select(static function => function.Descriptor))),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("EmbeddedHost.Keys")));
        services.AddSingleton<InvocationServices>();
        services.AddSingleton<RegisteredTasks>();
        services.AddSingleton<FunctionCatalog>();
        services.AddSingleton<HostStop>();
        services.AddSingleton(new HeldBodies(MemoryShare.Bodies));
        services.AddSingleton<RequestBodies>();
        services.AddSingleton<HttpCallActivity>();
        services.AddSingleton<IFunctionRegistry>(provider => provider.GetRequiredService<FunctionCatalog>());
        services.AddSingleton(provider => new EngineServices(
            provider.GetRequiredService<IFunctionRegistry>(),
            provider.GetRequiredService<IPayloadSerializer>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>())
        {
            Properties = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                // As the extension passes it on: a number of JSON.
                ["HttpDefaultAsyncRequestSleepTimeMilliseconds"] = settings.Host.HttpPollingInterval.TotalMilliseconds,
            },
        });
        services.AddSingleton(provider => provider.GetRequiredService<IHostRuntime>().Hub.Client);
        if (own.Engine == HostEngine.Embedded)
        {
            services.AddEmbeddedEngine();
        }
        else
        {
            services.AddFrameworkEngine();
        }

        services.AddSingleton(static provider => TimerDefinition.Read(
            provider.GetRequiredService<IReadOnlyList<HostedFunction>>(),
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TimerTriggers>();
        services.AddSingleton(provider => new QueueConnections(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<HostSettings>(),
            setup,
            provider.GetRequiredService<TimeProvider>(),
            own: own.Engine == HostEngine.Embedded ? provider.GetRequiredService<QueueStore> : null));
        services.AddSingleton<QueueNames>();
        services.AddSingleton<QueueReach>();
        services.AddSingleton<QueueOutputWriter>();
        services.AddSingleton<QueueTriggers>();
        // First in, last out: it starts before the app's own services and stops after them and the web server.
        services.AddHostedService<TaskHubService>();
    }

    private static void AddEmbeddedEngine(this IServiceCollection services)
    {
        services.AddSingleton<EmbeddedRuntime>();
        services.AddSingleton<IHostRuntime>(provider => provider.GetRequiredService<EmbeddedRuntime>());
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedRuntime>().Tables);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedRuntime>().Queues);
        services.AddSingleton<ITimerStore>(provider => provider.GetRequiredService<EmbeddedRuntime>().Timers);
        services.AddSingleton<QueueClients>();
    }

    private static void AddFrameworkEngine(this IServiceCollection services)
    {
        services.AddSingleton<FrameworkRuntime>();
        services.AddSingleton<IHostRuntime>(provider => provider.GetRequiredService<FrameworkRuntime>());
        services.AddSingleton<ITimerStore>(provider =>
        {
            var runtime = provider.GetRequiredService<FrameworkRuntime>();
            return new BlobTimerStore(
                runtime.Connection.Blobs(),
                runtime.HostId,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>());
        });
    }
}
