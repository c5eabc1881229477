using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>
/// An application builder as the older kind of builder, which the web server wants: what is configured takes effect at once.
/// </summary>
internal sealed class HostBuilderAdapter(IHostApplicationBuilder builder) : IHostBuilder
{
    private readonly HostBuilderContext _context = new(builder.Properties)
    {
        Configuration = builder.Configuration,
        HostingEnvironment = builder.Environment,
    };

    public IDictionary<object, object> Properties => builder.Properties;

    public IHostBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(builder.Configuration);
        return this;
    }

    public IHostBuilder ConfigureAppConfiguration(Action<HostBuilderContext, IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(_context, builder.Configuration);
        return this;
    }

    public IHostBuilder ConfigureServices(Action<HostBuilderContext, IServiceCollection> configureDelegate)
    {
        configureDelegate(_context, builder.Services);
        return this;
    }

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory)
        where TContainerBuilder : notnull
    {
        builder.ConfigureContainer(factory);
        return this;
    }

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(Func<HostBuilderContext, IServiceProviderFactory<TContainerBuilder>> factory)
        where TContainerBuilder : notnull =>
        UseServiceProviderFactory(factory(_context));

    public IHostBuilder ConfigureContainer<TContainerBuilder>(Action<HostBuilderContext, TContainerBuilder> configureDelegate) =>
        throw new NotSupportedException("Only the web server's own registrations come this way.");

    public IHost Build() => throw new NotSupportedException("The application builder builds the host.");
}
