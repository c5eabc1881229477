using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reading;

namespace Sagas;

/// <summary>Registers settings.</summary>
public static class SettingsServices
{
    /// <summary>
    /// Reads a section at the start: a setting in it that the options do not have, or whose value is not what it has to be,
    /// stops the start, and so does what the validator finds wrong with all of them together.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="section">The section's name.</param>
    /// <remarks>Several options may share a section (<see cref="SharedSection"/>).</remarks>
    public static void AddSettings<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>()
            .Configure<IConfiguration, IEnumerable<SharedSection>>((options, configuration, shared) =>
            {
                var (settings, guests) = (configuration.GetSection(section), shared.Where(guest => guest.Section == section).ToList());
                // The section's owner says what is no setting; a guest reads its own.
                var others = guests.Exists(static guest => guest.Options == typeof(TOptions))
                    ? settings.GetChildren().Select(static child => child.Key)
                    : guests.SelectMany(static guest => guest.Names);
                if (SettingsReader.Read(settings, options, [.. others]) is { Count: > 0 } errors)
                {
                    throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), errors);
                }
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}

/// <summary>Says that a section of other options has settings of these, too.</summary>
/// <param name="Section">The section's name.</param>
/// <param name="Options">The options that are guests there.</param>
public sealed record SharedSection(string Section, Type Options)
{
    /// <summary>The names of the settings that these options read.</summary>
    internal IEnumerable<string> Names => Options.GetProperties().Where(static property => property.CanWrite).Select(static property => property.Name);
}
