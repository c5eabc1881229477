using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>One request of requests.http, and the status that its title ends with.</summary>
internal sealed record FileRequest(string Title, int Status, string Method, Uri Address, IReadOnlyList<string> Headers, string? Body)
{
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Address);
        if (Body is not null)
        {
            message.Content = new StringContent(Body);
            message.Content.Headers.ContentType = null;
        }

        foreach (var (name, value) in Headers.Select(static header => header.Split(": ")).Select(static parts => (parts[0], parts[1])))
        {
            if (name == "Content-Type")
            {
                message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                message.Headers.Add(name, value);
            }
        }

        return message;
    }
}

/// <summary>Reads requests.http as the editors' HTTP clients do, as far as it uses what they know.</summary>
internal static partial class RequestsFile
{
    /// <summary>Its requests, in order, to a host.</summary>
    public static IReadOnlyList<FileRequest> Read(Uri host)
    {
        using var stream = typeof(RequestsFile).Assembly.GetManifestResourceStream("requests.http")!;
        using var reader = new StreamReader(stream);
        var text = Variable().Replace(reader.ReadToEnd(), "@host = " + host.GetLeftPart(UriPartial.Authority), count: 1);
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
            int.Parse(title[1]),
            request[0],
            new Uri(request[1]),
            [.. lines.Skip(2).TakeWhile(static line => line.Length > 0)],
            body.Length > 0 ? body : null);
    }

    [GeneratedRegex(@"^@(?<name>\w+) = (?<value>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
