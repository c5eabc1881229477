using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Reading;

namespace OrderSagaFunctions;

/// <summary>Registers the app's settings.</summary>
internal static class SettingsServices
{
    /// <summary>
    /// Reads a section at the start: a setting in it that the options do not have, or whose value is not what it has to be,
    /// stops the start, and so does what the validator finds wrong with all of them together.
    /// </summary>
    public static void AddSettings<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) =>
            {
                if (SettingsReader.Read(configuration.GetSection(section), options) is { Count: > 0 } errors)
                {
                    throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), errors);
                }
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}
