using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Replay;

/// <summary>What a turn decided.</summary>
internal readonly record struct TurnResult(
    List<HistoryEvent> Actions, bool CustomStatusChanged, byte[]? CustomStatus, ExecutionOutcome? Outcome);

/// <summary>How an execution ended.</summary>
internal sealed record ExecutionOutcome(
    OrchestrationRuntimeStatus State, byte[]? Output, TaskFailureDetails? Failure, NextExecution? Next);

/// <summary>What the next execution of an eternal orchestration starts with: its input and version, and its history so far.</summary>
internal sealed record NextExecution(byte[]? Input, string Version, IReadOnlyList<HistoryEvent> Events);
