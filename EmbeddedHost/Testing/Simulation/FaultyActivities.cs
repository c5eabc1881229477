using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using EmbeddedHost.Engine.Contracts;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>The app's functions, with what is to go wrong in them.</summary>
internal sealed class FaultyActivities(IFunctionRegistry app, FaultPlan plan, VirtualClock clock, Action<string> crash) : IFunctionRegistry
{
    private int _hanging;

    /// <summary>How many activities hang now: nothing from outside will let them go on.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    public OrchestratorFunction? FindOrchestrator(string name) => app.FindOrchestrator(name);

    public ActivityFunction? FindActivity(string name) => app.FindActivity(name) switch
    {
        null => null,
        var activity when !plan.IsEmpty => (call, cancellation) => plan.Draw(call) is { } fault
            ? RunAsync(activity, fault, call, cancellation)
            : activity(call, cancellation),
        var activity => activity,
    };

    public EntityFunction? FindEntity(string name) => app.FindEntity(name);

    private async ValueTask<byte[]?> RunAsync(ActivityFunction activity, Fault fault, ActivityCall call, CancellationToken cancellation)
    {
        if (fault.Kind == FaultKind.Hang)
        {
            await HangAsync(fault.For ?? Timeout.InfiniteTimeSpan, cancellation);
            return await activity(call, cancellation);
        }

        if (fault.Kind == FaultKind.FailThenAct)
        {
            _ = ActLateAsync(activity, call, fault.For ?? Timeout.InfiniteTimeSpan, cancellation);
        }

        if (fault.Kind is FaultKind.ActThenFail or FaultKind.ActThenCrash)
        {
            _ = await activity(call, cancellation);
        }

        if (fault.Kind is FaultKind.Crash or FaultKind.ActThenCrash)
        {
            crash($"{fault.Kind} in the activity '{call.Name}' of '{call.InstanceId}'");
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation);
        }

        throw fault.Error?.Invoke() ?? new IOException($"The activity '{call.Name}' was made to fail ({fault.Kind}).");
    }

    // What becomes of it nobody hears, as of any attempt that was given up on.
    private async Task ActLateAsync(ActivityFunction activity, ActivityCall call, TimeSpan delay, CancellationToken cancellation)
    {
        await Task.Delay(delay, clock, cancellation);
        _ = await activity(call, cancellation);
    }

    private async Task HangAsync(TimeSpan time, CancellationToken cancellation)
    {
        _ = Interlocked.Increment(ref _hanging);
        try
        {
            await Task.Delay(time, clock, cancellation);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _hanging);
        }
    }
}

/// <summary>Decides which run of which activity goes wrong; it outlives the host's crashes.</summary>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults, Random chance)
{
    private readonly ConcurrentDictionary<(string InstanceId, string Activity), int> _runs = new();

    public bool IsEmpty => faults.Count == 0;

    /// <summary>Counts a run, and returns what goes wrong in it, if anything.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "The chance of a test is to be repeatable, and protects nothing.")]
    public Fault? Draw(ActivityCall call)
    {
        var attempt = _runs.AddOrUpdate((call.InstanceId, call.Name.ToUpperInvariant()), 1, static (_, before) => before + 1);
        return faults.FirstOrDefault(fault =>
            (fault.Activity == "*" || fault.Activity.Equals(call.Name, StringComparison.OrdinalIgnoreCase))
            && (fault.Attempt is null || fault.Attempt == attempt)
            && (fault.InstanceId is null || fault.InstanceId == call.InstanceId)
            && (fault.InputContains is null || (call.Input is { } input && Encoding.UTF8.GetString(input).Contains(fault.InputContains, StringComparison.Ordinal)))
            && (fault.Probability >= 1 || chance.NextDouble() < fault.Probability));
    }
}
