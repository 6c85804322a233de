using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Making a group, and its settings.</summary>
public sealed class CreationTests(Stage stage) : IClassFixture<Stage>
{
    // The smallest PNG there is: one pixel.
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Creator_NameSentenceAndTwoChoices_OwnsTheGroup()
    {
        var (member, visitor) = await CreatorAsync();

        var form = await visitor.OpenAsync("/groupes/nouveau");
        var home = await visitor.SendAsync(form, "form:has([name='Form.Name'])", ("Form.Name", "Mobilités douces"), ("Form.Summary", "Vélo, marche et covoiturage."), ("Form.Joining", nameof(GroupJoining.Free)));

        Assert.Contains("Le groupe est créé. Vous en êtes propriétaire.", home.Text, StringComparison.Ordinal);
        Assert.StartsWith("/groupes/mobilites-douces", home.Address, StringComparison.Ordinal);
        Assert.Contains("Trois gestes pour lancer le groupe", home.Text, StringComparison.Ordinal);
        var group = await FindAsync("Mobilités douces");
        Assert.Equal((GroupVisibility.AllMembers, GroupJoining.Free, 1), (group.Visibility, group.Joining, group.MemberCount));
        Assert.Equal((GroupRole.Owner, MembershipOrigin.Founder), await stage.MembershipAsync(group, member) is { } m ? (m.Role, m.Origin) : default);
    }

    [Fact]
    public async Task Form_ShowsTwoPlainChoices_FineSettingsFolded()
    {
        var (_, visitor) = await CreatorAsync();

        var form = await visitor.OpenAsync("/groupes/nouveau");
        var folded = form.Document.QuerySelector("details:has([name='Form.Charter'])")!;

        Assert.False(folded.HasAttribute("open"));
        Assert.Equal("Réglages avancés", folded.QuerySelector("summary")!.TextContent.Trim());
        Assert.Equal(["Form.Visibility", "Form.Joining", "Form.Hue"], form.Document.QuerySelectorAll("fieldset:not(details *) input[type=radio]").Select(r => r.GetAttribute("name")).Distinct());
        Assert.All(["outils", "Form.Ceiling", "Form.DefaultAudience", "Form.JoinQuestion", "Form.Welcome", "Form.DefaultMailLevel"], name => Assert.NotNull(folded.QuerySelector($"[name='{name}']")));
    }

    [Theory]
    [InlineData("projet", GroupKind.Mixed, GroupJoining.OnRequest, MailLevel.Everything)]
    [InlineData("echange", GroupKind.Mixed, GroupJoining.Free, MailLevel.WeeklyDigest)]
    [InlineData("club", GroupKind.Firms, GroupJoining.OnRequest, MailLevel.WeeklyDigest)]
    [InlineData("veille", GroupKind.Mixed, GroupJoining.Free, MailLevel.WeeklyDigest)]
    public async Task Preset_Chosen_FillsTheFormAndTheGroup(string preset, GroupKind kind, GroupJoining joining, MailLevel level)
    {
        var (_, visitor) = await CreatorAsync();
        var name = $"Modèle {preset}";

        var start = await visitor.OpenAsync("/groupes/nouveau");
        var form = await visitor.OpenAsync(start.Document.QuerySelector($"main a[href$='modele={preset}']")!.GetAttribute("href")!);
        await visitor.SendAsync(form, "form:has([name='Form.Name'])", ("Form.Name", name), ("Form.Summary", "Une phrase."));

        var group = await FindAsync(name);
        Assert.Equal((kind, joining, level), (group.Kind, group.Joining, group.DefaultMailLevel));
        Assert.Equal("Forum", (await visitor.OpenAsync($"/groupes/{group.Slug}")).Document.QuerySelector("nav a[href$='/forum']")?.TextContent.Trim());
    }

