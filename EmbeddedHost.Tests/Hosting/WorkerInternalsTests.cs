using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moq;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>The worker's internals that the host touches are where it looks for them: a newer package may move them.</summary>
public sealed class WorkerInternalsTests
{
    [Fact]
    public void RemoveWorker_OfTheReleasedPackage_TakesOutTheServiceThatConnectsToAFunctionsHost()
    {
        var services = FunctionsApplication.CreateBuilder([]).Services;
        Assert.Contains(services, static service => service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType?.Name == "WorkerLoggerProvider");
        var before = HostedServices(services);

        WorkerInternals.RemoveWorker(services);

        var removed = Assert.Single(before.Except(HostedServices(services)));
        Assert.Equal("WorkerHostedService", removed.ImplementationType!.Name);
        Assert.DoesNotContain(services, static service => service.ImplementationType?.Name == "WorkerLoggerProvider");
    }

    [Fact]
    public void WithAddress_OfTheReleasedPackage_IsTheClientThatMakesAddressesWithoutARequest()
    {
        var client = WorkerInternals.WithAddress(new Mock<DurableTaskClient>("hub").Object, "http://localhost/base", "code=a");

        Assert.Equal("http://localhost/base/instances/i?code=a", client.CreateHttpManagementPayload("i").StatusQueryGetUri);
    }

    [Fact]
    public void BindingsFeature_OfTheReleasedPackage_HasTheMembersThatTheHostAnswers() => Assert.Equal(
        ["InputData", "InvocationResult", "OutputBindingData", "OutputBindingsInfo", "TriggerMetadata"],
        WorkerInternals.BindingsFeature.GetProperties().Select(static property => property.Name).Order(StringComparer.Ordinal));

    private static List<ServiceDescriptor> HostedServices(IServiceCollection services) =>
        [.. services.Where(static service => service.ServiceType == typeof(IHostedService))];
}
