using System.Reflection;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>
/// The assemblies that an app's functions are in: the app's own, and each library that it uses and that is built on the Functions
/// worker. The Functions SDK looks in the same ones.
/// </summary>
internal static class FunctionAssemblies
{
    private const string Worker = "Microsoft.Azure.Functions.Worker";

    /// <summary>The types of an app's function assemblies.</summary>
    public static IReadOnlyList<Type> TypesOf(Assembly app) => [.. Find(app).SelectMany(static assembly => assembly.GetTypes())];

    private static HashSet<Assembly> Find(Assembly app)
    {
        var found = new HashSet<Assembly> { app };
        var open = new Queue<Assembly>(found);
        while (open.TryDequeue(out var assembly))
        {
            foreach (var reference in assembly.GetReferencedAssemblies().Where(static reference => MayHaveFunctions(reference.Name!)))
            {
                if (Load(reference) is { } library && UsesWorker(library) && found.Add(library))
                {
                    open.Enqueue(library);
                }
            }
        }

        return found;
    }

    private static bool MayHaveFunctions(string name) =>
        name != typeof(FunctionAssemblies).Assembly.GetName().Name
        && !name.StartsWith("System.", StringComparison.Ordinal)
        && !name.StartsWith("Microsoft.", StringComparison.Ordinal)
        && !name.StartsWith("Azure.", StringComparison.Ordinal);

    private static bool UsesWorker(Assembly library) =>
        library.GetReferencedAssemblies().Any(static reference => reference.Name!.StartsWith(Worker, StringComparison.Ordinal));

    // What an app refers to need not be there as long as nothing calls it.
    private static Assembly? Load(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
