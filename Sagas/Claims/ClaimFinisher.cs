using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Sagas.Storage;

namespace Sagas.Claims;

/// <summary>A saga that is claimed before it is scheduled.</summary>
public interface IClaimedSaga
{
    /// <summary>Its name in the <see cref="SagaIndex"/>.</summary>
    string Name { get; }

    /// <summary>Starts the saga of a claim where it has not begun, as a repeated submission would.</summary>
    /// <returns>False where there is no such claim.</returns>
    Task<bool> FinishAsync(DurableTaskClient client, string key, CancellationToken cancellation);
}

/// <summary>Finishes the claims that a crash, or a failure to schedule, left without a saga.</summary>
public sealed class ClaimFinisher(SagaIndex index, IEnumerable<IClaimedSaga> sagas, TimeProvider time, ILogger<ClaimFinisher> logger)
{
    /// <summary>How old a claim has to be: till then, whoever made it may still be scheduling its saga.</summary>
    public static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<IClaimedSaga> _sagas = [.. sagas];

    /// <summary>Looks for them, by itself while the app runs.</summary>
    [Function("FinishClaims")]
    public Task RunAsync(
        [TimerTrigger("*/30 * * * * *", UseMonitor = false)] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => FinishAsync(client, cancellation);

    /// <summary>Finishes every claim that is old enough.</summary>
    public async Task FinishAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var unreadable = new UnreadableRows();
        foreach (var saga in _sagas)
        {
            foreach (var entry in await index.ReadToBeginAsync(saga.Name, unreadable, cancellation))
            {
                if (entry.At + LeastAge <= time.GetUtcNow())
                {
                    await FinishAsync(client, saga, entry, cancellation);
                }
            }
        }

        foreach (var row in unreadable.Found ?? [])
        {
            logger.LogWarning(
                "A claim is left alone: row '{Row}' of '{Partition}' cannot be read: {Property} is {Problem}.", row.Row, row.Partition, row.Property, row.Problem);
        }
    }

    // One that cannot be finished holds up none of the others.
    private async Task FinishAsync(DurableTaskClient client, IClaimedSaga saga, OpenSaga entry, CancellationToken cancellation)
    {
        try
        {
            if (await saga.FinishAsync(client, entry.Key, cancellation))
            {
                _ = await index.TryBeginAsync(saga.Name, entry, cancellation);
            }
            else if (entry.At + SagaIndex.Abandoned < time.GetUtcNow())
            {
                // Its claim was never written: the submission failed.
                _ = await index.TryRemoveAsync(saga.Name, entry, cancellation);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogWarning(failure, "The claim {Key} of {Saga} could not be finished. It is tried again later.", entry.Key, saga.Name);
        }
    }
}
