using System.Globalization;
using System.Text;
using TerritoireCollab.Mime.Imap;
using TerritoireCollab.Mime.Smtp;
using TerritoireCollab.Mime.Tests.Writing;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Imap;

/// <summary>
/// The same against a server written by others, where TERRITOIRE_TEST_MAILHOST names one: host, SMTP port, IMAP port, account
/// and password, separated by blanks. The account's mails are moved to a folder of its own.
/// </summary>
public sealed class RealServerTests
{
    [Fact]
    public async Task Mail_SentWhileItWaits_IsToldFetchedMovedAndDeleted()
    {
        var named = Environment.GetEnvironmentVariable("TERRITOIRE_TEST_MAILHOST")?.Split(' ') ?? [];
        if (named.Length != 5) Assert.Skip("skipped: not here");

        var (host, smtp, user) = (named[0], Port(named[1]), named[3]);
        var options = new ImapOptions { Host = host, Port = Port(named[2]), Security = SmtpSecurity.None, User = user, Password = named[4], AllowClearAuthenticationOnLoopback = true };
        await using var mailbox = await ImapMailbox.ConnectAsync(options);
        var last = (await FetchAsync(mailbox, 0)).LastOrDefault()?.Uid ?? 0;
        Assert.True(mailbox.CanIdle);

        var waiting = mailbox.WaitAsync();
        var sent = MimeWriter.ToBytes(SampleMail.Create("Réunion", "Déjà.\r\n.\r\n", "<p>Déjà</p>"));
        await using (var session = await SmtpSession.ConnectAsync(new SmtpOptions { Host = host, Port = smtp, Security = SmtpSecurity.None }))
        {
            Assert.IsType<SmtpOutcome.Accepted>(await session.SendAsync(new Mailbox("espace@exemple.test"), new Mailbox(user), sent));
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        var mail = Assert.Single(await FetchAsync(mailbox, last));
        Assert.Contains(Encoding.UTF8.GetString(sent), Encoding.UTF8.GetString(mail.Raw.Span), StringComparison.Ordinal);

        await mailbox.MarkSeenAsync([mail.Uid]);
        await mailbox.MoveAsync([mail.Uid], "Essai/Lus");
        Assert.Empty(await FetchAsync(mailbox, last));

        await using var moved = await ImapMailbox.ConnectAsync(options with { Mailbox = "Essai/Lus" });
        var kept = (await FetchAsync(moved, 0))[^1];
        Assert.Equal(mail.Raw.ToArray(), kept.Raw.ToArray());
        await moved.DeleteAsync([kept.Uid]);
        Assert.DoesNotContain(await FetchAsync(moved, 0), one => one.Uid == kept.Uid);
    }

    private static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<List<ImapMessage>> FetchAsync(ImapMailbox mailbox, uint lastUid)
    {
        var messages = new List<ImapMessage>();
        await foreach (var message in mailbox.FetchAboveAsync(lastUid)) messages.Add(message);
        return messages;
    }
}
