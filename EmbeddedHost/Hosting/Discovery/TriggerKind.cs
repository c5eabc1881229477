namespace EmbeddedHost.Hosting.Discovery;

/// <summary>What starts a function.</summary>
internal enum TriggerKind
{
    /// <summary>An HTTP request.</summary>
    Http,

    /// <summary>The start of an orchestration, and each of its turns.</summary>
    Orchestration,

    /// <summary>An orchestration's call.</summary>
    Activity,

    /// <summary>Operations on an entity.</summary>
    Entity,

    /// <summary>A time of its schedule.</summary>
    Timer,

    /// <summary>A message of a queue.</summary>
    Queue,

    /// <summary>What this host does not serve: nothing starts the function here.</summary>
    Unserved,
}
