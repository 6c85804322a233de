using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Issues;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Getting the revue by mail without an account.</summary>
public sealed class ReadersTests : IAsyncLifetime
{
    private const string Form = "form:has([name='Email'])";
    private readonly Stage _stage = new();
    private Group _group = null!;
    private Member _owner = null!;

    private Instance Instance => _stage.Instance;

    public async ValueTask InitializeAsync()
    {
        await _stage.InitializeAsync();
        _owner = await _stage.Scene.MemberAsync("Anne Essai");
        _group = await _stage.Scene.VeilleAsync(_owner);
        await _stage.Scene.ServeTerritoryAsync(_group);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Subscribe_Confirmed_GetsTheIssueItselfAndLeavesInOneClick()
    {
        const string Email = "lectrice@essai.invalid";
        var visitor = Instance.Stranger();
        await AskAsync(visitor, Email);
        var confirm = LinkIn((await SentAsync(Email))[^1], "/veille/abonnement/");
        var opened = await visitor.OpenAsync(confirm);
        var unconfirmed = await PublishAsync(1, "Avant de confirmer");
        var done = await visitor.SendAsync(opened, "main form");
        var issue = await PublishAsync(2, "La fibre arrive");

        var letters = await SentAsync(Email);
        Assert.Contains("C’est confirmé", done.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(letters, l => l.Subject.Contains("Avant de confirmer", StringComparison.Ordinal));
        var letter = letters[^1];
        Assert.Contains("La fibre arrive", letter.Subject, StringComparison.Ordinal);
        foreach (var part in new[] { letter.TextBody, WebUtility.HtmlDecode(letter.HtmlBody) })
        {
            Assert.Contains("Un article de la revue 2", part, StringComparison.Ordinal);
            Assert.Contains("https://ailleurs.invalid/2", part, StringComparison.Ordinal);
            Assert.Contains("Ce que l’animatrice en dit", part, StringComparison.Ordinal);
        }

        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", letter.Headers, StringComparison.Ordinal);
        using var browser = Instance.Browser();
        using var left = await browser.PostAsync(LinkIn(letter, "/veille/desabonnement/"), new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
        await PublishAsync(3, "Après le départ");

        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.Equal(letters.Count, (await SentAsync(Email)).Count);
        Assert.Contains("C’est fait", (await visitor.OpenAsync(LinkIn(letter, "/veille/desabonnement/"))).Text, StringComparison.Ordinal);
        Assert.NotEqual(unconfirmed, issue);
    }

    [Fact]
    public async Task Subscribe_AgainAndAgain_ThreeMailsADayAndTheSameAnswer()
    {
        const string Email = "cible@essai.invalid";
        List<string> answers = [];
        for (var i = 0; i < 6; i++) answers.Add((await AskAsync(Instance.Stranger(), i % 2 == 0 ? Email : Email.ToUpperInvariant())).Text.Replace(Email.ToUpperInvariant(), Email, StringComparison.Ordinal));

        Assert.Single(answers.Distinct());
        Assert.Equal(3, (await SentAsync(Email)).Count);
    }

    [Fact]
    public async Task Subscribe_WhoIsConfirmedAlready_ToldSoInTheMailAlone()
    {
        const string Email = "fidele@essai.invalid";
        var first = await AskAsync(Instance.Stranger(), Email);
        var visitor = Instance.Stranger();
        await visitor.SendAsync(await visitor.OpenAsync(LinkIn((await SentAsync(Email))[0], "/veille/abonnement/")), "main form");

        var again = await AskAsync(Instance.Stranger(), Email);

        Assert.Equal(first.Text, again.Text);
        Assert.Contains("déjà", (await SentAsync(Email))[^1].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_NotAnAddress_SentenceAtTheFieldAndTextKept()
    {
        var refused = await AskAsync(Instance.Stranger(), "pas une adresse");

        Assert.True(refused.Refuses("Email"));
        Assert.Equal("pas une adresse", refused.ValueOf("Email"));
    }

    [Fact]
    public async Task Link_TooOldOrMadeUp_NotFound()
    {
        const string Email = "tardive@essai.invalid";
        var visitor = Instance.Stranger();
        await AskAsync(visitor, Email);
        var link = LinkIn((await SentAsync(Email))[0], "/veille/abonnement/");
        Instance.Clock.Advance(TimeSpan.FromDays(7.1));

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/veille/abonnement/nimportequoi")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(link.Replace("abonnement", "desabonnement", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Issue_OfANarrowerAudience_NotSent()
    {
        const string Email = "dehors@essai.invalid";
        var visitor = Instance.Stranger();
        await AskAsync(visitor, Email);
        await visitor.SendAsync(await visitor.OpenAsync(LinkIn((await SentAsync(Email))[0], "/veille/abonnement/")), "main form");

        await PublishAsync(1, "Pour les membres", Audience.Platform);

        Assert.Single(await SentAsync(Email));
    }

    [Theory]
    [InlineData("partie")]
    [InlineData("revue refermée")]
    public async Task Issue_UnwantedOrNarrowedBeforeSending_NotSent(string change)
    {
        const string Email = "entre-deux@essai.invalid";
        var visitor = Instance.Stranger();
        await AskAsync(visitor, Email);
        await visitor.SendAsync(await visitor.OpenAsync(LinkIn((await SentAsync(Email))[0], "/veille/abonnement/")), "main form");
        await PublishAsync(1, "La fibre arrive");
        var letter = (await SentAsync(Email))[^1];
        var next = await PublishAsync(2, "La fibre est là", leaves: false);
        Assert.Equal(MailState.Pending, (await Instance.LettersAsync(Email))[^1].State);

        if (change == "partie")
        {
            using var browser = Instance.Browser();
            await browser.PostAsync(LinkIn(letter, "/veille/desabonnement/"), new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
        }
        else
        {
            await using var db = Instance.Open(Viewer.System);
            await db.Items.Where(i => i.Id == next).ExecuteUpdateAsync(set => set.SetProperty(i => i.Audience, Audience.Platform));
        }

        Assert.Equal(letter.Id, (await SentAsync(Email))[^1].Id);
        Assert.Equal(MailState.Dropped, (await Instance.LettersAsync(Email))[^1].State);
    }

    [Fact]
    public async Task Page_WithoutAPublicRevue_NotFound()
    {
        await _stage.Scene.ServeTerritoryAsync(await _stage.Scene.VeilleAsync(_owner, "Autre veille"), Audience.Platform);

        Assert.Equal(HttpStatusCode.NotFound, (await Instance.Stranger().OpenAsync("/veille/abonnement")).Status);
    }

    private static async Task<VisitedPage> AskAsync(Visitor visitor, string email) => await visitor.SendAsync(await visitor.OpenAsync("/veille/abonnement"), Form, ("Email", email));

    private static string LinkIn(MailRow letter, string path)
    {
        var at = letter.TextBody.IndexOf("http://127.0.0.1" + path, StringComparison.Ordinal);
        return letter.TextBody[(at + "http://127.0.0.1".Length)..].Split('\n', ' ')[0].Trim();
    }

    private async Task<List<MailRow>> SentAsync(string email)
    {
        await Instance.SettleAsync();
        return [.. (await Instance.LettersAsync(email)).Where(m => m.State == MailState.Sent)];
    }

    private async Task<Guid> PublishAsync(int number, string title, Audience audience = Audience.Public, bool leaves = true)
    {
        var now = Instance.Clock.GetUtcNow().UtcDateTime;
        await using var db = Instance.Open(Viewer.System);
        var item = new ContentItem
        {
            Id = Guid.CreateVersion7(), ShortId = ShortIds.New(), Kind = VeilleModule.IssueKind, GroupId = _group.Id, AuthorId = _owner.Id, Audience = audience, Title = title, Excerpt = "",
            CreatedAt = now, UpdatedAt = now, LastActivityAt = now, LastActorId = _owner.Id,
        };
        db.Add(new PublishedIssue { Id = item.Id, Item = item, Number = number, Week = 202600 + number, Body = "Bonjour", BodyHtml = "<p>Bonjour</p>", BodyRenderer = 1 });
        db.Add(new IssueArticle
        {
            ItemId = item.Id, GroupId = _group.Id, EntryId = Guid.NewGuid(), Position = 0, Rubric = "Rubrique", Title = $"Un article de la revue {number}", Address = $"https://ailleurs.invalid/{number}",
            SourceName = "Ailleurs", DatedAt = now, Line = "Ce que l’animatrice en dit", Excerpt = "Un début.", PublishedAt = now,
        });
        db.Activities.Add(new Activity { Kind = ActivityKinds.ItemCreated, ItemId = item.Id, GroupId = _group.Id, ActorId = _owner.Id, At = now });
        await db.SaveChangesAsync();
        await Instance.DecideAsync();
        if (leaves) await Instance.SettleAsync();
        return item.Id;
    }
}
