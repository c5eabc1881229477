using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace TimersAndQueues;

/// <summary>The newest reading of a sensor.</summary>
public sealed class Sensor : TaskEntity<Reading?>
{
    public static EntityInstanceId Id(string sensor) => new(nameof(Sensor), sensor);

    public void Keep(Reading reading) => State = State is { } last && last.At >= reading.At ? last : reading;

    protected override Reading? InitializeState(TaskEntityOperation entityOperation) => null;

    [Function(nameof(Sensor))]
    public static Task Run([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Sensor>();

    [Function("ReadSensor")]
    public static async Task<HttpResponseData> Read(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sensors/{sensor}")] HttpRequestData request,
        string sensor,
        [DurableClient] DurableTaskClient client)
    {
        if (await client.Entities.GetEntityAsync<Reading>(Id(sensor)) is not { State: { } reading })
        {
            return request.CreateResponse(HttpStatusCode.NotFound);
        }

        var response = request.CreateResponse();
        await response.WriteAsJsonAsync(reading);
        return response;
    }
}

/// <summary>A message that could not be read.</summary>
public sealed class Refused : TaskEntity<string>
{
    public static EntityInstanceId Id(string message) => new(nameof(Refused), message);

    public void Keep(string message) => State = message;

    protected override string InitializeState(TaskEntityOperation entityOperation) => "";

    [Function(nameof(Refused))]
    public static Task Run([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Refused>();

    [Function("ListRefused")]
    public static async Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "refused")] HttpRequestData request,
        [DurableClient] DurableTaskClient client)
    {
        var messages = new List<string>();
        var query = new EntityQuery { InstanceIdStartsWith = $"@{nameof(Refused)}@", IncludeState = true };
        await foreach (var refused in client.Entities.GetAllEntitiesAsync<string>(query))
        {
            messages.Add(refused.State);
        }

        var response = request.CreateResponse();
        await response.WriteAsJsonAsync(messages);
        return response;
    }
}
