using Azure.Core;
using Azure.Core.Pipeline;

namespace EmbeddedHost.Storage.Queues;

/// <summary>
/// Beneath the released package's own client: answers its requests from the queues of this process, where else they would go over
/// the network. So what the client does by itself (encodings, its checks, its exceptions) is as on Azure.
/// </summary>
internal sealed class QueueTransport(QueueStore store) : HttpPipelineTransport
{
    private readonly QueueService _service = new(store);

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            message.Response = _service.Find(message.Request).Run();
        }
        catch (QueueRefusal refusal)
        {
            message.Response = QueueResponse.Of(refusal);
        }

        message.Response.ClientRequestId = message.Request.ClientRequestId;
    }

    // The client lets its code go on wherever this ends. On the test host that has to be where it began: there a work that is
    // submitted at once is done at once.
    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            message.Response = await _service.Find(message.Request).RunAsync().ConfigureAwait(false);
        }
        catch (QueueRefusal refusal)
        {
            message.Response = QueueResponse.Of(refusal);
        }

        message.Response.ClientRequestId = message.Request.ClientRequestId;
    }
}
