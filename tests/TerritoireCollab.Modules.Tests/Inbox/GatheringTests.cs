using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>M7: mails of contents wait three minutes, and what follows in the thread joins them.</summary>
public sealed class GatheringTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private Instance _instance = null!;
    private Scene _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true, settings: ("Territoire:Mail:GatherMinutes", "3"));
        _scene = new Scene(_instance);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task M7_TenPostsInTwoMinutesFiftyFollowers_FiftyMails()
    {
        var author = await _scene.MemberAsync("Anne Essai");
        var followers = new List<Member>();
        for (var i = 0; i < 50; i++) followers.Add(await _scene.MemberAsync($"Suiveuse {i}"));
        var (group, topic) = await ThreadAsync(author, [.. followers]);

        for (var i = 1; i <= 10; i++)
        {
            await _scene.AnswerAsync(topic, author, $"Message numéro {i}.");
            await _instance.WorkAsync();
            _instance.Clock.Advance(TimeSpan.FromSeconds(12));
        }

        Assert.Empty(_instance.Mails());
        _instance.Clock.Advance(Minute * 2);
        await _instance.WorkAsync();
        await _instance.WorkAsync();

        var mails = ReceivedMail.AllOf(_instance);
        Assert.Equal(followers.Select(f => f.Email).Order(), mails.Select(m => m.To).Order());
        Assert.All(mails, m => Assert.Contains("10 nouvelles réponses", InboxStage.Plain(m.Text), StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(1, 10).Select(i => $"Message numéro {i}."),
            mails[0].Text.Split('\n').Where(l => l.StartsWith("Message numéro", StringComparison.Ordinal)));
        Assert.Matches(@"^<fil\.[a-z0-9]+\.msg\.10@", mails[0].Field("Message-ID"));
        Assert.Equal($"Re: [{group.Name}] Un fil", mails[0].Subject);
        MailLint.Check("réponses", mails[0]);
        Assert.Equal(mails[0].TextLetters, mails[0].HtmlLetters);
    }

    [Fact]
    public async Task M7_DeletedAtOnce_NoMail()
    {
        var (author, reader) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        var (group, topic) = await ThreadAsync(author, reader);
        var number = await _scene.AnswerAsync(topic, author, "Une bêtise.");
        await _instance.WorkAsync();

        await RemoveAsync(group, author, topic, number);
        await WaitAsync();
        Assert.Empty(_instance.Mails());

        await _scene.AnswerAsync(topic, author, "Autre chose.");
        await _instance.WorkAsync();
        await WaitAsync();
        Assert.Contains("Autre chose.", Assert.Single(ReceivedMail.AllOf(_instance)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M7_EditedInsideTheWait_TheLastTextIsSent()
    {
        var (author, reader) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        var (group, topic) = await ThreadAsync(author, reader);
        var number = await _scene.AnswerAsync(topic, author, "Rendez-vous mardi.");
        await _instance.WorkAsync();

        var visitor = new Visitor(await _instance.SignedInAsync(author.Id));
        var page = await visitor.OpenAsync($"/contenus/{topic}/reponses/{number}/modifier");
        await visitor.SendAsync(page, "main form textarea", (page.Document.QuerySelector("main form textarea")!.GetAttribute("name")!, "Rendez-vous jeudi."));
        await WaitAsync();

        var mail = Assert.Single(ReceivedMail.AllOf(_instance));
        Assert.Contains("Rendez-vous jeudi.", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("mardi", mail.Raw, StringComparison.Ordinal);
        Assert.Equal(group.Slug, mail.Field("X-Territoire-Groupe"));
    }

    [Fact]
    public async Task M7_ReadOnTheSiteMeanwhile_OnlyWhatCameAfterIsMailed()
    {
        var (author, reader) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        var (group, topic) = await ThreadAsync(author, reader);
        await _scene.AnswerAsync(topic, author, "Déjà lu.");
        await _instance.WorkAsync();
        using var browser = await _instance.SignedInAsync(reader.Id);
        await new Visitor(browser).OpenAsync($"/c/{topic}");
        await _scene.AnswerAsync(topic, author, "Pas encore lu.");
        await _instance.WorkAsync();
        await WaitAsync();

        var mail = Assert.Single(ReceivedMail.AllOf(_instance));
        Assert.Contains("Pas encore lu.", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Déjà lu.", mail.Text, StringComparison.Ordinal);
        Assert.Equal(group.Slug, mail.Field("X-Territoire-Groupe"));
    }

    [Fact]
    public async Task M7_SeveralAuthors_EachWithItsNameOldestFirstAndNotToItself()
    {
        var (anne, luc, reader) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"), await _scene.MemberAsync("Zoé Essai"));
        var (_, topic) = await ThreadAsync(anne, luc, reader);
        await _scene.AnswerAsync(topic, anne, "Une.");
        await _scene.AnswerAsync(topic, luc, "Deux.");
        await _instance.WorkAsync();
        await WaitAsync();

        var mails = ReceivedMail.AllOf(_instance);
        var hers = Assert.Single(mails, m => m.To == reader.Email);
        Assert.Matches("(?s)Anne Essai a répondu.*Une\\..*Luc Essai a répondu.*Deux\\.", hers.Text);
        Assert.StartsWith("Anne Essai et Luc Essai (", ReceivedMail.Words(hers.Field("From")).Trim('"'), StringComparison.Ordinal);
        Assert.Contains("Une.", Assert.Single(mails, m => m.To == luc.Email).Text, StringComparison.Ordinal);
        Assert.Contains("Deux.", Assert.Single(mails, m => m.To == anne.Email).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M7_QuietHours_MovedToTheirEnd()
    {
        var (author, reader) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        var (_, topic) = await ThreadAsync(author, reader);
        await PreferAsync(new MailPreferences { MemberId = reader.Id, QuietFrom = 9, QuietUntil = 18 });

        // Ten in the morning in Paris.
        await _scene.AnswerAsync(topic, author, "Bonjour.");
        await _instance.WorkAsync();
        await WaitAsync();
        _instance.Clock.Advance(TimeSpan.FromHours(7));
        await _instance.WorkAsync();
        Assert.Empty(_instance.Mails());

        _instance.Clock.Advance(TimeSpan.FromHours(1));
        await _instance.WorkAsync();
        Assert.Equal(reader.Email, Assert.Single(ReceivedMail.AllOf(_instance)).To);
    }

    [Fact]
    public async Task M7_TwoProcessesAtOnce_EachMailOnce()
    {
        await using var one = await Instance.StartAsync(DatabaseProvider.PostgreSql, manualClock: true, settings: ("Territoire:Mail:GatherMinutes", "3"));
        await using var other = await one.SecondAsync(("Territoire:Mail:GatherMinutes", "3"));
        var scene = new Scene(one);
        var author = await scene.MemberAsync("Anne Essai");
        var readers = new List<Member>();
        for (var i = 0; i < 20; i++) readers.Add(await scene.MemberAsync($"Lectrice {i}"));
        var group = await scene.GroupAsync("Groupe", author);
        foreach (var reader in readers) await scene.JoinAsync(group, reader, level: MailLevel.Everything);
        for (var i = 0; i < 5; i++) await scene.TopicAsync(group, author, $"Fil {i}");
        await one.WorkAsync();
        one.Clock.Advance(Minute * 4);

        await Task.WhenAll(Task.Run(one.WorkAsync), Task.Run(other.WorkAsync));
        await Task.WhenAll(Task.Run(one.WorkAsync), Task.Run(other.WorkAsync));

        Assert.Equal(100, ReceivedMail.AllOf(one).Select(m => (m.To, m.Subject)).Distinct().Count());
        Assert.Equal(100, one.Mails().Count);
    }

    private async Task<(Group Group, string Topic)> ThreadAsync(Member author, params Member[] readers)
    {
        var group = await _scene.GroupAsync("Groupe", author);
        var topic = await _scene.TopicAsync(group, author, "Un fil");
        await _instance.WorkAsync();
        await _scene.JoinAsync(group, author, GroupRole.Owner, level: MailLevel.Everything);
        foreach (var reader in readers) await _scene.JoinAsync(group, reader, level: MailLevel.Everything);
        return (group, topic);
    }

    private async Task WaitAsync()
    {
        _instance.Clock.Advance(Minute * 3.1);
        await _instance.WorkAsync();
    }

    private async Task RemoveAsync(Group group, Member author, string topic, int number)
    {
        using var browser = await _instance.SignedInAsync(author.Id);
        var answer = await browser.GestureAsync($"/groupes/{group.Slug}", $"/contenus/{topic}/reponses/{number}/corbeille");
        Assert.True((int)answer.StatusCode < 400, answer.StatusCode.ToString());
    }

    private async Task PreferAsync(MailPreferences preferences)
    {
        await using var db = _instance.Open(Viewer.System);
        db.MailPreferences.Add(preferences);
        await db.SaveChangesAsync();
    }
}
