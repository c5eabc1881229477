using System.Diagnostics;
using System.Security.Cryptography;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Pairing;

namespace EmbeddedHost.Tests.Storage.Pairing;

/// <summary>A data folder as a host uses it, without the host: the pair is opened, written to and closed.</summary>
internal sealed class PairFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>Opens the pair; what is returned has to be disposed of.</summary>
    public Opened Open(bool acceptMismatch = false, DataFormats? formats = null, ICommitGate? gate = null) =>
        new(Path, acceptMismatch, formats ?? new DataFormats(1, 1), gate);

    /// <summary>Opens the pair, commits to both files, and closes it.</summary>
    public void Run(bool acceptMismatch = false, DataFormats? formats = null)
    {
        using var pair = Open(acceptMismatch, formats);
        pair.Commit();
    }

    public string FileOf(string name) => _folder.File(name);

    /// <summary>Copies the files whose names pass, as what a kill of their host at this moment leaves.</summary>
    public PairFolder Copy(Func<string, bool>? files = null)
    {
        var copy = new PairFolder();
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => files?.Invoke(System.IO.Path.GetFileName(file)) ?? true))
        {
            CopyFile(file, copy.FileOf(System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Puts a file in the place of another, with no log beside it.</summary>
    public void Replace(string name, PairFolder by)
    {
        Delete(name);
        CopyFile(by.FileOf(name), FileOf(name));
    }

    /// <summary>Deletes a file and its log.</summary>
    public void Delete(string name)
    {
        foreach (var file in Directory.EnumerateFiles(Path, name + "*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>The contents of both databases, and of their logs where there is something in them.</summary>
    public IReadOnlyDictionary<string, string> Contents() => Directory.EnumerateFiles(Path, "*.db*")
        .Where(static file => !file.EndsWith("-shm", StringComparison.Ordinal) && (file.EndsWith(".db", StringComparison.Ordinal) || new FileInfo(file).Length > 0))
        .ToDictionary(static file => file, static file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    // As a backup does it: the host's own lock is not asked for.
    private static void CopyFile(string from, string to)
    {
        using var copy = Process.Start("cp", [from, to]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
    }

    /// <summary>A pair that is open.</summary>
    internal sealed class Opened : IDisposable
    {
        private readonly DataFolder _data;

        public Opened(string path, bool acceptMismatch, DataFormats formats, ICommitGate? gate)
        {
            _data = new DataFolder(path, reset: false);
            try
            {
                Pair = DatabasePair.Open(_data, formats, acceptMismatch, TimeProvider.System, new DatabaseEnvironment { Gate = gate });
            }
            catch
            {
                _data.Dispose();
                throw;
            }
        }

        public DatabasePair Pair { get; }

        /// <summary>Commits to the tables and then to the hub, as an activity and the turn that takes its result do.</summary>
        public void Commit()
        {
            Assert.Null(CommitTo(Pair.Tables));
            Assert.Null(CommitTo(Pair.Hub));
        }

        /// <summary>Commits to one of the files; returns the failure, if any.</summary>
        public static Exception? CommitTo(SqliteDatabase database)
        {
            var work = new Nothing();
            Assert.True(database.Committer.Submit(work));
            return work.Error;
        }

        /// <summary>Lets go of the folder's locks, as a system does that has none which hold.</summary>
        public void LoseLocks() => _data.Dispose();

        public void Dispose()
        {
            Pair.Dispose();
            _data.Dispose();
        }
    }

    private sealed class Nothing : CommitWork
    {
        public override void Write(SqliteSession session)
        {
        }

        public override void Execute()
        {
        }
    }
}
