using DurableTask.Core;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Replay;

/// <summary>What a turn decided.</summary>
/// <param name="Actions">What the code asked for.</param>
/// <param name="Status">The custom status, where the code has set it.</param>
/// <param name="Outcome">How the execution ended; null while it goes on.</param>
internal readonly record struct TurnResult(List<HistoryEvent> Actions, NewStatus? Status, ExecutionOutcome? Outcome);

/// <summary>How an execution ended.</summary>
/// <param name="State">How the instance ended; meaningless where it goes on with <paramref name="Next"/>.</param>
/// <param name="Output">What it returned, as UTF-8 JSON.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Next">The execution that follows, of an eternal orchestration.</param>
internal sealed record ExecutionOutcome(
    OrchestrationRuntimeStatus State, byte[]? Output = null, FailureDetails? Failure = null, NextExecution? Next = null);

/// <summary>What the next execution of an eternal orchestration starts with: its input and version, and its history so far.</summary>
internal sealed record NextExecution(byte[]? Input, string? Version, IReadOnlyList<HistoryEvent> Events);
