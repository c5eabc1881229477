namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>When a browser sends a cookie along with a request from another site.</summary>
public enum SameSite
{
    /// <summary>The cookie says nothing about it.</summary>
    None = 0,

    /// <summary>With top-level navigation only.</summary>
    Lax = 1,

    /// <summary>Never.</summary>
    Strict = 2,

    /// <summary>Always, said explicitly.</summary>
    ExplicitNone = 3,
}
