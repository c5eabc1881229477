namespace EmbeddedHost.Http;

/// <summary>
/// The request bodies in memory: together they take no more than a share of it. Where one more would be too much, the largest
/// that is still on its way is given up for it, so that many slow senders of large bodies keep no small one out.
/// </summary>
/// <param name="capacity">How many bytes they may take together.</param>
internal sealed class HeldBodies(long capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<HeldBody> _arriving = [];
    private long _held;

    /// <summary>The bytes that are taken now.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>A body that begins to arrive.</summary>
    /// <param name="longest">How many bytes it may have.</param>
    public HeldBody Begin(int longest)
    {
        var body = new HeldBody(this, longest);
        lock (_gate)
        {
            _ = _arriving.Add(body);
        }

        return body;
    }

    /// <summary>Takes room for more of a body that is on its way. False: there is none, or the body was given up.</summary>
    public bool TryTake(HeldBody body, int bytes)
    {
        lock (_gate)
        {
            while (_arriving.Contains(body))
            {
                if (_held + bytes <= capacity)
                {
                    _held += bytes;
                    body.Room += bytes;
                    return true;
                }

                var largest = _arriving.MaxBy(static other => other.Room)!;
                if (largest == body || largest.Room < body.Room + bytes)
                {
                    return false;
                }

                Forget(largest);
                largest.GiveUp();
            }

            return false;
        }
    }

    /// <summary>A body is here in full: it is not given up any more. False: it was.</summary>
    public bool TryComplete(HeldBody body)
    {
        lock (_gate)
        {
            return _arriving.Remove(body);
        }
    }

    /// <summary>A body is not needed any more.</summary>
    public void Free(HeldBody body)
    {
        lock (_gate)
        {
            Forget(body);
        }
    }

    private void Forget(HeldBody body)
    {
        _ = _arriving.Remove(body);
        _held -= body.Room;
        body.Room = 0;
    }
}

/// <summary>One request body. Its buffer grows with what arrives, whatever length was announced.</summary>
internal sealed class HeldBody(HeldBodies all, int longest) : IDisposable
{
    private const int FirstRoom = 4096;

    private readonly CancellationTokenSource _givenUp = new();
    private byte[] _buffer = [];
    private int _length;

    /// <summary>How many bytes it takes, as <see cref="HeldBodies"/> counts them.</summary>
    public int Room { get; set; }

    /// <summary>What has arrived.</summary>
    public ArraySegment<byte> Bytes => new(_buffer, 0, _length);

    /// <summary>Cancelled when the body is given up for others.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    /// <summary>Makes room for what comes next, up to the longest length. False: there is no memory for it.</summary>
    public bool TryMakeRoom(out Memory<byte> room)
    {
        if (_length == _buffer.Length && _length < longest)
        {
            var size = (int)Math.Min(longest, Math.Max(FirstRoom, _length * 2L));
            if (!all.TryTake(this, size - _length))
            {
                room = default;
                return false;
            }

            Array.Resize(ref _buffer, size);
        }

        room = _buffer.AsMemory(_length);
        return true;
    }

    /// <summary>So many bytes were written to the room.</summary>
    public void Advance(int count) => _length += count;

    /// <summary>Ends its reading. The token's callbacks run elsewhere: the caller holds a lock.</summary>
    public void GiveUp() => _ = _givenUp.CancelAsync();

    public void Dispose()
    {
        all.Free(this);
        _givenUp.Dispose();
    }
}
