using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>The app's services as a test asks for them: table clients that are made then find the host's tables.</summary>
internal sealed class AppServices(Func<TestProcess> process) : IServiceProvider
{
    public object? GetService(Type serviceType)
    {
        var current = process();
        using var tables = TableDatabases.Use(current.TableAccount);
        return current.Services.GetService(serviceType);
    }
}
