using System.Threading.Channels;

namespace EmbeddedHost.Tests.Queues;

/// <summary>What queue functions tell a test that they got.</summary>
public sealed class Inbox
{
    private readonly Channel<string> _notes = Channel.CreateUnbounded<string>();

    public void Add(string note) => Assert.True(_notes.Writer.TryWrite(note));

    /// <summary>The next note, once it is there.</summary>
    public ValueTask<string> NextAsync() => _notes.Reader.ReadAsync();

    /// <summary>All that there is.</summary>
    public IReadOnlyList<string> Take()
    {
        var notes = new List<string>();
        while (_notes.Reader.TryRead(out var note))
        {
            notes.Add(note);
        }

        return notes;
    }
}