    [Fact]
    public async Task SameForm_SentTenTimesAtOnce_OneGroup()
    {
        var (_, visitor) = await CreatorAsync();
        var form = await visitor.OpenAsync("/groupes/nouveau");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => visitor.SendAsync(form, "form:has([name='Form.Name'])", ("Form.Name", "Une seule fois"), ("Form.Summary", "Une phrase."))));

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.OK, "/groupes/une-seule-fois?fait=cree"), (a.Status, a.Address)));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Groups.CountAsync(g => g.Name == "Une seule fois"));
    }

    [Fact]
    public async Task SameName_Twice_TwoAddresses()
    {
        var (_, visitor) = await CreatorAsync();

        var first = await CreateAsync(visitor, "Homonymes");
        var second = await CreateAsync(visitor, "Homonymes");

        Assert.Equal("/groupes/homonymes?fait=cree", first.Address);
        Assert.Matches("^/groupes/homonymes-[0-9a-z]{4}\\?fait=cree$", second.Address);
    }

    [Theory]
    [InlineData("Nouveau", "nouveau")]
    [InlineData("!!! ???", "sans-titre")]
    public async Task Name_ReservedOrWithoutLetters_GetsAnAddress(string name, string head)
    {
        var (_, visitor) = await CreatorAsync();

        var home = await CreateAsync(visitor, name);

        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.StartsWith($"/groupes/{head}", home.Address, StringComparison.Ordinal);
        Assert.NotEqual("/groupes/nouveau?fait=cree", home.Address);
        Assert.Equal(name, home.Document.QuerySelector("h1")?.TextContent.Trim());
    }

    [Fact]
    public async Task HiddenGroup_WithATakenOrFreeName_AddressTellsNothing()
    {
        var (_, visitor) = await CreatorAsync();
        await CreateAsync(visitor, "Fusion des communes", ("Form.Visibility", nameof(GroupVisibility.Hidden)));
        var (_, other) = await CreatorAsync();

        var visible = await CreateAsync(other, "Fusion des communes");
        var hidden = await CreateAsync(other, "Un nom jamais pris", ("Form.Visibility", nameof(GroupVisibility.Hidden)), ("Form.Joining", nameof(GroupJoining.Free)));

        Assert.Equal("/groupes/fusion-des-communes?fait=cree", visible.Address);
        Assert.Matches("^/groupes/un-nom-jamais-pris-[0-9a-z]{4}\\?fait=cree$", hidden.Address);
        var group = await FindAsync("Un nom jamais pris");
        Assert.Equal((GroupJoining.ByInvitation, Audience.Group), (group.Joining, group.Ceiling));
    }

    [Fact]
    public async Task Administrators_AloneCreate_MemberSeesNoButtonAndIsRefused()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (member, admin) = (await scene.MemberAsync("Malo Essai"), await scene.MemberAsync("Ada Essai", admin: true));
        var settings = (PlatformSettings)instance.Services.GetService(typeof(PlatformSettings))!;
        await settings.WriteAsync(await settings.ReadAsync(default) with { MembersCreateGroups = false }, default);
        var (visitor, administrator) = (new Visitor(await instance.SignedInAsync(member.Id)), new Visitor(await instance.SignedInAsync(admin.Id)));

        var form = await administrator.OpenAsync("/groupes/nouveau");
        var refused = await visitor.OpenAsync("/groupes/nouveau");
        using var program = await instance.ProgramAsync(member.Id);
        using var api = await program.PostAsync("groups", System.Net.Http.Json.JsonContent.Create(new { name = "X", summary = "Y" }));

        Assert.Null((await visitor.OpenAsync("/groupes")).Document.QuerySelector("a[href$='groupes/nouveau']"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("les administrateurs créent les groupes", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
        Assert.Contains("Le groupe est créé", (await administrator.SendAsync(form, "form:has([name='Form.Name'])", ("Form.Name", "Par Ada"), ("Form.Summary", "Une phrase."))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_WrongOrTooLong_SentencesAtTheFieldsAndNothingLost()
    {
        var (_, visitor) = await CreatorAsync();

        var refused = await visitor.SendAsync(await visitor.OpenAsync("/groupes/nouveau"), "form:has([name='Form.Name'])",
            ("Form.Name", new string('n', 101)), ("Form.Summary", ""), ("Form.Purpose", "Un long **texte**."), ("Form.Charter", "Une charte."), ("Form.Hue", "210"),
            ("Form.Ceiling", nameof(Audience.Group)), ("Form.DefaultAudience", nameof(Audience.Public)), ("Form.JoinQuestion", new string('q', 301)));

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.All(["Form.Name", "Form.Summary", "Form.DefaultAudience", "Form.JoinQuestion"], f => Assert.True(refused.Refuses(f), f));
        Assert.Equal(("Un long **texte**.", "Une charte.", new string('n', 101)), (refused.ValueOf("Form.Purpose")?.Trim(), refused.ValueOf("Form.Charter")?.Trim(), refused.ValueOf("Form.Name")));
        Assert.NotNull(refused.Document.QuerySelector("[name='Form.Hue'][value='210'][checked]"));
        Assert.True(refused.Document.QuerySelector("details:has([name='Form.Charter'])")!.HasAttribute("open"));
    }

    [Theory]
    [InlineData("Form.Visibility", "Partout")]
    [InlineData("Form.Visibility", null)]
    [InlineData("Form.Ceiling", "Galaxie")]
    [InlineData("Form.Joining", "")]
    [InlineData("Form.Hue", "4000")]
    [InlineData("Form.Kind", "99")]
    public async Task Choice_ThatIsNotOffered_RefusedRatherThanGuessed(string field, string? value)
    {
        var (_, visitor) = await CreatorAsync();
        var name = $"Falsifié {Guid.NewGuid():N}";

        var refused = await CreateAsync(visitor, name, (field, value));

        Assert.Contains("Choisissez l’une des réponses proposées", refused.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Groups.AnyAsync(g => g.Name == name));
    }

    [Fact]
    public async Task Colour_BeforeChoosing_EachShowsItsOwnWovenPattern()
    {
        var (_, visitor) = await CreatorAsync();
        var created = await CreateAsync(visitor, "Couleurs", ("Form.Hue", "210"));
        var slug = created.Address.Split('?')[0];

        var settings = await visitor.OpenAsync(slug + "/reglages");
        var cards = settings.Document.QuerySelectorAll("label:has([name='Form.Hue'])");
        var banner = settings.Document.QuerySelector("header .trame path")!.GetAttribute("stroke-dasharray");

        Assert.Equal(12, cards.Length);
        Assert.Equal(12, cards.Select(c => c.ClassList.Single(k => k.StartsWith("teinte-", StringComparison.Ordinal))).Distinct().Count());
        Assert.All(cards, c => Assert.NotNull(c.QuerySelector("svg.trame path")));
        Assert.NotNull(banner);
        Assert.NotNull(settings.Document.QuerySelector("[name='Form.Hue'][value='210'][checked]"));
        var changed = await visitor.SendAsync(settings, "form:has([name='Form.Hue'])", ("Form.Hue", "30"));
        Assert.NotNull(changed.Document.QuerySelector(".teinte-30 header.banniere, header.banniere.teinte-30"));
    }

    [Fact]
    public async Task Cover_Uploaded_ShownInTheSettingsAndOnTheHomePage()
    {
        var (_, visitor) = await CreatorAsync();
        var slug = (await CreateAsync(visitor, "Couverture")).Address.Split('?')[0];

        var saved = await visitor.SendAsync(await visitor.OpenAsync(slug + "/reglages"), "form:has([name='Form.Cover'])", [("Form.Cover", "photo.png", Picture)]);
        var shown = saved.Document.QuerySelector("img[src*='/couverture']")!.GetAttribute("src")!;
        using var browser = await stage.Instance.SignedInAsync((await stage.Scene.MemberAsync("Passant Essai")).Id);
        using var picture = await browser.GetAsync("/" + shown);
        var home = await visitor.OpenAsync(slug);
        var removed = await visitor.SendAsync(saved, "form:has([name='Form.Cover'])", ("Form.RemovesCover", "true"));

        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Picture, await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal(shown, home.Document.QuerySelector("img[src*='/couverture']")?.GetAttribute("src"));
        Assert.Null(removed.Document.QuerySelector("img[src*='/couverture']"));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "n’est pas une image")]
    [InlineData("", "dépasse 4 Mo")]
    public async Task Cover_NotAPictureOrTooLarge_SentenceAtTheFieldAndTextsKept(string content, string sentence)
    {
        var (_, visitor) = await CreatorAsync();
        var slug = (await CreateAsync(visitor, "Fausse couverture")).Address.Split('?')[0];
        var bytes = content.Length > 0 ? System.Text.Encoding.UTF8.GetBytes(content) : [.. Picture, .. new byte[4 * 1024 * 1024]];

        var refused = await visitor.SendAsync(await visitor.OpenAsync(slug + "/reglages"), "form:has([name='Form.Cover'])", [("Form.Cover", "photo.png", bytes)], ("Form.Summary", "Phrase changée."));

        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.True(refused.Refuses("Form.Cover"));
        Assert.Equal("Phrase changée.", refused.ValueOf("Form.Summary"));
        Assert.DoesNotContain("Phrase changée.", (await visitor.OpenAsync(slug)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ChangedByTwo_SecondIsToldAndLosesNothing()
    {
        var (_, visitor) = await CreatorAsync();
        var slug = (await CreateAsync(visitor, "À quatre mains")).Address.Split('?')[0];
        var (mine, theirs) = (await visitor.OpenAsync(slug + "/reglages"), await visitor.OpenAsync(slug + "/reglages"));

        await visitor.SendAsync(theirs, "form:has([name='Form.Cover'])", ("Form.Summary", "La phrase de l’autre."));
        var refused = await visitor.SendAsync(mine, "form:has([name='Form.Cover'])", ("Form.Summary", "Ma phrase."));
        var saved = await visitor.SendAsync(refused, "form:has([name='Form.Cover'])");

        Assert.Equal("Ma phrase.", refused.ValueOf("Form.Summary"));
        Assert.DoesNotContain("Les réglages sont enregistrés", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Les réglages sont enregistrés", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Ma phrase.", (await visitor.OpenAsync(slug)).Text, StringComparison.Ordinal);
    }

    private static Task<VisitedPage> CreateAsync(Visitor visitor, string name, params (string, string?)[] fields) => CreateAsync(visitor, [("Form.Name", name), ("Form.Summary", "Une phrase."), .. fields]);

    private static async Task<VisitedPage> CreateAsync(Visitor visitor, (string, string?)[] fields) =>
        await visitor.SendAsync(await visitor.OpenAsync("/groupes/nouveau"), "form:has([name='Form.Name'])", fields);

    private async Task<(Member Member, Visitor Visitor)> CreatorAsync()
    {
        var member = await stage.Scene.MemberAsync("Malo Essai");
        return (member, await stage.AsAsync(member));
    }

    private async Task<Group> FindAsync(string name)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Groups.AsNoTracking().SingleAsync(g => g.Name == name);
    }
}
