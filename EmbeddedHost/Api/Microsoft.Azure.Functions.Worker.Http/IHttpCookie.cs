namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>A cookie (RFC 6265).</summary>
public interface IHttpCookie
{
    /// <summary>The host names it is for.</summary>
    string? Domain { get; }

    /// <summary>When it ends.</summary>
    DateTimeOffset? Expires { get; }

    /// <summary>Whether scripts are kept from it.</summary>
    bool? HttpOnly { get; }

    /// <summary>How long it lasts, in seconds; goes before <see cref="Expires"/>.</summary>
    double? MaxAge { get; }

    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The path it is for.</summary>
    string? Path { get; }

    /// <summary>Whether requests from other sites carry it.</summary>
    SameSite SameSite { get; }

    /// <summary>Whether it travels over HTTPS only.</summary>
    bool? Secure { get; }

    /// <summary>The value.</summary>
    string Value { get; }
}
