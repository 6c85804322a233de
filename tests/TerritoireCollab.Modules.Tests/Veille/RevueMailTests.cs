using System.Net;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>M10: the revue by mail, to the members of the veille as each chose, and to those who have no account. Its text and its HTML hold the same items and the same links, which are those of the feed.</summary>
public sealed class RevueMailTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const string Email = "lectrice@essai.invalid";

    [Fact]
    public async Task M10Revue_Published_SameItemsInTextAndHtmlAndFeedForMembersAndReaders()
    {
        var owner = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.VeilleAsync(owner);
        await stage.Scene.ServeTerritoryAsync(group);
        var people = new Dictionary<MailLevel, Member>();
        foreach (var level in Enum.GetValues<MailLevel>())
        {
            people[level] = await stage.Scene.MemberAsync($"Niveau {level}");
            await stage.Scene.JoinAsync(group, people[level], level: level);
        }

        await SubscribeAsync();
        await stage.Scene.PlaceAsync(group, owner, new("Le guichet du numérique ouvre à Die") { Address = "https://ailleurs.invalid/guichet", Rubric = "Services publics", Line = "À lire avant la réunion." });
        await stage.Scene.PlaceAsync(group, owner, new("L’été des cartes « ouvertes »") { Address = "https://ailleurs.invalid/cartes", Rubric = "Données", Chosen = "Trois communes publient : 1 234 cartes." });
        await stage.Scene.PublishAsync(group, owner, "La fibre arrive", "Bonjour à **toutes** et à tous.", Audience.Public);
        await stage.Instance.WorkAsync();

        string[] items = ["Le guichet du numérique ouvre à Die", "L’été des cartes « ouvertes »", "À lire avant la réunion.", "Trois communes publient : 1 234 cartes."];
        string[] links = ["https://ailleurs.invalid/cartes", "https://ailleurs.invalid/guichet"];
        var feed = await stage.Instance.Browser().GetStringAsync("/veille/revues.rss");
        foreach (var mail in (ReceivedMail[])[To(Email), To(people[MailLevel.Everything].Email!), To(people[MailLevel.NewThreads].Email!)])
        {
            Assert.All(items, i => Assert.Contains(i, InboxStage.Plain(mail.Text), StringComparison.Ordinal));
            Assert.All(items, i => Assert.Contains(i, InboxStage.Plain(mail.Document.Body!.TextContent), StringComparison.Ordinal));
            Assert.Equal(mail.TextLetters, mail.HtmlLetters);
            Assert.Equal(mail.HtmlLinks.Order(StringComparer.Ordinal), mail.TextLinks.Order(StringComparer.Ordinal));
            Assert.Equal(links, mail.HtmlLinks.Where(l => l.StartsWith("https://ailleurs.invalid/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }

        Assert.All(links, l => Assert.Contains(l, feed, StringComparison.Ordinal));
        Assert.Empty(stage.MailsTo(people[MailLevel.Nothing]));
        Assert.Empty(stage.MailsTo(people[MailLevel.DailyDigest]));
        Assert.Empty(stage.MailsTo(people[MailLevel.WeeklyDigest]));

        // Those who get summaries find it there, once each.
        for (var day = 0; day < 8; day++)
        {
            stage.Instance.Clock.Advance(TimeSpan.FromDays(1));
            await stage.Instance.WorkAsync();
        }

        foreach (var level in (MailLevel[])[MailLevel.DailyDigest, MailLevel.WeeklyDigest]) Assert.Single(stage.MailsTo(people[level]), m => m.Text.Contains("La fibre arrive", StringComparison.Ordinal));
        Assert.Empty(stage.MailsTo(people[MailLevel.Nothing]));
        await LeaveAsync(To(Email));
    }

    // One click of a mail program: at once, without cookie, without redirect; and again.
    private async Task LeaveAsync(ReceivedMail mail)
    {
        var link = new Uri(mail.Field("List-Unsubscribe").Split('>')[0].TrimStart('<')).PathAndQuery;
        using var provider = stage.Instance.Browser();
        for (var i = 0; i < 10; i++) (await provider.GetAsync(link)).Dispose();
        Assert.Contains("button", (await new Visitor(provider).OpenAsync(link)).Document.QuerySelector("main form")!.InnerHtml, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            using var left = await provider.PostAsync(link, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
            Assert.Equal(HttpStatusCode.OK, left.StatusCode);
            Assert.Null(left.Headers.Location);
        }

        Assert.Null((await new Visitor(provider).OpenAsync(link)).Document.QuerySelector("main form"));
    }

    private async Task SubscribeAsync()
    {
        var visitor = new Visitor(stage.Instance.Browser());
        await visitor.SendAsync(await visitor.OpenAsync("/veille/abonnement"), "form:has([name='Email'])", ("Email", Email));
        await stage.Instance.SettleAsync();
        var confirm = new Uri(To(Email).TextLinks.First(l => l.Contains("/veille/abonnement/", StringComparison.Ordinal))).PathAndQuery;
        await visitor.SendAsync(await visitor.OpenAsync(confirm), "main form");
    }

    private ReceivedMail To(string address) => ReceivedMail.AllOf(stage.Instance).Last(m => m.To == address);
}
