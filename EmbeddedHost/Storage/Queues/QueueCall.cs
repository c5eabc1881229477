namespace EmbeddedHost.Storage.Queues;

/// <summary>A call of the queue service that is known by its request, and can be answered.</summary>
internal abstract class QueueCall
{
    /// <summary>Answers while the caller waits.</summary>
    /// <exception cref="QueueRefusal">The service would refuse it.</exception>
    public abstract QueueResponse Run();

    /// <inheritdoc cref="Run" />
    public abstract ValueTask<QueueResponse> RunAsync();

    /// <summary>A call that only reads.</summary>
    public static QueueCall Read(Func<QueueResponse> answer) => new Reading(answer);

    /// <summary>A call that writes.</summary>
    public static QueueCall Write<T>(QueueWork<T> work, Func<T, QueueResponse> answer) => new Writing<T>(work, answer);

    private sealed class Reading(Func<QueueResponse> answer) : QueueCall
    {
        public override QueueResponse Run() => answer();

        public override ValueTask<QueueResponse> RunAsync() => new(answer());
    }

    private sealed class Writing<T>(QueueWork<T> work, Func<T, QueueResponse> answer) : QueueCall
    {
        public override QueueResponse Run() => answer(work.Run());

        public override async ValueTask<QueueResponse> RunAsync() => answer(await work.RunAtOnceAsync().ConfigureAwait(false));
    }
}
