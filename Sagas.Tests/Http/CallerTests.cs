using System.Security.Claims;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Moq;
using Sagas.Http;

namespace Sagas.Tests.Http;

public sealed class CallerTests
{
    private static readonly Claim[] Name = [new(ClaimTypes.Name, "ada@example.org")];
    private static readonly ClaimsIdentity Key = new([new Claim("http://schemas.microsoft.com/2017/07/functions/claims/authlevel", "Admin")], "key");

    [Fact]
    public void NameOf_AuthenticatedPersonBesideAKey_IsThePersons() =>
        Assert.Equal("ada@example.org", Caller.NameOf(RequestOf(Key, new ClaimsIdentity(Name, "aad"))));

    [Fact]
    public void NameOf_KeyAlone_IsNobodys() => Assert.Null(Caller.NameOf(RequestOf(Key)));

    [Fact]
    public void NameOf_NotAuthenticated_IsNobodys() => Assert.Null(Caller.NameOf(RequestOf(new ClaimsIdentity(Name))));

    private static HttpRequestData RequestOf(params ClaimsIdentity[] identities)
    {
        var request = new Mock<HttpRequestData>(Mock.Of<FunctionContext>());
        request.SetupGet(r => r.Identities).Returns(identities);
        return request.Object;
    }
}
