using System.Text;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Queues;

/// <summary>Queue functions with a parameter of each kind.</summary>
public sealed class BoundFunctions(Inbox inbox)
{
    [Function(nameof(Text))]
    public void Text(
        [QueueTrigger("texts")] string text, string id, long dequeueCount, DateTimeOffset insertionTime, DateTimeOffset expirationTime, string popReceipt, FunctionContext context)
    {
        var data = context.BindingContext.BindingData;
        Assert.Equal(text, data["QueueTrigger"]);
        Assert.Equal(id, data["Id"]);
        Assert.Equal(popReceipt, data["PopReceipt"]);
        Assert.StartsWith("\"", (string)data["NextVisibleTime"]!, StringComparison.Ordinal);
        inbox.Add($"{text} {id} {dequeueCount} {expirationTime - insertionTime}");
    }

    [Function(nameof(Bytes))]
    public void Bytes([QueueTrigger("bytes")] byte[] body) => inbox.Add(Convert.ToHexString(body));

    [Function(nameof(Memory))]
    public void Memory([QueueTrigger("memory")] ReadOnlyMemory<byte> body) => inbox.Add(Convert.ToHexString(body.Span));

    [Function(nameof(Data))]
    public void Data([QueueTrigger("data")] BinaryData data) => inbox.Add(data.ToString());

    [Function(nameof(Message))]
    public void Message([QueueTrigger("messages")] QueueMessage message) =>
        inbox.Add($"{message.MessageId} {message.Body} {message.DequeueCount} {message.ExpiresOn - message.InsertedOn}");

    [Function(nameof(Parcel))]
    public async Task Parcel([QueueTrigger("%Parcels__Queue%", Connection = "Parcels")] Parcel parcel, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Deliver), parcel, cancellation);
        inbox.Add((await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellation)).ReadOutputAs<string>()!);
    }

    [Function(nameof(Deliver))]
    public static Task<string> Deliver([OrchestrationTrigger] TaskOrchestrationContext context, Parcel parcel) =>
        Task.FromResult($"{parcel.Weight} kg to {parcel.City}");

    [Function(nameof(Number))]
    public void Number([QueueTrigger("numbers")] int number) => inbox.Add($"{number + 1}");

    public static string Utf8(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}

/// <summary>What a message is about.</summary>
public sealed record Parcel(string City, int Weight);
