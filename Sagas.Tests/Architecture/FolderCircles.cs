using System.Text.RegularExpressions;

namespace Sagas.Tests.Architecture;

/// <summary>
/// Finds folders of a project that depend on each other in a circle. A folder is known by its namespace, which is the root
/// namespace and one name more; what is deeper counts as part of it. A file depends on a folder that it names in a <c>using</c>
/// line or in its code. What needs no name to be seen (the root namespace, a <c>global using</c>) it depends on if it names a
/// type that is declared there.
/// </summary>
public static partial class FolderCircles
{
    private const string Root = "(root)";
    private static readonly string[] NotSources = ["bin", "obj"];

    /// <summary>The circles, each as text: its folders, and for each dependency a file that has it.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="rootNamespace">The project's root namespace.</param>
    /// <param name="includesRoot">Whether the files of the root namespace itself count as a folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidOperationException">No file there is of the namespace: nothing would be checked.</exception>
    public static IReadOnlyList<string> Of(string folder, string rootNamespace, bool includesRoot = false)
    {
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Where(static path => !NotSources.Contains(path.Split(Path.DirectorySeparatorChar)[0], StringComparer.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllText(Path.Combine(folder, path))));
        return Of(files, rootNamespace, includesRoot);
    }

    /// <summary>The circles among files that are given with their contents.</summary>
    /// <param name="files">The files: each one's path and its text.</param>
    /// <param name="rootNamespace">The project's root namespace.</param>
    /// <param name="includesRoot">Whether the files of the root namespace itself count as a folder.</param>
    /// <exception cref="InvalidOperationException">No file is of the namespace: nothing would be checked.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<(string Path, string Text)> files, string rootNamespace, bool includesRoot = false)
    {
        var sources = files.Select(file => new Source(file.Path, WithoutComments(file.Text), rootNamespace)).ToList();
        if (!sources.Exists(static source => source.Folder is not null and not Root))
        {
            throw new InvalidOperationException($"No file is of a namespace below '{rootNamespace}', so that there are no folders to check.");
        }

        var types = sources.Where(static source => source.Folder is not null)
            .ToLookup(static source => source.Folder!, static source => source.Types, StringComparer.Ordinal)
            .ToDictionary(static folder => folder.Key, static folder => folder.SelectMany(static names => names).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        string[] seen = [Root, .. sources.SelectMany(static source => source.GlobalUsings).Distinct(StringComparer.Ordinal)];
        var dependencies =
            from source in sources
            where source.Folder is not null
            from target in source.Named.Concat(seen.Where(folder => source.Words.Overlaps(types.GetValueOrDefault(folder) ?? []))).Distinct(StringComparer.Ordinal)
            where target != source.Folder && types.ContainsKey(target) && (includesRoot || (target != Root && source.Folder != Root))
            select (From: source.Folder!, To: target, source.Path);
        return Circles(dependencies.ToLookup(static dependency => dependency.From, static dependency => (dependency.To, dependency.Path), StringComparer.Ordinal));
    }

    // One circle for each folder that is on any: the shortest one through it, told once, from its first folder on.
    private static List<string> Circles(ILookup<string, (string To, string Path)> dependencies)
    {
        var circles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var start in dependencies.Select(static folder => folder.Key).Order(StringComparer.Ordinal))
        {
            if (ShortestWayBack(start, dependencies) is { } circle)
            {
                var folders = string.Join(' ', circle.Select(static way => way.To).Order(StringComparer.Ordinal));
                _ = circles.TryAdd(folders, start + string.Concat(circle.Select(static way => $" -> {way.To} ({way.Path})")));
            }
        }

        return [.. circles.Values];
    }

    private static List<(string To, string Path)>? ShortestWayBack(string start, ILookup<string, (string To, string Path)> dependencies)
    {
        var ways = new Queue<List<(string To, string Path)>>([[(start, string.Empty)]]);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        while (ways.TryDequeue(out var way))
        {
            foreach (var next in dependencies[way[^1].To])
            {
                if (next.To == start)
                {
                    return [.. way.Skip(1), next];
                }

                if (reached.Add(next.To))
                {
                    ways.Enqueue([.. way, next]);
                }
            }
        }

        return null;
    }

    private static string WithoutComments(string text) => Comment().Replace(text, " ");

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|delegate\s+[\w<>?.,\s\[\]]+?)\s+(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();

    /// <summary>What a file says of folders.</summary>
    private sealed class Source
    {
        public Source(string path, string text, string rootNamespace)
        {
            Path = path;
            var below = new Regex(
                $@"(?<global>^global\s+using\s+)?(static\s+)?(?<![\w.]){Regex.Escape(rootNamespace)}\.(?<folder>\w+)",
                RegexOptions.ExplicitCapture | RegexOptions.Multiline, TimeSpan.FromSeconds(10));
            var own = Namespace().Match(text).Groups["name"].Value;
            Folder = own == rootNamespace ? Root : below.Match(own) is { Success: true, Index: 0 } match ? match.Groups["folder"].Value : null;
            var mentions = below.Matches(text).ToLookup(static mention => mention.Groups["global"].Success, static mention => mention.Groups["folder"].Value);
            Named = [.. mentions[false].Distinct(StringComparer.Ordinal)];
            GlobalUsings = [.. mentions[true].Distinct(StringComparer.Ordinal)];
            Types = [.. Declaration().Matches(text).Select(static type => type.Groups["name"].Value)];
            Words = [.. Word().Matches(text).Select(static word => word.Value)];
        }

        public string Path { get; }

        /// <summary>The folder that it is in; null if it is of another namespace.</summary>
        public string? Folder { get; }

        /// <summary>The names that follow the root namespace, in using lines and elsewhere.</summary>
        public IReadOnlyList<string> Named { get; }

        /// <summary>The folders that it makes visible in every file.</summary>
        public IReadOnlyList<string> GlobalUsings { get; }

        /// <summary>The types that it declares.</summary>
        public IReadOnlyList<string> Types { get; }

        public HashSet<string> Words { get; }
    }
}
