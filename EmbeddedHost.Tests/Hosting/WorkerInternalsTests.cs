using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>The worker's internals that the host touches are where it looks for them: a newer package may move them.</summary>
public sealed class WorkerInternalsTests
{
    [Fact]
    public void RemoveWorker_OfTheReleasedPackage_TakesOutTheServiceThatConnectsToAFunctionsHost()
    {
        var services = FunctionsApplication.CreateBuilder([]).Services;
        var before = HostedServices(services);

        WorkerInternals.RemoveWorker(services);

        var removed = Assert.Single(before.Except(HostedServices(services)));
        Assert.Equal("WorkerHostedService", removed.ImplementationType!.Name);
    }

    [Fact]
    public void BindingsFeature_OfTheReleasedPackage_HasTheMembersThatTheHostAnswers() => Assert.Equal(
        ["InputData", "InvocationResult", "OutputBindingData", "OutputBindingsInfo", "TriggerMetadata"],
        WorkerInternals.BindingsFeature.GetProperties().Select(static property => property.Name).Order(StringComparer.Ordinal));

    private static List<ServiceDescriptor> HostedServices(IServiceCollection services) =>
        [.. services.Where(static service => service.ServiceType == typeof(IHostedService))];
}
