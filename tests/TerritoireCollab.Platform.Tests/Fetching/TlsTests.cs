using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Certificates: believed only when they are right.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _authority = Authority("Autorité d’essai");

    [Fact]
    public async Task Certificate_OfABelievedAuthority_Asked() => Assert.Equal(FetchOutcome.Ok, await AskAsync(Signed("public.test", 1), _authority));

    [Fact]
    public async Task Certificate_Expired_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Signed("public.test", -1), _authority));

    [Fact]
    public async Task Certificate_OfAnotherName_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Signed("autre.test", 1), _authority));

    [Fact]
    public async Task Certificate_OfAnUnknownAuthority_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Signed("public.test", 1), null));

    [Fact]
    public async Task Certificate_SelfSigned_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Authority("public.test"), _authority));

    [Fact]
    public async Task Server_ThatNeverShakesHands_TimedOut()
    {
        await using var scene = new FetchScene(e => e.WriteAsync("200 OK", []));
        await using var plain = new RawServer(_ => Task.CompletedTask);
        scene.Net.Name("clair.test", plain);

        // It waits for a line end that never comes, so it is the handshake that the clock ends.
        var fetch = scene.FetchAsync("https://clair.test/");
        while (plain.Accepted == 0) await Task.Yield();
        scene.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(FetchOutcome.TimedOut, (await fetch).Outcome);
    }

    [Fact]
    public async Task Redirect_FromTlsToNone_Refused()
    {
        await using var net = new LittleInternet();
        await using var secured = new RawServer(e => e.WriteAsync("301 Moved\nLocation: http://clair.test/", []), Signed("public.test", 1));
        await using var plain = RawServer.Saying("200 OK");
        net.Name("public.test", secured);
        net.Name("clair.test", plain);

        Assert.Equal(FetchOutcome.RefusedAddress, await AskAsync(net, _authority));
        Assert.Equal((1, 0), (secured.Accepted, plain.Accepted));
    }

    // Whoever shows a certificate may not make us ask the address that it names.
    [Fact]
    public async Task Certificate_ThatNamesWhereToFetchItsIssuer_NothingIsFetched()
    {
        await using var lure = RawServer.Saying("200 OK");
        var leaf = Signed("public.test", 1, new X509AuthorityInformationAccessExtension([$"http://127.0.0.1:{lure.Port}/ocsp"], [$"http://127.0.0.1:{lure.Port}/ca.crt"]));

        Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(leaf, null));
        Assert.Equal(0, lure.Accepted);
    }

    public void Dispose() => _authority.Dispose();

    private static async Task<FetchOutcome> AskAsync(X509Certificate2 certificate, X509Certificate2? authority)
    {
        await using var net = new LittleInternet();
        await using var server = new RawServer(e => e.WriteAsync("200 OK", []), certificate);
        net.Name("public.test", server);
        return await AskAsync(net, authority);
    }

    private static async Task<FetchOutcome> AskAsync(LittleInternet net, X509Certificate2? authority)
    {
        using var client = new OutgoingClient(new() { Authorities = authority is null ? null : [authority] }, net, TimeProvider.System);
        return (await client.FetchAsync(new(new Uri("https://public.test/")), TestContext.Current.CancellationToken)).Outcome;
    }

    private X509Certificate2 Signed(string name, int yearsLeft, X509Extension? extension = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        if (extension is not null) request.CertificateExtensions.Add(extension);
        var end = yearsLeft > 0 ? _authority.NotAfter.AddDays(-1) : _authority.NotBefore.AddDays(2);
        using var certificate = request.Create(_authority, _authority.NotBefore.AddDays(1), end, RandomNumberGenerator.GetBytes(8));
        return Usable(certificate.CopyWithPrivateKey(key));
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("public.test");
        request.CertificateExtensions.Add(names.Build());
        return Usable(request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddYears(-2), TimeProvider.System.GetUtcNow().AddYears(2)));
    }

    private static X509Certificate2 Usable(X509Certificate2 certificate) => X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
