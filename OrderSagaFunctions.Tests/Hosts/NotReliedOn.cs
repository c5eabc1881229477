using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace OrderSagaFunctions.Tests.Hosts;

/// <summary>What the hosts, or the versions of one, do not surely have alike. The app guards by its own rows instead.</summary>
internal static class NotReliedOn
{
    /// <summary>The members, as <see cref="MemberReferences"/> names them.</summary>
    public static readonly string[] Members =
    [
        // Instance versions.
        "Microsoft.DurableTask.StartOrchestrationOptions.set_Version",
        "Microsoft.DurableTask.TaskOptions.set_Version",
        "Microsoft.DurableTask.SubOrchestrationOptions.set_Version",
        "Microsoft.DurableTask.ContinueAsNewOptions.set_NewVersion",
        "Microsoft.DurableTask.TaskOrchestrationContext.get_Version",
        "Microsoft.DurableTask.TaskOrchestrationContext.CompareVersionTo",

        // Dedupe statuses and a scheduled start.
        "Microsoft.DurableTask.Client.StartOrchestrationOptionsExtensions.WithDedupeStatuses",
        "Microsoft.DurableTask.StartOrchestrationOptions.set_StartAt",

        // Tags.
        "Microsoft.DurableTask.StartOrchestrationOptions.set_Tags",
        "Microsoft.DurableTask.TaskOptions.set_Tags",
        "Microsoft.DurableTask.Client.OrchestrationMetadata.get_Tags",

        // Restart and rewind.
        "Microsoft.DurableTask.Client.DurableTaskClient.RestartAsync",
        "Microsoft.DurableTask.Client.DurableTaskClient.RewindInstanceAsync",

        // What takes the descendants too, where the backend can.
        "Microsoft.DurableTask.Client.TerminateInstanceOptions..ctor",
        "Microsoft.DurableTask.Client.PurgeInstanceOptions..ctor",

        // More of a failed activity than its type's full name and its message: Azure rebuilds the failure from text.
        "Microsoft.DurableTask.TaskFailureDetails.get_Properties",
        "Microsoft.DurableTask.TaskFailureDetails.get_InnerFailure",
        "Microsoft.DurableTask.TaskFailureDetails.IsCausedBy",
    ];

    /// <summary>Uses each of them, and is never called: it shows that a use is found.</summary>
    public static async Task<object?> UseAllAsync(TaskOrchestrationContext context, DurableTaskClient client)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        var start = new StartOrchestrationOptions { Version = "1", StartAt = DateTimeOffset.MaxValue, Tags = tags };
        _ = start.WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = "2" });
        try
        {
            await context.CallActivityAsync("Act", options: new TaskOptions { Version = "1", Tags = tags });
            await context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions { Version = context.Version });
        }
        catch (TaskFailedException failure) when (failure.FailureDetails.IsCausedBy<TimeoutException>())
        {
            return failure.FailureDetails.InnerFailure?.Properties;
        }

        await client.RestartAsync(context.InstanceId);
        await client.RewindInstanceAsync(context.InstanceId, "again");
        await client.TerminateInstanceAsync(context.InstanceId, new TerminateInstanceOptions(Recursive: true));
        _ = await client.PurgeInstanceAsync(context.InstanceId, new PurgeInstanceOptions(Recursive: true));
        return context.CompareVersionTo("1") > 0 ? null : (await client.GetInstanceAsync(context.InstanceId))?.Tags;
    }
}
