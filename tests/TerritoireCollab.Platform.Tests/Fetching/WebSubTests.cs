using System.Text;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>The subscriber's side of WebSub.</summary>
public sealed class WebSubTests
{
    private static readonly Uri Topic = new("https://site.test/flux?a=1&b=2");
    private static readonly Uri Callback = new("https://espace.test/veille/hub/abc");

    [Fact]
    public void Subscription_ToAHub_SentAsAForm()
    {
        var request = WebSub.Subscribe(new("https://hub.test/"), Callback, Topic, "secret&=é");

        Assert.Equal(("https://hub.test/", "POST", "application/x-www-form-urlencoded"), (request.Address.AbsoluteUri, request.Method.Method, request.ContentType));
        Assert.Equal(
            "hub.mode=subscribe&hub.callback=https%3A%2F%2Fespace.test%2Fveille%2Fhub%2Fabc&hub.topic=https%3A%2F%2Fsite.test%2Fflux%3Fa%3D1%26b%3D2&hub.lease_seconds=864000&hub.secret=secret%26%3D%C3%A9",
            Encoding.ASCII.GetString(request.Content!.Value.Span));
    }

    [Fact]
    public void Farewell_ToAHub_TellsNoSecret()
    {
        var form = Encoding.ASCII.GetString(WebSub.Unsubscribe(new("https://hub.test/"), Callback, Topic).Content!.Value.Span);

        Assert.StartsWith("hub.mode=unsubscribe&hub.callback=", form, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", form, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://hub.test/", false, true)]
    [InlineData("http://hub.test/", true, false)]
    [InlineData("http://127.0.0.1:5000/", false, false)]
    [InlineData("http://127.0.0.1:5000/", true, true)]
    [InlineData("ftp://hub.test/", true, false)]
    public void Hub_WithoutTls_GetsNoSecret(string hub, bool allowPrivate, bool usable) => Assert.Equal(usable, WebSub.IsUsable(new(hub), allowPrivate));

    [Theory]
    [InlineData("subscribe", "https://site.test/flux?a=1&b=2", true, "defi")]
    [InlineData("unsubscribe", "https://site.test/flux?a=1&b=2", false, "defi")]
    [InlineData("subscribe", "https://site.test/flux?a=1&b=2", false, null)]
    [InlineData("unsubscribe", "https://site.test/flux?a=1&b=2", true, null)]
    [InlineData("subscribe", "https://site.test/autre", true, null)]
    [InlineData("denied", "https://site.test/flux?a=1&b=2", true, null)]
    public void Question_OfAHub_AnsweredWhenItIsOurWish(string mode, string topic, bool wantsIt, string? answer)
    {
        var question = Ask(mode, topic, "defi", "600");

        Assert.NotNull(question);
        Assert.Equal(answer, WebSub.Answer(question, Topic, wantsIt));
    }

    [Theory]
    [InlineData("publish", "https://site.test/", "defi")]
    [InlineData(null, "https://site.test/", "defi")]
    [InlineData("subscribe", null, "defi")]
    [InlineData("subscribe", "https://site.test/", null)]
    [InlineData("subscribe", "https://site.test/", "")]
    public void Question_OfNoHub_None(string? mode, string? topic, string? challenge) => Assert.Null(Ask(mode, topic, challenge, null));

    [Fact]
    public void Challenge_OfAPage_NotRepeated() => Assert.Null(Ask("subscribe", "https://site.test/", new string('a', WebSub.MaxChallenge + 1), null));

    [Theory]
    [InlineData("86400", 21.6)]
    [InlineData("0", 0.9)]
    [InlineData("99999999999999", 90 * 24 * 0.9)]
    [InlineData("bientôt", 10 * 24 * 0.9)]
    [InlineData(null, 10 * 24 * 0.9)]
    public void Lease_OfWhateverLength_RenewedBeforeItsEnd(string? lease, double hours)
    {
        var now = new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

        Assert.Equal(hours, (WebSub.RenewAt(now, Ask("subscribe", "https://site.test/", "defi", lease)!.Lease) - now).TotalHours, 0.001);
    }

    // Known answers: RFC 2202, case 2, and RFC 4231, test case 2.
    [Theory]
    [InlineData("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("SHA256=5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843")]
    [InlineData("sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649")]
    [InlineData("sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")]
    public void Signature_OfTheHub_Believed(string header)
    {
        Assert.True(WebSub.IsSigned(header, "Jefe", "what do ya want for nothing?"u8));
        Assert.False(WebSub.IsSigned(header, "jefe", "what do ya want for nothing?"u8));
        Assert.False(WebSub.IsSigned(header, "Jefe", "what do ya want for nothing!"u8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz")]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec38")]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843ff")]
    [InlineData("sha1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("md5=750c783e6ab0b503eaa86e310a5db738")]
    [InlineData("none=")]
    public void Signature_OfNoUse_NotBelieved(string? header) => Assert.False(WebSub.IsSigned(header, "Jefe", "what do ya want for nothing?"u8));

    [Fact]
    public void Signature_OfOurs_Believed()
    {
        var secret = WebSub.NewSecret();

        Assert.All((string[])["sha1", "sha256", "sha384", "sha512"], m => Assert.True(WebSub.IsSigned(WebSub.Sign(m, secret, "é"u8), secret, "é"u8)));
        Assert.NotEqual(secret, WebSub.NewSecret());
        Assert.InRange(secret.Length, 32, 199);
    }

    private static HubQuestion? Ask(string? mode, string? topic, string? challenge, string? lease) => WebSub.Read(name => name switch
    {
        "hub.mode" => mode,
        "hub.topic" => topic,
        "hub.challenge" => challenge,
        "hub.lease_seconds" => lease,
        _ => null,
    });
}
