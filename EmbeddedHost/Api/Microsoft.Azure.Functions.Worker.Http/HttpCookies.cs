namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>The cookies that a response sets.</summary>
public abstract class HttpCookies
{
    /// <summary>Sets a cookie that ends with the browser's session.</summary>
    public abstract void Append(string name, string value);

    /// <summary>Sets a cookie.</summary>
    public abstract void Append(IHttpCookie cookie);

    /// <summary>A new cookie, to be filled in and appended.</summary>
    public abstract IHttpCookie CreateNew();
}
