using System.Globalization;

namespace EmbeddedHost.Storage.Pairing;

/// <summary>Tells whether two files belong together, and what is wrong with them if not.</summary>
internal static class PairCheck
{
    private const string TogetherWhole = "Both are one state, and are copied and put back together, with their logs.";

    /// <summary>Says that one file is not there and the other is; null: both are, or neither.</summary>
    public static string? Missing(DataFolder folder) => (File.Exists(folder.HubFile), File.Exists(folder.TablesFile)) switch
    {
        (false, true) => $"'{folder.HubFile}' is missing, and its partner '{folder.TablesFile}' is there.",
        (true, false) => $"'{folder.TablesFile}' is missing, and its partner '{folder.HubFile}' is there.",
        _ => null,
    };

    /// <summary>Says in which way the two do not belong together; null: they do.</summary>
    public static string? Mismatch(DataFolder folder, PairMark hub, PairMark tables)
    {
        if (hub.Run != tables.Run && hub.Run != tables.Before)
        {
            return (hub.IsNew, tables.IsNew) switch
            {
                (true, false) => Empty(folder.HubFile, folder.TablesFile),
                (false, true) => Empty(folder.TablesFile, folder.HubFile),
                _ => $"'{folder.HubFile}' was last started at {Time(hub)}, but '{folder.TablesFile}' at {Time(tables)}, with another partner: "
                    + "one of them is an older copy, or from another folder.",
            };
        }

        return hub.Commits < tables.PartnerCommits ? Lacks(folder.HubFile, hub.Commits, folder.TablesFile, tables.PartnerCommits)
            : tables.Commits < hub.PartnerCommits ? Lacks(folder.TablesFile, tables.Commits, folder.HubFile, hub.PartnerCommits)
            : null;
    }

    /// <summary>Holds the mismatch that was found against what the operator has said of it.</summary>
    /// <exception cref="StorageException">There is one, and it was not accepted; or one was accepted, and there is none.</exception>
    public static void Acceptance(DataFolder folder, string? mismatch, bool accept)
    {
        if (mismatch is not null && !accept)
        {
            throw Refusal(mismatch);
        }

        if (mismatch is null && accept)
        {
            throw new StorageException(
                $"The files in '{folder.Path}' belong together, so that --accept-mismatch has nothing to accept: start without it.");
        }
    }

    /// <summary>The failure of two files that do not belong together.</summary>
    public static StorageException Refusal(string mismatch) => new(
        $"{mismatch} {TogetherWhole} The host has changed nothing. Put back the whole folder from a backup; or, to go on with what is "
        + "there, start once with --accept-mismatch: what one of the files lacks is lost then.");

    /// <summary>Holds the format in which the app wrote its data against those that it reads.</summary>
    /// <exception cref="StorageException">It is none of them.</exception>
    public static void DataFormat(DataFolder folder, PairMark hub, PairMark tables, DataFormats formats)
    {
        foreach (var mark in (PairMark[])[hub, tables])
        {
            if (!mark.IsNew && !formats.CanRead(mark.DataFormat))
            {
                throw new StorageException(
                    $"The data in '{folder.Path}' has the app's data format {mark.DataFormat}; this build reads {formats}. The host has changed "
                    + "nothing. Let the build that wrote it finish what is in it, and choose another folder with --data, or start with --reset to "
                    + "throw it away.");
            }
        }
    }

    private static string Empty(string file, string partner) =>
        $"'{file}' is empty, or its log ('{LogOf(file)}') is missing, and its partner '{partner}' is not empty.";

    private static string Lacks(string file, long commits, string partner, long known) =>
        $"'{file}' has {commits} commits, but its partner '{partner}' knows of {known}: it is an older copy, or its log ('{LogOf(file)}') is missing.";

    private static string LogOf(string file) => Path.GetFileName(file) + "-wal";

    private static string Time(PairMark mark) => new DateTime(mark.Started, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
