using System.Collections.Concurrent;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Entities;

/// <summary>
/// The entities that have something to do, or that messages wait for. Each other one is on disk only: a message brings it back.
/// </summary>
internal sealed class LiveEntities : IDisposable
{
    private readonly ConcurrentDictionary<string, EntityInstance> _entities = new(StringComparer.Ordinal);
    private readonly TaskHub _hub;
    private readonly SqliteDatabase _database;
    private readonly WakeQueue _later;

    public LiveEntities(TaskHub hub, SqliteDatabase database, TaskHubOptions options)
    {
        _hub = hub;
        _database = database;
        Batch = options.MaxEntityBatch;
        Places = new ConcurrencyLimit(options.MaxConcurrentEntities, hub.Scheduler);
        // What is not due yet is in the file only.
        _later = new WakeQueue(hub.Services.Clock, (id, mail) => hub.DeliverMail([new Letter(id, Key: 0, new Message(Event: null, mail))]));
    }

    /// <summary>How many operations a batch has at most.</summary>
    public int Batch { get; }

    /// <summary>Places for entities whose operations run.</summary>
    public ConcurrencyLimit Places { get; }

    /// <summary>How many messages wait for an entity, because it is busy or locked.</summary>
    public int BacklogOf(string id) => _entities.TryGetValue(id, out var entity) ? entity.Backlog : 0;

    /// <summary>The entity of an id as it is on disk; null where it has neither state nor lock.</summary>
    public EntityRow? Find(string id, bool includesState) => _database.FindEntity(id, includesState);

    /// <summary>A page of entities in the order of their ids, after the id <paramref name="after"/>.</summary>
    public List<EntityRow> List(EntityFilter filter, string after, int top, bool includesState) =>
        _database.ListEntities(filter, after, top, includesState);

    /// <summary>Takes a letter, which is on disk: it reaches its entity when it is due.</summary>
    public void Take(string id, Message letter)
    {
        if ((letter.Event ?? _database.FindMail(letter.MailSequence)) is not { } e)
        {
            return;
        }

        if (EntityMessage.Read(e) is not { } message)
        {
            _hub.LogNoOperation(e.Name, id);
            _hub.Drop(key: 0, letter);
        }
        else if (message.Due > _hub.Services.UtcNow)
        {
            _later.Arm(id, letter.MailSequence, message.Due.Value);
        }
        else
        {
            Post(id, new EntityMail(letter.MailSequence, message));
        }
    }

    /// <summary>Takes an entity out of memory, not another one of its id.</summary>
    public void Remove(EntityInstance entity) => _entities.TryRemove(KeyValuePair.Create(entity.Id, entity));

    public void Dispose() => _later.Dispose();

    private void Post(string id, EntityMail mail)
    {
        while (true)
        {
            var entity = _entities.GetOrAdd(id, static (id, hub) => new EntityInstance(hub, id), _hub);
            if (entity.TryPost(mail, out var drive))
            {
                if (drive)
                {
                    _hub.Scheduler.Queue(entity);
                }

                return;
            }

            Remove(entity);
        }
    }
}
