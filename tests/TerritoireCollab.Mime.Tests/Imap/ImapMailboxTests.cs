using System.Text;
using TerritoireCollab.Mime.Imap;
using TerritoireCollab.Mime.Smtp;
using TerritoireCollab.Mime.Tests.Smtp;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Imap;

public sealed class ImapMailboxTests
{
    private const string Secret = "mot-de-passe-tres-secret";

    [Fact]
    public async Task Fetch_AboveAUid_GivesTheNewOnesInOrderAndUnmarked()
    {
        await using var sink = new ImapSink();
        await sink.DeliverAsync("Subject: un\n\nUn\n");
        await sink.DeliverAsync("Subject: deux\n\nDeux\n", uid: 8);
        await sink.DeliverAsync("Subject: trois\n\nTrois\n");
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink));

        var all = await FetchAsync(mailbox, 0);
        var newer = await FetchAsync(mailbox, 8);
        var none = await FetchAsync(mailbox, 9);

        Assert.Equal(17u, mailbox.UidValidity);
        Assert.Equal([1u, 8u, 9u], all.Select(m => m.Uid));
        Assert.Equal("Subject: un\r\n\r\nUn\r\n", Encoding.UTF8.GetString(all[0].Raw.Span));
        Assert.Equal((9u, true), newer.Select(m => (m.Uid, m.IsWhole)).Single());
        Assert.Empty(none);
        Assert.All(sink.Mails, mail => Assert.Empty(mail.Flags));
    }

    [Fact]
    public async Task Fetch_LongerThanIsTaken_GivesTheBeginning()
    {
        await using var sink = new ImapSink();
        await sink.DeliverAsync($"Subject: long\n\n{new string('x', 5000)}\n");
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink) with { LargestMail = 1000 });

        var mail = Assert.Single(await FetchAsync(mailbox, 0));

        Assert.Equal((1000, false), (mail.Raw.Length, mail.IsWhole));
        Assert.StartsWith("Subject: long\r\n", Encoding.UTF8.GetString(mail.Raw.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_MarkedMovedAndDeleted_AreSo()
    {
        await using var sink = new ImapSink();
        foreach (var subject in new[] { "un", "deux", "trois" }) await sink.DeliverAsync($"Subject: {subject}\n\nx\n");
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink));

        await mailbox.MarkSeenAsync([1, 2]);
        await mailbox.MoveAsync([2], "Traité/2026");
        await mailbox.DeleteAsync([3]);

        Assert.Equal([(1u, "\\Seen")], sink.Mails.Select(mail => (mail.Uid, string.Join(' ', mail.Flags))));
        var moved = Assert.Single(sink.Folders, folder => folder.Key.EndsWith("2026", StringComparison.Ordinal));
        Assert.Contains("deux", Encoding.UTF8.GetString(Assert.Single(moved.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_AMailArrives_EndsAndTheMailIsThere()
    {
        await using var sink = new ImapSink();
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink));
        Assert.Empty(await FetchAsync(mailbox, 0));

        var waiting = mailbox.WaitAsync();
        await sink.IdlingAsync();
        Assert.False(waiting.IsCompleted);
        await sink.DeliverAsync("Subject: un\n\nUn\n");
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1u, Assert.Single(await FetchAsync(mailbox, 0)).Uid);
        Assert.Contains("DONE", sink.Commands);
    }

    [Fact]
    public async Task Wait_AMailCameBetweenFetchAndIdle_IsNotMissed()
    {
        await using var sink = new ImapSink();
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink));
        Assert.Empty(await FetchAsync(mailbox, 0));
        await sink.DeliverAsync("Subject: un\n\nUn\n");

        await mailbox.WaitAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Single(await FetchAsync(mailbox, 0));
    }

    [Fact]
    public async Task Wait_LongerThanAnIdleLasts_Renewed()
    {
        await using var sink = new ImapSink();
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink) with { Timeouts = new() { Idle = TimeSpan.FromMilliseconds(50) } });

        var waiting = mailbox.WaitAsync();
        await sink.IdlingAsync();
        await sink.IdlingAsync();
        await sink.IdlingAsync();
        await sink.DeliverAsync("Subject: un\n\nUn\n");
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(sink.Commands.Count(command => command == "DONE") >= 2);
        Assert.True(new ImapTimeouts().Idle < TimeSpan.FromMinutes(9));
    }

    [Fact]
    public async Task Wait_Cancelled_EndsByDoneAndTheMailboxStaysUsable()
    {
        await using var sink = new ImapSink();
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink));
        using var cancellation = new CancellationTokenSource();

        var waiting = mailbox.WaitAsync(cancellation.Token);
        await sink.IdlingAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20)));
        await sink.DeliverAsync("Subject: un\n\nUn\n");

        Assert.Contains("DONE", sink.Commands);
        Assert.Single(await FetchAsync(mailbox, 0));
    }

    [Fact]
    public async Task Wait_WithoutIdleOnTheServer_Asks()
    {
        await using var sink = new ImapSink(new() { Capabilities = ["IMAP4rev1", "NAMESPACE", "AUTH=PLAIN", "SASL-IR"] });
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink) with { Timeouts = new() { Poll = TimeSpan.FromMilliseconds(20) } });
        Assert.False(mailbox.CanIdle);
        await sink.DeliverAsync("Subject: un\n\nUn\n");

        await mailbox.WaitAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Contains(sink.Commands, command => command.EndsWith(" NOOP", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("IDLE", ImapPhase.Idle)]
    [InlineData("SELECT", ImapPhase.Select)]
    [InlineData("SEARCH", ImapPhase.Fetch)]
    [InlineData("AUTHENTICATE", ImapPhase.Authentication)]
    public async Task Server_ThatHangsUp_FailsWithThePhase(string command, ImapPhase phase)
    {
        await using var sink = new ImapSink(new() { HangsUpOn = command });

        var fault = await Assert.ThrowsAsync<ImapMailboxException>(() => UseAsync(Options(sink)));

        Assert.Equal((phase, false), (fault.Phase, fault.IsPermanent));
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT", ImapPhase.Select)]
    [InlineData("SEARCH", ImapPhase.Fetch)]
    public async Task Server_ThatKeepsSilent_FailsInTime(string command, ImapPhase phase)
    {
        await using var sink = new ImapSink(new() { Silent = command });

        var fault = await Assert.ThrowsAsync<ImapMailboxException>(() => UseAsync(Options(sink) with { Timeouts = new() { Command = TimeSpan.FromSeconds(2) } }));

        Assert.Equal((phase, false), (fault.Phase, fault.IsPermanent));
        Assert.Contains("did not answer within 2 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_Refused_NeverInTheError()
    {
        await using var sink = new ImapSink(new() { SignInAnswer = $"NO [AUTHENTICATIONFAILED] {Secret} is wrong" });

        var fault = await Assert.ThrowsAsync<ImapMailboxException>(() => ImapMailbox.ConnectAsync(Options(sink)));

        Assert.Equal((ImapPhase.Authentication, true), (fault.Phase, fault.IsPermanent));
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Options(sink).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_OverAClearLine_NotSent()
    {
        await using var sink = new ImapSink();

        var fault = await Assert.ThrowsAsync<ImapMailboxException>(() => ImapMailbox.ConnectAsync(Options(sink) with { AllowClearAuthenticationOnLoopback = false }));

        Assert.Equal((ImapPhase.Authentication, true), (fault.Phase, fault.IsPermanent));
        Assert.DoesNotContain(sink.Commands, command => command.Contains("AUTH", StringComparison.Ordinal) || command.Contains("LOGIN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.StartTls)]
    public async Task Tls_WithATrustedCertificate_Encrypted(SmtpSecurity security)
    {
        using var certificate = SmtpSink.MakeCertificate("imap.exemple.test");
        await using var sink = new ImapSink(new() { Certificate = certificate, TlsFromTheStart = security == SmtpSecurity.Tls, Capabilities = ["IMAP4rev1", "STARTTLS", "AUTH=PLAIN", "SASL-IR", "NAMESPACE"] });
        await sink.DeliverAsync("Subject: un\n\nUn\n");
        await using var mailbox = await ImapMailbox.ConnectAsync(Options(sink) with { Security = security, TrustedCertificate = certificate, AllowClearAuthenticationOnLoopback = false });

        Assert.True(mailbox.IsEncrypted);
        Assert.Single(await FetchAsync(mailbox, 0));
    }

    [Theory]
    [InlineData(SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.StartTls)]
    public async Task Tls_WithAnUnknownCertificate_RefusedBeforeThePassword(SmtpSecurity security)
    {
        using var certificate = SmtpSink.MakeCertificate("imap.exemple.test");
        using var other = SmtpSink.MakeCertificate("imap.exemple.test");
        await using var sink = new ImapSink(new() { Certificate = certificate, TlsFromTheStart = security == SmtpSecurity.Tls, Capabilities = ["IMAP4rev1", "STARTTLS", "AUTH=PLAIN"] });

        var fault = await Assert.ThrowsAsync<ImapMailboxException>(() => ImapMailbox.ConnectAsync(Options(sink) with { Security = security, TrustedCertificate = other }));

        Assert.Equal((ImapPhase.Connect, true), (fault.Phase, fault.IsPermanent));
        Assert.StartsWith("The certificate of localhost is not trusted", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sink.Commands, command => command.Contains("AUTHENTICATE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartTls_NotOffered_NeverInClear()
    {
        await using var sink = new ImapSink();

        var fault = await Assert.ThrowsAsync<ImapMailboxException>(() => ImapMailbox.ConnectAsync(Options(sink) with { Security = SmtpSecurity.StartTls }));

        Assert.Equal((ImapPhase.Connect, true), (fault.Phase, fault.IsPermanent));
        Assert.DoesNotContain(sink.Commands, command => command.Contains("AUTH", StringComparison.Ordinal));
    }

    private static async Task UseAsync(ImapOptions options)
    {
        await using var mailbox = await ImapMailbox.ConnectAsync(options);
        await FetchAsync(mailbox, 0);
        await mailbox.WaitAsync();
    }

    private static ImapOptions Options(ImapSink sink) => new()
    {
        Host = "localhost",
        Port = sink.Port,
        Security = SmtpSecurity.None,
        User = "reponse@exemple.test",
        Password = Secret,
        AllowClearAuthenticationOnLoopback = true,
    };

    private static async Task<List<ImapMessage>> FetchAsync(ImapMailbox mailbox, uint lastUid)
    {
        var messages = new List<ImapMessage>();
        await foreach (var message in mailbox.FetchAboveAsync(lastUid)) messages.Add(message);
        return messages;
    }
}
