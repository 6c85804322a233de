using System.Security.Cryptography.X509Certificates;
using System.Text;
using TerritoireCollab.Mime.Smtp;
using TerritoireCollab.Mime.Tests.Writing;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Smtp;

public sealed class SmtpSecurityTests
{
    private const string Password = "mot de passe très secret";

    private static readonly Mailbox Member = new("membre@exemple.test");
    private static readonly byte[] Message = MimeWriter.ToBytes(SampleMail.Create());
    private static readonly string[] TlsExtensions = ["STARTTLS", "AUTH PLAIN LOGIN"];

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task Connect_SelfSignedCertificate_IsRefusedByDefault(SmtpSecurity security)
    {
        using var certificate = SmtpSink.MakeCertificate();
        await using var sink = TlsSink(security, certificate);

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(() => SmtpSession.ConnectAsync(Options(sink, security)));

        Assert.Equal((SmtpPhase.Tls, true), (fault.Phase, fault.IsPermanent));
        Assert.Contains("not trusted", fault.Message, StringComparison.Ordinal);
        AssertNothingSecret(sink, fault);
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task Connect_TrustedCertificate_AuthenticatesAndSends(SmtpSecurity security)
    {
        using var certificate = SmtpSink.MakeCertificate();
        await using var sink = TlsSink(security, certificate);

        await using var session = await SmtpSession.ConnectAsync(Options(sink, security) with { TrustedCertificate = certificate });
        var outcome = await session.SendAsync(null, Member, Message);

        Assert.True(session.IsEncrypted);
        Assert.IsType<SmtpOutcome.Accepted>(outcome);
        Assert.Contains($"AUTH PLAIN {Base64($"\0espace\0{Password}")}", sink.Commands);
        Assert.Equal(Message, Assert.Single(sink.Messages).Content);
    }

    [Fact]
    public async Task Connect_AnotherCertificateThanTheTrustedOne_IsRefused()
    {
        using var certificate = SmtpSink.MakeCertificate();
        using var other = SmtpSink.MakeCertificate();
        await using var sink = TlsSink(SmtpSecurity.StartTls, certificate);

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(
            () => SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.StartTls) with { TrustedCertificate = other }));

