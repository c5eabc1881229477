using System.Net;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Queues;

/// <summary>Functions of each kind that give something to queues.</summary>
public static class OutputFunctions
{
    public const string Out = "out";

    [Function(nameof(Submit))]
    public static async Task<Submission> Submit([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request)
    {
        var response = request.CreateResponse(HttpStatusCode.Accepted);
        await response.WriteStringAsync("taken");
        return new Submission { Texts = ["one", "two"], Parcels = [new Parcel("Kyiv", 1), new Parcel("Lviv", 2)], Answer = response };
    }

    [Function(nameof(Marked))]
    public static MarkedAnswer Marked([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request) =>
        new() { Parcel = new Parcel(request.Method, 3), Answer = request.CreateResponse(HttpStatusCode.Created) };

    [Function(nameof(Whole))]
    [QueueOutput(Out)]
    public static string Whole([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request) => request.Method;

    [Function(nameof(Nothing))]
    [QueueOutput(Out)]
    public static string? Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request) => null;

    [Function(nameof(TooLong))]
    [QueueOutput(Out)]
    public static string TooLong([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request) => new('x', 64 * 1024);

    [Function(nameof(Broken))]
    public static Submission Broken([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request) =>
        throw new InvalidOperationException("It fails before it has given anything.");

    [Function(nameof(Run))]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context) =>
        $"{await context.CallActivityAsync<int>(nameof(Count), "abc")} {await context.CallActivityAsync<Submission?>(nameof(Split), "a b") is null}";

    [Function(nameof(Count))]
    [QueueOutput(Out)]
    public static int Count([ActivityTrigger] string text) => text.Length;

    [Function(nameof(Split))]
    public static Submission Split([ActivityTrigger] string text) => new() { Texts = text.Split(' ') };

    [Function(nameof(Forward))]
    [QueueOutput("%Next%")]
    public static byte[] Forward([QueueTrigger("incoming")] QueueMessage message) => message.Body.ToArray();

    public sealed class Submission
    {
        [QueueOutput(Out)]
        public IReadOnlyList<string>? Texts { get; init; }

        [QueueOutput("parcels")]
        public Parcel[]? Parcels { get; init; }

        public HttpResponseData? Answer { get; init; }
    }

    public sealed class MarkedAnswer
    {
        [QueueOutput(Out)]
        public Parcel? Parcel { get; init; }

        [HttpResult]
        public HttpResponseData? Answer { get; init; }
    }
}
