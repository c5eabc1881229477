using System.Text.Json;
using System.Text.Json.Serialization;
using EmbeddedHost.Storage;

namespace EmbeddedHost.Hosting;

/// <summary>How often a run has committed, and how much went into it: each commit cost one fsync.</summary>
/// <param name="HubCommits">Commits of the task hub.</param>
/// <param name="TableCommits">Commits of the tables.</param>
/// <param name="HubWorks">Units of work in the hub's commits.</param>
/// <param name="TableWorks">Units of work in the tables' commits.</param>
internal sealed record CommitStats(long HubCommits, long TableCommits, long HubWorks, long TableWorks)
{
    /// <summary>What the committers of the two databases have counted so far.</summary>
    public static CommitStats Of(GroupCommitter hub, GroupCommitter tables) => new(hub.Commits, tables.Commits, hub.Works, tables.Works);

    /// <summary>Writes them as JSON, camel case.</summary>
    public void WriteTo(string file) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(this, CommitStatsJson.Default.CommitStats));
}

/// <summary>The JSON of <see cref="CommitStats"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommitStats))]
internal sealed partial class CommitStatsJson : JsonSerializerContext;
