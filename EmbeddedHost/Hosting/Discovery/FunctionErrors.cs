namespace EmbeddedHost.Hosting.Discovery;

/// <summary>What is wrong with an app's functions, told in one go.</summary>
internal static class FunctionErrors
{
    /// <exception cref="HostStartupException">There is an error.</exception>
    public static void ThrowIfAny(IReadOnlyCollection<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new HostStartupException(
                "The app's functions cannot be hosted:" + string.Concat(errors.Select(error => Environment.NewLine + "  " + error)));
        }
    }
}
