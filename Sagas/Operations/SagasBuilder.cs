using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Sagas.Claims;
using Sagas.Decisions;
using Sagas.Health;
using Sagas.Incidents;
using Sagas.Storage;

namespace Sagas.Operations;

/// <summary>Adds sagas to a functions app.</summary>
public static class SagasBuilder
{
    /// <summary>
    /// Registers an app's sagas and all that they need: settings (<c>Saga__</c>), tables, decisions, incidents. The tables are in
    /// the storage that <c>AzureWebJobsStorage</c> names. Payloads are written with <see cref="SagaJson.Options"/> unless the
    /// app sets a serialiser after this.
    /// </summary>
    /// <param name="builder">The app.</param>
    /// <param name="sagas">
    /// The sagas that the app declares. The start fails if two have one name, if one cannot be called so, or if the steps of one
    /// contradict each other: two pivots, a step after the pivot that can be undone.
    /// </param>
    /// <returns>The same builder.</returns>
    public static FunctionsApplicationBuilder AddSagas(this FunctionsApplicationBuilder builder, params IReadOnlyList<SagaDefinition> sagas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        foreach (var saga in sagas)
        {
            services.AddSingleton(saga);
        }

        services.Configure<WorkerOptions>(static worker => worker.Serializer = new JsonObjectSerializer(SagaJson.Options));
        // On Azure an orchestrator reads its input with these, and everything else is read and written with the serialiser above.
        services.Configure<JsonSerializerOptions>(static options => SagaJson.Apply(options, SagaJson.Options));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => TableServiceFactory.Create(provider.GetRequiredService<IConfiguration>()));
        services.AddTables(SagaTables.All);
        services.AddSettings<SagaOptions, SagaOptionsValidator>(SagaOptions.Section);
        services.AddSingleton<SagaCatalog>();
        services.AddSingleton<SagaClaims>();
        services.AddSingleton<SagaIndex>();
        services.AddSingleton<SagaTally>();
        services.AddSingleton<ClaimFinisher>();
        services.AddSingleton<IncidentStore>();
        services.AddSingleton<CancelGate>();
        services.AddSingleton<ParkStore>();
        services.AddSingleton<ParkedSagas>();
        services.AddSingleton<ReviewStore>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<ReportStore>();
        services.AddSingleton<SagaEndpoints>();
        services.AddSingleton<LongReads>();
        services.AddSingleton<Readiness>();
        builder.UseMiddleware<AttemptMiddleware>();
        return builder;
    }
}
