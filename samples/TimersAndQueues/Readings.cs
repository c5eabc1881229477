using System.Net;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace TimersAndQueues;

public sealed record Reading(string Sensor, double Celsius, DateTimeOffset At);

/// <summary>A request's answer, and a message beside it.</summary>
public sealed class Submission
{
    [QueueOutput(Readings.Queue)]
    public string? Message { get; init; }

    [HttpResult]
    public required HttpResponseData Answer { get; init; }
}

/// <summary>Readings come through a queue, from a timer and over HTTP. What cannot be read ends in the poison queue.</summary>
public static class Readings
{
    public const string Queue = "readings";

    /// <summary>Every five seconds: how warm this machine is, by the time of the day.</summary>
    [Function(nameof(Measure))]
    [QueueOutput(Queue)]
    public static Reading Measure([TimerTrigger("*/5 * * * * *")] TimerInfo timer)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new Reading("timer", 20 + 5 * Math.Sin(now.TimeOfDay.TotalDays * 2 * Math.PI), now);
    }

    /// <summary>Takes whatever comes: whoever keeps it looks at it.</summary>
    [Function(nameof(Submit))]
    public static async Task<Submission> Submit([HttpTrigger(AuthorizationLevel.Function, "post", Route = "readings")] HttpRequestData request) =>
        new() { Message = await request.ReadAsStringAsync(), Answer = request.CreateResponse(HttpStatusCode.Accepted) };

    /// <summary>A message may come twice. The entity keeps the newest reading, so that the second changes nothing.</summary>
    [Function(nameof(Keep))]
    public static async Task Keep([QueueTrigger(Queue)] string message, [DurableClient] DurableTaskClient client)
    {
        var reading = JsonSerializer.Deserialize<Reading>(message, JsonSerializerOptions.Web);
        if (reading is not { Sensor.Length: > 0 })
        {
            throw new JsonException("A reading has a sensor.");
        }

        await client.Entities.SignalEntityAsync(Sensor.Id(reading.Sensor), nameof(Sensor.Keep), reading);
    }

    /// <summary>What has failed <c>maxDequeueCount</c> times, as <c>host.json</c> has it.</summary>
    [Function(nameof(SetAside))]
    public static Task SetAside([QueueTrigger(Queue + "-poison")] string message, string id, [DurableClient] DurableTaskClient client) =>
        client.Entities.SignalEntityAsync(Refused.Id(id), nameof(Refused.Keep), message);
}
