namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The repository that the tests were built from: what is not compiled into them is read there.</summary>
internal static class Repository
{
    /// <summary>The folder of OrderSaga.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside it.</exception>
    public static string Root { get; } = Find();

    /// <summary>A file or folder under <see cref="Root"/>.</summary>
    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OrderSaga.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"The repository is found by the folder of OrderSaga.sln; expected it above '{AppContext.BaseDirectory}', found none.");
    }
}
