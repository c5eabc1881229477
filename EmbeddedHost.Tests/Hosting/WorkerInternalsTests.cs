using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;
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

    [Fact]
    public async Task Dispatcher_OfTheReleasedPackage_RunsABatchAndTellsWhatItCameTo()
    {
        var due = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await using var services = new ServiceCollection().BuildServiceProvider();
        var dispatcher = WorkerInternals.DispatcherOf(
            new EntityBatchRequest
            {
                InstanceId = "@x@y",
                EntityState = "1",
                Operations = [new OperationRequest { Operation = "Go", Input = "2" }, new OperationRequest { Operation = "Fail" }],
            },
            services);
        Assert.Null(WorkerInternals.ResultOf(dispatcher));

        await dispatcher.DispatchAsync(operation =>
        {
            if (operation.Name == "Fail")
            {
                throw new InvalidOperationException("too much");
            }

            operation.State.SetState(operation.State.GetState<int>() + operation.GetInput<int>());
            operation.Context.SignalEntity(new EntityInstanceId("x", "z"), "Go", 3, new SignalEntityOptions { SignalTime = new DateTimeOffset(due) });
            _ = operation.Context.ScheduleNewOrchestration("Run", 4, new StartOrchestrationOptions("id"));
            return new ValueTask<object?>("done");
        });
        var result = WorkerInternals.ResultOf(dispatcher)!;

        Assert.Equal("3", result.EntityState);
        Assert.Equal("\"done\"", result.Results![0].Result);
        Assert.Equal("too much", result.Results[1].FailureDetails!.ErrorMessage);
        Assert.Equal(2, result.Actions!.Count);
        var signal = Assert.Single(result.Actions.OfType<SendSignalOperationAction>());
        Assert.Equal(("@x@z", "Go", "3", due), (signal.InstanceId, signal.Name, signal.Input, signal.ScheduledTime));
        var start = Assert.Single(result.Actions.OfType<StartNewOrchestrationOperationAction>());
        Assert.Equal(("Run", "id", "4"), (start.Name, start.InstanceId, start.Input));
    }

    private static List<ServiceDescriptor> HostedServices(IServiceCollection services) =>
        [.. services.Where(static service => service.ServiceType == typeof(IHostedService))];
}
