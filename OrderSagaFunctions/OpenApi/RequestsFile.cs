using System.Globalization;
using System.Text.RegularExpressions;

namespace OrderSagaFunctions.OpenApi;

/// <summary>One request of requests.http, and the status that its title ends with.</summary>
/// <param name="Title">What it asks for.</param>
/// <param name="Status">The status that it is answered with.</param>
/// <param name="Method">Its method.</param>
/// <param name="Address">Where it is sent.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body; null where it has none.</param>
internal sealed record FileRequest(
    string Title, int Status, string Method, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Body);

/// <summary>Reads requests.http as the editors' HTTP clients do, as far as it uses what they know.</summary>
internal static partial class RequestsFile
{
    /// <summary>Its requests, in order, to the host that it names.</summary>
    public static IReadOnlyList<FileRequest> Read()
    {
        using var stream = typeof(RequestsFile).Assembly.GetManifestResourceStream("requests.http")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        // From the last on: a variable's value may hold earlier ones.
        foreach (var variable in Variable().Matches(text).Reverse())
        {
            text = text.Replace($"{{{{{variable.Groups["name"].Value}}}}}", variable.Groups["value"].Value, StringComparison.Ordinal);
        }

        return [.. text.Split("### ")[1..].Select(One)];
    }

    private static FileRequest One(string text)
    {
        var lines = text.Split('\n').Where(static line => !line.StartsWith('#')).Select(static line => line.Trim()).ToList();
        var title = lines[0].Split(": ");
        var request = lines[1].Split(' ');
        var body = string.Join('\n', lines.Skip(2).SkipWhile(static line => line.Length > 0)).Trim();
        return new(
            title[0],
            int.Parse(title[1], CultureInfo.InvariantCulture),
            request[0],
            new Uri(request[1]),
            [.. lines.Skip(2).TakeWhile(static line => line.Length > 0).Select(static header => header.Split(": ")).Select(static parts => KeyValuePair.Create(parts[0], parts[1]))],
            body.Length > 0 ? body : null);
    }

    [GeneratedRegex(@"^@(?<name>\w+) = (?<value>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
