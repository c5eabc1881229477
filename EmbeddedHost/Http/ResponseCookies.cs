using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EmbeddedHost.Http;

/// <summary>The cookies that a response sets.</summary>
internal sealed class ResponseCookies : HttpCookies
{
    private readonly List<string> _values = [];

    public override void Append(string name, string value) => Append(new HttpCookie(name, value));

    public override void Append(IHttpCookie cookie)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        _values.Add(new SetCookieHeaderValue(Uri.EscapeDataString(cookie.Name), Uri.EscapeDataString(cookie.Value))
        {
            Domain = cookie.Domain,
            Expires = cookie.Expires,
            HttpOnly = cookie.HttpOnly == true,
            MaxAge = cookie.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Path = cookie.Path,
            SameSite = cookie.SameSite switch
            {
                SameSite.Lax => Microsoft.Net.Http.Headers.SameSiteMode.Lax,
                SameSite.Strict => Microsoft.Net.Http.Headers.SameSiteMode.Strict,
                SameSite.ExplicitNone => Microsoft.Net.Http.Headers.SameSiteMode.None,
                _ => Microsoft.Net.Http.Headers.SameSiteMode.Unspecified,
            },
            Secure = cookie.Secure == true,
        }.ToString());
    }

    public override IHttpCookie CreateNew() => new HttpCookie("", "");

    /// <summary>Adds the cookies to a response's headers.</summary>
    public void AddTo(IHeaderDictionary headers) =>
        headers.SetCookie = StringValues.Concat(headers.SetCookie, new StringValues([.. _values]));
}
