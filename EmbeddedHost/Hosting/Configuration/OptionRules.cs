using System.Net;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>Which options go together: one that would have no effect is an error, so that no one relies on it.</summary>
internal static class OptionRules
{
    private const string CreateKeys = "--create-keys";
    private const string ListKeys = "--list-keys";

    // Commands that end before there is a host use the data folder alone.
    private static readonly string[] WithCreateKeys = [CreateKeys, "--valid-for", "--data"];
    private static readonly string[] WithListKeys = [ListKeys, "--data"];

    /// <summary>Checks the options against each other.</summary>
    /// <exception cref="HostStartupException">One of them has no effect beside the others, or must not be with them.</exception>
    public static void Check(HostArguments arguments, IReadOnlyCollection<string> given)
    {
        if (arguments.Help)
        {
            return;
        }

        if (arguments.CreateKeys)
        {
            CheckOnly(WithCreateKeys, CreateKeys, given);
        }
        else if (arguments.ListKeys)
        {
            CheckOnly(WithListKeys, ListKeys, given);
        }
        else
        {
            CheckStart(arguments, given);
        }
    }

    /// <summary>Checks the options against the engine.</summary>
    /// <exception cref="HostStartupException">One of them is for the embedded engine, and there is another one.</exception>
    public static void Check(HostArguments arguments, HubOptions own)
    {
        if (own.Engine == HostEngine.Embedded)
        {
            return;
        }

        var beside = $"with the engine {own.Engine}, which keeps nothing in files of this machine";
        if (arguments.Reset || arguments.AcceptMismatch)
        {
            throw NoEffect(arguments.Reset ? "--reset" : "--accept-mismatch", beside);
        }

        if (arguments.StatsFile is not null)
        {
            throw NoEffect("--stats", beside);
        }

        if (arguments.WarmOrchestrators is not null)
        {
            throw NoEffect("--cache", $"with the engine {own.Engine}, which replays each turn from history");
        }

        if (own.MaxWarmOrchestrators is not null)
        {
            throw new HostStartupException(
                $"Setting EmbeddedHost__{nameof(own.MaxWarmOrchestrators)} has no effect with the engine {own.Engine}, which replays each turn "
                + "from history: leave it out.");
        }
    }

    private static void CheckStart(HostArguments arguments, IReadOnlyCollection<string> given)
    {
        if (given.Contains("--valid-for"))
        {
            throw NoEffect("--valid-for", $"without {CreateKeys}");
        }

        if (arguments.Reset && arguments.AcceptMismatch)
        {
            throw NoEffect("--accept-mismatch", "with --reset, which begins with two new databases");
        }

        if (arguments.Demo && (arguments.RequireKeys || arguments.Address is { } address && !IPAddress.IsLoopback(address)))
        {
            throw new HostStartupException(
                "Option --demo makes orders fail on purpose: it is for loopback without keys. Leave it out, or leave out " +
                $"{(arguments.RequireKeys ? "--require-keys" : "--address")}.");
        }
    }

    private static void CheckOnly(string[] allowed, string command, IEnumerable<string> given)
    {
        if (given.Except(allowed, StringComparer.Ordinal).FirstOrDefault() is { } other)
        {
            throw NoEffect(other, $"with {command}");
        }
    }

    private static HostStartupException NoEffect(string option, string beside) =>
        new($"Option {option} has no effect {beside}: leave it out.");
}
