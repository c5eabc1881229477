using System.Text;

namespace Bench.Abuse;

/// <summary>One way to send what a host should not have to bear. Sending stops as soon as there is an answer.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="SendAsync">Sends it.</param>
internal sealed record AbuseScript(string Name, Func<AbuseConnection, Task> SendAsync);

/// <summary>The ways to send large, slow and broken requests.</summary>
internal static class AbuseScripts
{
    private const string Orders = "POST /api/orders HTTP/1.1\r\nHost: localhost\r\n";
    private const int Small = 1000;
    private const int Large = 60_000;
    private const int AlmostTooLarge = 250_000;
    private static readonly string Spaces = new(' ', Large);

    public static IReadOnlyList<AbuseScript> All { get; } =
    [
        new("length of 29 MB, then a trickle", static to => TrickleAsync(to, Head(29_000_000), " ")),
        new("half a body, then a trickle", static to => TrickleAsync(to, Head(AlmostTooLarge) + Spaces, " ")),
        new("a body at 2 KB a second", static to => TrickleAsync(to, Head(AlmostTooLarge), new string(' ', 2 * Small))),
        new("a large event, then a trickle", static to => TrickleAsync(
            to,
            $"POST /runtime/webhooks/durabletask/orchestrators/OrderSaga HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Small * Small}\r\n\r\n{Spaces}",
            " ")),
        new("90 KB of spaces", static to => to.SendAsync(Head(Large + (Large / 2)) + Spaces + Spaces[..(Large / 2)])),
        new("200 KB of brackets", static to => to.SendAsync(Head(200 * Small) + new string('[', 200 * Small))),
        new("chunks without end", static async to =>
        {
            await to.SendAsync(Orders + "Transfer-Encoding: chunked\r\n\r\n");
            await RepeatAsync(to, $"{Small:x}\r\n{Spaces[..Small]}\r\n", TimeSpan.Zero);
        }),
        new("a chunk that is none", static to => to.SendAsync(Orders + "Transfer-Encoding: chunked\r\n\r\nzz\r\nno chunk\r\n")),
        new("more than the length says", static to => to.SendAsync(Head(10) + Spaces)),
        new("less than the length says", static async to =>
        {
            await to.SendAsync(Head(Small) + "{");
            to.CloseSending();
        }),
        new("a GET with a body", static to => to.SendAsync($"GET /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Large}\r\n\r\n{Spaces}")),
        new("a head in single bytes", static to => TrickleAsync(to, Orders, "x")),
        new("a head of 100 KB", static to => to.SendAsync($"{Orders}X-Large: {Spaces}{Spaces}\r\n\r\n")),
        new("junk behind a request", static to => to.SendAsync(
            "GET /api/inventory HTTP/1.1\r\nHost: localhost\r\n\r\n" + string.Concat(Enumerable.Repeat("\u0001junk\r\n\r\n", Small)))),
        new("nothing at all", static to => to.Answer),
    ];

    private static string Head(int length) => $"{Orders}Content-Length: {length}\r\n\r\n";

    private static async Task TrickleAsync(AbuseConnection to, string first, string next)
    {
        await to.SendAsync(first);
        await RepeatAsync(to, next, TimeSpan.FromSeconds(1));
    }

    private static async Task RepeatAsync(AbuseConnection to, string text, TimeSpan pause)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        while (!to.Answer.IsCompleted)
        {
            await to.SendAsync(bytes);
            if (pause > TimeSpan.Zero)
            {
                _ = await Task.WhenAny(to.Answer, Task.Delay(pause));
            }
        }
    }
}
