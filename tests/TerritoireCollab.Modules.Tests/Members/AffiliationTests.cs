using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>The organisations in whose name a member speaks: dated, several, and kept beside what was written then.</summary>
public sealed class AffiliationTests(Stage stage) : IClassFixture<Stage>
{
    private const string Page = "/moi/structures";

    private static int _count;

    private Instance Instance => stage.Instance;

    [Fact]
    public async Task Contributions_WhoseNameChanged_KeepTheOneOfTheirDay()
    {
        var (member, visitor) = await MemberAsync();
        var (town, union) = (NewName("Mairie"), NewName("Syndicat"));
        var group = await stage.Scene.GroupAsync("Groupe", member);

        await AddAsync(visitor, town, ("From", "2024-03-03"), ("Function", "secrétaire"));
        var topic = await stage.Scene.TopicAsync(group, member, "Un fil");
        await AddAsync(visitor, union, ("IsPrincipal", "true"));
        await stage.Scene.AnswerAsync(topic, member, "Une réponse au nom du syndicat.");
        var page = await visitor.OpenAsync(Page);
        await visitor.SendAsync(page, $"[aria-label^='Je n’y suis plus'][aria-label$='{town}']");
        Instance.Clock.Advance(TimeSpan.FromDays(2));
        var thread = await visitor.OpenAsync($"/c/{topic}");
        var profile = await visitor.OpenAsync($"/annuaire/{member.Handle}");

        Assert.Contains($"au titre de {town}", thread.Document.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"au titre de {union}", thread.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
        Assert.Matches($"{town} secrétaire · [^.]*du 3 mars 2024 au ", profile.Text);
        Assert.Contains("Je m’exprime à ce titre", (await visitor.OpenAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ending_TakenBack_SpeaksInItsNameAgain()
    {
        var (member, visitor) = await MemberAsync();
        var name = NewName("Mairie");
        await AddAsync(visitor, name);

        var ended = await visitor.SendAsync(await visitor.OpenAsync(Page), $"[aria-label^='Je n’y suis plus'][aria-label$='{name}']");
        var between = await PrincipalAsync(member);
        var back = await visitor.SendAsync(ended, "form[action$='/reprise']");

        Assert.Contains("Structure terminée", ended.Text, StringComparison.Ordinal);
        Assert.Null(between);
        Assert.Contains("Je m’exprime à ce titre", back.Text, StringComparison.Ordinal);
        Assert.Equal(name, await PrincipalAsync(member));
    }

    [Theory]
    [InlineData("Organisation", "", "")]
    [InlineData("Organisation", "long", "")]
    [InlineData("Function", "long", "")]
    [InlineData("From", "2199-01-01", "Choisissez une date passée ou d’aujourd’hui.")]
    public async Task Add_BadField_SentenceAtTheFieldAndTextKept(string field, string typed, string sentence)
    {
        var (_, visitor) = await MemberAsync();
        var value = typed == "long" ? new string('é', 151) : typed;
        (string Name, string? Value)[] sound = [("Organisation", NewName("Mairie")), ("Function", "maire"), ("From", "2024-03-03"), ("OrganisationKind", "collectivite")];
        (string Name, string? Value)[] fields = [.. sound.Where(f => f.Name != field), (field, value)];

        var refused = await visitor.SendAsync(await visitor.OpenAsync(Page), "[name='Organisation']", fields);

        Assert.True(refused.Refuses(field));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.All(fields, f => Assert.Equal(f.Value, refused.ValueOf(f.Name)));
    }

    [Fact]
    public async Task Add_SameFormSentTwiceAtOnce_OnePost()
    {
        var (member, visitor) = await MemberAsync();
        var name = NewName("Mairie");
        var page = await visitor.OpenAsync(Page);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => visitor.SendAsync(page, "[name='Organisation']", ("Organisation", name))));

        Assert.Single(answers, a => a.Address.EndsWith("fait=ajout", StringComparison.Ordinal));
        Assert.Equal(5, answers.Count(a => a.Text.Contains("Vous êtes déjà dans cette structure.", StringComparison.Ordinal)));
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Affiliations.CountAsync(a => a.MemberId == member.Id));
    }

    [Fact]
    public async Task Add_SameNewNameBySeveralAtOnce_OneOrganisation()
    {
        var name = NewName("Association");
        var visitors = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var (_, visitor) = await MemberAsync();
            return (Visitor: visitor, Page: await visitor.OpenAsync(Page));
        }));

        var answers = await Task.WhenAll(visitors.Select(v => v.Visitor.SendAsync(v.Page, "[name='Organisation']", ("Organisation", name))));

        Assert.All(answers, a => Assert.Equal("/moi/structures?fait=ajout", a.Address));
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Organisations.CountAsync(o => o.Name == name));
    }

    [Theory]
    [InlineData("principale")]
    [InlineData("fin")]
    [InlineData("reprise")]
    public async Task Gesture_OnSomebodyElsesPost_NotFoundAndUnchanged(string gesture)
    {
        var ((owner, mine), (_, visitor)) = (await MemberAsync(), await MemberAsync());
        var name = NewName("Mairie");
        await AddAsync(mine, name);
        await AddAsync(visitor, NewName("Mairie"));
        await using var db = Instance.Open(Viewer.System);
        var id = await db.Affiliations.Where(a => a.MemberId == owner.Id).Select(a => a.Id).SingleAsync();
        var page = await visitor.OpenAsync(Page);
        page.Document.QuerySelector("[formaction$='/fin']")!.SetAttribute("formaction", $"moi/structures/{id}/{gesture}");

        var refused = await visitor.SendAsync(page, $"[formaction='moi/structures/{id}/{gesture}']");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.Status);
        Assert.Equal(name, await PrincipalAsync(owner));
    }

    private static string NewName(string kind) => $"{kind} d’Essai {Interlocked.Increment(ref _count)}";

    private async Task<(Member Member, Visitor Visitor)> MemberAsync()
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        return (member, await Instance.VisitorAsync(member));
    }

    private static async Task AddAsync(Visitor visitor, string name, params (string Name, string? Value)[] further)
    {
        var added = await visitor.SendAsync(await visitor.OpenAsync(Page), "[name='Organisation']", [("Organisation", name), ("OrganisationKind", "collectivite"), .. further]);
        Assert.Equal("/moi/structures?fait=ajout", added.Address);
    }

    private async Task<string?> PrincipalAsync(Member member)
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Affiliations.Where(a => a.MemberId == member.Id && a.IsPrincipal).Select(a => a.Organisation!.Name).SingleOrDefaultAsync();
    }
}
