using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Certificates: believed only when they are right.</summary>
public sealed class TlsTests : IDisposable
{
    // Alert, fatal, protocol_version (RFC 5246, 7.2).
    private static readonly byte[] ProtocolVersionAlert = [21, 3, 2, 0, 2, 2, 70];

    // The extension of the versions (RFC 8446, 4.2.1): 43, its length, the length of the list, then 1.3 and 1.2.
    private static readonly byte[] NewVersionsAlone = [0, 43, 0, 5, 4, 3, 4, 3, 3];

    private readonly X509Certificate2 _authority = Certificates.Authority("Autorité d’essai");

    [Fact]
    public async Task Certificate_OfABelievedAuthority_Asked() => Assert.Equal(FetchOutcome.Ok, await AskAsync(Signed("public.test", 1), _authority));

    [Fact]
    public async Task Certificate_Expired_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Signed("public.test", -1), _authority));

    [Fact]
    public async Task Certificate_OfAnotherName_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Signed("autre.test", 1), _authority));

    [Fact]
    public async Task Certificate_OfAnUnknownAuthority_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Signed("public.test", 1), null));

    [Fact]
    public async Task Certificate_SelfSigned_TlsFailure() => Assert.Equal(FetchOutcome.TlsFailure, await AskAsync(Certificates.Authority("public.test"), _authority));

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

    // It says what it would speak; a server that knows nothing newer than TLS 1.1 answers with an alert, and that is all.
    [Fact]
    public async Task Protocol_TooOld_NotOfferedAndTlsFailure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new OutgoingClient(new() { AllowPrivateNetworks = true }, new SystemNetwork(), TimeProvider.System);

        var fetch = client.FetchAsync(new(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")), TestContext.Current.CancellationToken);
        using var peer = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var (stream, hello) = (peer.GetStream(), new byte[8192]);
        var length = await stream.ReadAsync(hello, TestContext.Current.CancellationToken);
        await stream.WriteAsync(ProtocolVersionAlert, TestContext.Current.CancellationToken);

        Assert.Equal(FetchOutcome.TlsFailure, (await fetch).Outcome);
        Assert.True(hello.AsSpan(0, length).IndexOf(NewVersionsAlone) > 0, Convert.ToHexString(hello, 0, length));
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
        return Certificates.Usable(certificate.CopyWithPrivateKey(key));
    }
}
