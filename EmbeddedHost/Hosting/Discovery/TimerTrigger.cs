using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Hosting.Discovery;

/// <summary>
/// What a <c>[TimerTrigger]</c> says. The attribute is read by its name: its package is the app's to take, and the host does
/// without it.
/// </summary>
/// <param name="Schedule">The schedule as it is written, settings (<c>%name%</c>) included.</param>
/// <param name="RunOnStartup">Whether the function also runs at each start of the host.</param>
/// <param name="UseMonitor">Whether what was missed while no host ran is made up for.</param>
internal sealed record TimerTrigger(string Schedule, bool RunOnStartup, bool UseMonitor)
{
    /// <summary>The attribute's name.</summary>
    public const string Attribute = "TimerTriggerAttribute";

    /// <summary>Reads the attribute.</summary>
    public static TimerTrigger Of(TriggerBindingAttribute trigger) =>
        new(Read<string>(trigger, nameof(Schedule)), Read<bool>(trigger, nameof(RunOnStartup)), Read<bool>(trigger, nameof(UseMonitor)));

    private static T Read<T>(TriggerBindingAttribute trigger, string name) =>
        trigger.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.GetValue(trigger) is T value
            ? value
            : throw new HostStartupException(
                $"The package '{trigger.GetType().Assembly.GetName().Name}' has a [TimerTrigger] without a {typeof(T).Name} '{name}', which this host "
                + "looks for: take another version of the package.");
}