        Assert.Equal(SmtpPhase.Tls, fault.Phase);
        AssertNothingSecret(sink, fault);
    }

    [Fact]
    public async Task Connect_StartTlsWithdrawn_SendsNothingInClear()
    {
        await using var sink = new SmtpSink(new SinkScript { Extensions = ["AUTH PLAIN LOGIN"] });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(() => SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.StartTls)));

        Assert.Equal((SmtpPhase.Tls, true), (fault.Phase, fault.IsPermanent));
        Assert.Equal(["EHLO [127.0.0.1]"], sink.Commands);
    }

    [Fact]
    public async Task Connect_StartTlsRefused_IsTemporaryOn454()
    {
        await using var sink = new SmtpSink(new SinkScript { Extensions = TlsExtensions, Answer = line => line == "STARTTLS" ? "454 4.7.0 not now" : null });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(() => SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.StartTls)));

        Assert.Equal((SmtpPhase.Tls, false, 454), (fault.Phase, fault.IsPermanent, fault.Reply?.Code));
        AssertNothingSecret(sink, fault);
    }

    [Fact]
    public async Task Connect_WordsBetweenStartTlsAndHandshake_AreRefused()
    {
        using var certificate = SmtpSink.MakeCertificate();
        await using var sink = new SmtpSink(new SinkScript { Extensions = TlsExtensions, Certificate = certificate, AfterStartTls = "250 AUTH PLAIN" });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(
            () => SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.StartTls) with { TrustedCertificate = certificate }));

        Assert.Contains("between STARTTLS and the TLS handshake", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_OnlyLoginOffered_UsesLogin()
    {
        using var certificate = SmtpSink.MakeCertificate();
        await using var sink = new SmtpSink(new SinkScript
        {
            Extensions = ["STARTTLS", "AUTH=LOGIN"],
            Certificate = certificate,
            Answer = line => line == Base64("espace") ? "334 UGFzc3dvcmQ6" : line == Base64(Password) ? "235 ok" : null,
        });

        await using var session = await SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.StartTls) with { TrustedCertificate = certificate });

        Assert.True(session.IsUsable);
        Assert.Equal(["AUTH LOGIN", Base64("espace"), Base64(Password)], sink.Commands.Skip(3));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Connect_LoginRefusedByAServerThatRepeatsIt_ShowsNoPassword(string mechanism)
    {
        await using var sink = new SmtpSink(new SinkScript
        {
            Extensions = [$"AUTH {mechanism}"],
            Answer = line => line.StartsWith("AUTH PLAIN", StringComparison.Ordinal) || line == Base64(Password)
                ? $"535 5.7.8 bad: {line} {Password}"
                : line == Base64("espace") ? "334 UGFzc3dvcmQ6" : null,
        });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(
            () => SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.None) with { AllowClearAuthenticationOnLoopback = true }));

        Assert.Equal((SmtpPhase.Authentication, true, 535), (fault.Phase, fault.IsPermanent, fault.Reply?.Code));
        Assert.Equal("5.7.8", fault.Reply!.EnhancedStatus);
        AssertNoSecretIn(fault.ToString());
        AssertNoSecretIn(fault.Reply.ToString());
    }

    [Fact]
    public async Task Connect_AuthenticationWithoutTls_IsRefusedBeforeThePassword()
    {
        await using var sink = new SmtpSink();

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(() => SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.None)));

        Assert.Equal((SmtpPhase.Authentication, true), (fault.Phase, fault.IsPermanent));
        Assert.Equal(["EHLO [127.0.0.1]"], sink.Commands);
    }

    [Fact]
    public async Task Connect_NoMechanismOffered_Fails()
    {
        await using var sink = new SmtpSink(new SinkScript { Extensions = ["AUTH GSSAPI CRAM-MD5"] });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(
            () => SmtpSession.ConnectAsync(Options(sink, SmtpSecurity.None) with { AllowClearAuthenticationOnLoopback = true }));

        Assert.Equal((SmtpPhase.Authentication, true), (fault.Phase, fault.IsPermanent));
    }

    [Fact]
    public async Task Connect_LongPassword_IsSentOnALineOfItsOwn()
    {
        var password = new string('p', 600);
        var response = Base64($"\0espace\0{password}");
        await using var sink = new SmtpSink(new SinkScript { Answer = line => line == "AUTH PLAIN" ? "334 " : line == response ? "235 ok" : null });

        await using var session = await SmtpSession.ConnectAsync(
            Options(sink, SmtpSecurity.None) with { Password = password, AllowClearAuthenticationOnLoopback = true });

        Assert.Equal(["EHLO [127.0.0.1]", "AUTH PLAIN", response], sink.Commands);
    }

    [Fact]
    public void Options_ToString_ShowsNoPassword()
    {
        var text = new SmtpOptions { Host = "mail.exemple.test", Port = 587, User = "espace", Password = Password }.ToString();

        Assert.Equal("mail.exemple.test:587 (StartTls, user espace)", text);
    }

    private static SmtpSink TlsSink(SmtpSecurity security, X509Certificate2 certificate) => new(new SinkScript
    {
        Extensions = security == SmtpSecurity.Tls ? ["AUTH PLAIN LOGIN", "PIPELINING"] : TlsExtensions,
        Certificate = certificate,
        TlsFromTheStart = security == SmtpSecurity.Tls,
    });

    private static SmtpOptions Options(SmtpSink sink, SmtpSecurity security) =>
        new() { Host = "127.0.0.1", Port = sink.Port, Security = security, User = "espace", Password = Password };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void AssertNothingSecret(SmtpSink sink, Exception fault)
    {
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
        AssertNoSecretIn(fault.ToString());
    }

    private static void AssertNoSecretIn(string text)
    {
        Assert.DoesNotContain(Password, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Base64(Password), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Base64($"\0espace\0{Password}"), text, StringComparison.Ordinal);
    }
}
