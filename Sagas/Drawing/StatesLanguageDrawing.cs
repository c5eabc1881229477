using System.Text.Json.Nodes;

namespace Sagas.Drawing;

/// <summary>
/// Writes a saga in the Amazon States Language, for viewers of it. What the saga's code decides is a choice by name there; it is
/// to be looked at, not to be run.
/// </summary>
public static class StatesLanguageDrawing
{
    /// <summary>The state machine.</summary>
    public static JsonObject Of(SagaDefinition saga)
    {
        var graph = SagaGraph.Of(saga);
        var ways = SagaPicture.WaysOf(graph).ToLookup(static way => way.From, StringComparer.Ordinal);
        var states = new JsonObject();
        foreach (var state in graph.States)
        {
            states[state.Name] = state.Kind == SagaState.End ? EndOf(saga, state.Name) : WorkOf(saga, state, [.. ways[state.Name]], states);
        }

        return new JsonObject { ["Comment"] = $"The saga '{saga.Name}'", ["StartAt"] = graph.Start, ["States"] = states };
    }

    private static JsonObject EndOf(SagaDefinition saga, string name) => name == saga.Failed
        ? new JsonObject { ["Type"] = "Fail", ["Error"] = name, ["Cause"] = "A step failed. What could be undone is undone." }
        : new JsonObject { ["Type"] = "Succeed" };

    private static JsonObject WorkOf(SagaDefinition saga, SagaState state, List<SagaTransition> ways, JsonObject states)
    {
        var work = state.Children is { } children ? ChildrenOf(children) : TaskOf(saga, state.Name);
        work["Next"] = NextOf(states, state.Name + ": next", [.. ways.Where(static way => way.On != TransitionCause.Failure)]);
        if (ways.Where(static way => way.On == TransitionCause.Failure).ToList() is { Count: > 0 } failures)
        {
            work["Catch"] = new JsonArray(new JsonObject
            {
                ["ErrorEquals"] = new JsonArray("States.ALL"),
                ["Next"] = NextOf(states, state.Name + ": fails", failures),
            });
        }

        return work;
    }

    private static JsonObject TaskOf(SagaDefinition saga, string name)
    {
        var task = new JsonObject { ["Type"] = "Task", ["Resource"] = name };
        if (saga.Steps.FirstOrDefault(step => step.Name == name) is { Activities.Count: > 1 } step)
        {
            task["Comment"] = $"Activities: {string.Join(", ", step.Activities)}";
        }

        return task;
    }

    private static JsonObject ChildrenOf(string saga) => new()
    {
        ["Type"] = "Map",
        ["Comment"] = "One child saga for each part, side by side",
        ["ItemProcessor"] = new JsonObject
        {
            ["StartAt"] = saga,
            ["States"] = new JsonObject { [saga] = new JsonObject { ["Type"] = "Task", ["Resource"] = saga, ["End"] = true } },
        },
    };

    /// <summary>The state that comes next: one of several by way of a choice, which is added to the states.</summary>
    private static string NextOf(JsonObject states, string choice, List<SagaTransition> ways)
    {
        if (ways.Count == 1)
        {
            return ways[0].To;
        }

        states[choice] = new JsonObject
        {
            ["Type"] = "Choice",
            ["Choices"] = new JsonArray([.. ways.SkipLast(1).Select(static JsonNode (way) => new JsonObject
            {
                ["Variable"] = "$.next",
                ["StringEquals"] = way.To,
                ["Next"] = way.To,
            })]),
            ["Default"] = ways[^1].To,
        };
        return choice;
    }
}
