using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>Keys of the configuration that mails obey.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Mail_OfAnInstallationWithItsOwnKeys_ObeysThem()
    {
        var mail = await MailAsync(
            ("Territoire:BaseUrl", "https://espace.drome.invalid"), ("Territoire:TimeZone", "America/Cayenne"),
            ("Territoire:Mail:From", "bonjour@drome.invalid"), ("Territoire:Mail:ReplyDomain", "courriel.drome.invalid"));

        Assert.Matches("<bonjour@drome\\.invalid>$", mail.Field("From"));
        Assert.Matches("^<fil\\.[^@]+@courriel\\.drome\\.invalid>$", mail.Field("Message-ID"));
        Assert.Contains(".courriel.drome.invalid>", mail.Field("List-Id"), StringComparison.Ordinal);
        // Nine o’clock in Greenwich is six in Cayenne.
        Assert.EndsWith("23 Nov 2026 06:00:00 -0300", mail.Field("Date"), StringComparison.Ordinal);
        Assert.All(mail.HtmlLinks, l => Assert.StartsWith("https://espace.drome.invalid/", l, StringComparison.Ordinal));
        Assert.StartsWith("<https://espace.drome.invalid/desabonnement/", mail.Field("List-Unsubscribe"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_OfASenderWithoutReplyDomain_TakesTheSendersDomain()
    {
        var mail = await MailAsync(("Territoire:Mail:From", "bonjour@drome.invalid"));

        Assert.Matches("@drome\\.invalid>$", mail.Field("Message-ID"));
        Assert.EndsWith("10:00:00 +0100", mail.Field("Date"), StringComparison.Ordinal);
    }

    private static async Task<ReceivedMail> MailAsync(params (string, string)[] settings)
    {
        await using var instance = await Instance.StartAsync(manualClock: true, settings: settings);
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, members: member);
        await scene.TopicAsync(group, owner, "Un fil");
        await instance.SettleAsync();
        return Assert.Single(ReceivedMail.AllOf(instance));
    }
}
