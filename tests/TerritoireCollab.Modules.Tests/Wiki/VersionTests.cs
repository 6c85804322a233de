using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>Every version is there, can be compared, named and put back; pages leave as files and come as files.</summary>
public sealed class VersionTests(WikiStage stage) : IClassFixture<WikiStage>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];

    [Fact]
    public async Task Versions_OneSitting_ShownAsOneAndAllKept()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Page", "Un.");
        foreach (var text in new[] { "Un. Deux.", "Un. Deux. Trois.", "Un. Deux. Trois. Quatre." }) await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, id), text);

        var history = await room.Member.OpenAsync($"{room.Tool}/{id}/historique");

        Assert.Equal(2, history.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("(3 enregistrements)", history.Text, StringComparison.Ordinal);
        Assert.Equal("Un. Deux. Trois.", (await room.Member.OpenAsync($"{room.Tool}/{id}/versions/3")).Document.QuerySelector("article")!.TextContent.Trim());
    }

    [Fact]
    public async Task Versions_MoreThanAreReadAtOnce_NewestFirstUnderTheirNumbersAndTheOlderOnesFollow()
    {
        const int edits = 2_010;
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Longue vie", "Texte actuel.");
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var item = await db.Items.Where(i => i.ShortId == id).Select(i => new { i.Id, i.CreatedAt }).SingleAsync();
            db.Revisions.AddRange(Enumerable.Range(1, edits).Select(n => new Revision
            {
                TargetId = item.Id, ItemId = item.Id, Title = "Longue vie", Body = $"Texte {n}.", EditorId = n % 2 == 0 ? room.Luc.Id : room.Anne.Id, At = item.CreatedAt.AddHours(n), Version = n,
            }));
            await db.SaveChangesAsync();
        }

        var first = await room.Member.OpenAsync($"{room.Tool}/{id}/historique");
        var newest = await room.Member.OpenAsync($"{room.Tool}/{id}/versions/{edits + 1}");
        var last = await room.Member.OpenAsync($"{room.Tool}/{id}/historique?page=999");
        var older = await room.Member.OpenAsync("/" + last.Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Voir les plus anciennes").GetAttribute("href")!.TrimStart('/'));
        var oldest = await room.Member.OpenAsync($"{room.Tool}/{id}/versions/1");

        string Row(VisitedPage page, int at) => string.Join(' ', page.Document.QuerySelectorAll("tbody tr")[at].TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Version 2011", Row(first, 0), StringComparison.Ordinal);
        Assert.Contains("version actuelle", Row(first, 0), StringComparison.Ordinal);
        Assert.Contains("Luc Essai", Row(first, 0), StringComparison.Ordinal);
        Assert.Contains("Version 2010", Row(first, 1), StringComparison.Ordinal);
        Assert.Contains("Anne Essai", Row(first, 1), StringComparison.Ordinal);
        Assert.Equal("Texte actuel.", newest.Document.QuerySelector("article")!.TextContent.Trim());
        Assert.StartsWith("Luc Essai, le", newest.Document.QuerySelector("main p.meta")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("Voir les plus anciennes", first.Text, StringComparison.Ordinal);
        Assert.Contains("Version 11 ", Row(older, 0), StringComparison.Ordinal);
        Assert.Equal(11, older.Document.QuerySelectorAll("tbody tr").Length);
        Assert.DoesNotContain("version actuelle", Row(older, 0), StringComparison.Ordinal);
        Assert.Equal("Texte 1.", oldest.Document.QuerySelector("article")!.TextContent.Trim());
    }

    [Fact]
    public async Task WrittenTogether_PausesOfOneSitting_AreOneVersionAndTheTextBeforeIsKept()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Pauses", "Avant.");

        foreach (var text in new[] { "Avant. Un.", "Avant. Un. Deux.", "Avant. Un. Deux. Trois." }) await room.TypeAndPauseAsync(id, room.Luc, text);

        Assert.Equal(["Avant."], await TextsAsync(id));
        Assert.Equal("Avant. Un. Deux. Trois.", (await room.Member.OpenAsync($"{room.Tool}/{id}/versions/2")).Document.QuerySelector("article")!.TextContent.Trim());
    }

    [Fact]
    public async Task WrittenTogether_LaterOrNamedOrByOthers_IsAVersionOfItsOwn()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Étapes", "Un.");

        await room.TypeAndPauseAsync(id, room.Luc, "Un. Deux.");
        await room.TypeAndPauseAsync(id, room.Anne, "Un. Deux. Trois.");
        await room.Member.SendAsync(await room.Member.OpenAsync($"{room.Tool}/{id}/versions/3"), "form[action$='nom']", ("nom", "Version votée"));
        await room.TypeAndPauseAsync(id, room.Anne, "Un. Deux. Trois. Quatre.");
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var item = await db.Items.Where(i => i.ShortId == id).Select(i => i.Id).SingleAsync();
            await db.Revisions.Where(r => r.TargetId == item).ExecuteUpdateAsync(set => set.SetProperty(r => r.At, r => r.At.AddMinutes(-11)));
            await db.Activities.Where(a => a.ItemId == item).ExecuteUpdateAsync(set => set.SetProperty(a => a.At, a => a.At.AddMinutes(-11)));
        }

        await room.TypeAndPauseAsync(id, room.Anne, "Un. Deux. Trois. Quatre. Cinq.");

        Assert.Equal(["Un.", "Un. Deux.", "Un. Deux. Trois.", "Un. Deux. Trois. Quatre."], await TextsAsync(id));
        Assert.Contains("Version votée", (await room.Member.OpenAsync($"{room.Tool}/{id}/historique")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrittenTogether_ByTwo_BothAreNamed()
    {
        var room = await stage.RoomAsync();
        var zoe = await stage.Scene.MemberAsync("Zoé Essai");
        await stage.Scene.JoinAsync(room.Group, zoe);
        var id = await room.WriteAsync(room.Animator, "Ensemble", "Un.");
        await room.TypeAsync(id, zoe, "Un. Deux.");

        await room.TypeAndPauseAsync(id, room.Luc, "Un. Deux. Trois.");

        var page = await room.Member.OpenAsync($"/c/{id}");
        Assert.Contains("par Luc Essai", page.Text, StringComparison.Ordinal);
        Assert.Contains("Écrite par Luc Essai, Zoé Essai, Anne Essai.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Luc Essai, Zoé Essai", (await room.Member.OpenAsync($"{room.Tool}/{id}/historique")).Document.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrittenTogether_ProgramReadBetweenTwoPauses_SavesOverNothing()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Entre deux", "Un.\n\nFin.");
        using var program = await stage.Instance.ProgramAsync(room.Anne.Id);
        await room.TypeAndPauseAsync(id, room.Luc, "Un.\n\nDeux.\n\nFin.");
        int version;
        await using (var db = stage.Instance.Open(Viewer.System)) version = await db.Items.Where(i => i.ShortId == id).Select(i => i.Version).SingleAsync();
        await room.TypeAndPauseAsync(id, room.Luc, "Un.\n\nDeux.\n\nTrois.\n\nFin.");

        using var changed = await System.Net.Http.Json.HttpClientJsonExtensions.PatchAsJsonAsync(program, $"pages/{id}", new { body = "Un.\n\nDeux.\n\nFin, dit Anne.", version });

        var text = (await room.Member.OpenAsync($"/c/{id}")).Document.QuerySelector("article")!.TextContent;
        Assert.Contains("Trois.", text, StringComparison.Ordinal);
        Assert.True(changed.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{changed.StatusCode}");
    }

    [Fact]
    public async Task Compare_TwoVersions_SaysInWordsWhatWasAddedAndRemoved()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Page", "La réunion est lundi.\n\nVenez.");
        await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, id), "La réunion est jeudi.\n\nVenez.");
        var history = await room.Animator.OpenAsync($"{room.Tool}/{id}/historique");

        var compared = await room.Animator.SendAsync(history, "form[action$='comparer']");
        var inline = await room.Animator.OpenAsync($"{room.Tool}/{id}/comparer?de=1&a=2&vue=suite");

        Assert.Equal(["lundi"], compared.Document.QuerySelectorAll("td del").Select(d => d.LastChild!.TextContent));
        Assert.Equal(["jeudi"], compared.Document.QuerySelectorAll("td ins").Select(d => d.LastChild!.TextContent));
        Assert.Contains("ajouté : jeudi", compared.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal("lundi", inline.Document.QuerySelector("p.differences del")!.LastChild!.TextContent);
        Assert.Null(inline.Document.QuerySelector("td del"));
    }

    [Fact]
    public async Task Restore_OlderVersion_BecomesTheNewestAndNothingIsErased()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Page", "Bon texte.");
        await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, id), "Texte effacé par erreur.");
        var older = await room.Animator.OpenAsync($"{room.Tool}/{id}/versions/1");

        var page = await room.Animator.SendAsync(older, "form[action$='retablir'] button");

        Assert.Equal("Bon texte.", page.Document.QuerySelector("article")!.TextContent.Trim());
        Assert.Equal(3, (await room.Animator.OpenAsync($"{room.Tool}/{id}/historique")).Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("effacé par erreur", (await room.Animator.OpenAsync($"{room.Tool}/{id}/versions/2")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Name_GivenToAVersion_ShownInTheList(int number)
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Charte", "Un.");
        await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, id), "Deux.");

        await room.Member.SendAsync(await room.Member.OpenAsync($"{room.Tool}/{id}/versions/{number}"), "form[action$='nom']", ("nom", "Version votée le 12 mars"));

        var rows = (await room.Animator.OpenAsync($"{room.Tool}/{id}/historique")).Document.QuerySelectorAll("tbody tr");
        Assert.Contains("Version votée le 12 mars", rows[2 - number].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_PageAndTree_FilesThatOtherProgramsRead()
    {
        var room = await stage.RoomAsync();
        var top = await room.WriteAsync(room.Animator, "Guide", "Voir [[Annexe]].");
        await room.WriteAsync(room.Animator, "Annexe", "Un **mot** & <b>.", $"?parent={top}");
        using var browser = await stage.Instance.SignedInAsync(room.Luc.Id);

        using var archive = new ZipArchive(await browser.GetStreamAsync($"{room.Tool}/{top}/export.zip"));
        var html = await browser.GetStringAsync($"{room.Tool}/{top}/export.html");

        Assert.Equal("# Guide\n\nVoir [[Annexe]].\n", await browser.GetStringAsync($"{room.Tool}/{top}/export.md"));
        Assert.Equal(["guide.md", "guide/annexe.md"], archive.Entries.Select(e => e.FullName));
        using var annex = new StreamReader(archive.GetEntry("guide/annexe.md")!.Open());
        Assert.Equal("# Annexe\n\nUn **mot** & <b>.\n", await annex.ReadToEndAsync());
        Assert.Contains("Guide</h1>", html, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1/c/", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MarkdownFile_BecomesAPage()
    {
        var room = await stage.RoomAsync();
        var form = await room.Member.OpenAsync($"{room.Tool}/importer");

        var refused = await room.Member.SendAsync(form, "form.formulaire", [("File", "photo.png", Png)]);
        var page = await room.Member.SendAsync(form, "form.formulaire", [("File", "compte-rendu.md", Encoding.UTF8.GetBytes("# Conseil de mai\r\n\r\nUn **vote**.\r\n"))]);

        Assert.True(refused.Refuses("File"));
        Assert.Equal("Conseil de mai", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal("vote", page.Document.QuerySelector("article strong")!.TextContent);
    }

    [Fact]
    public async Task Image_Pasted_ReadByThoseWhoReadThePageAlone()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Plan", "Texte.");
        using var member = await stage.Instance.SignedInAsync(room.Luc.Id);
        using var outsider = await stage.Instance.SignedInAsync((await stage.Scene.MemberAsync("Zoé Essai")).Id);
        var token = (await room.FormAsync(room.Member, id)).ValueOf("__RequestVerificationToken")!;

        async Task<HttpResponseMessage> PasteAsync(HttpClient by, string name, byte[] bytes)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "fichier", name }, { new StringContent(token), "__RequestVerificationToken" } };
            return await by.PostAsync($"{room.Tool}/{id}/images", form);
        }

        using var text = await PasteAsync(room.Member.Browser, "notes.txt", Encoding.UTF8.GetBytes("Rien"));
        using var refused = await PasteAsync(outsider, "plan.png", Png);
        using var kept = await PasteAsync(room.Member.Browser, "plan.png", Png);
        var markdown = System.Text.Json.JsonDocument.Parse(await kept.Content.ReadAsStringAsync()).RootElement.GetProperty("markdown").GetString()!;
        var page = await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, id), $"Texte.\n\n{markdown}");
        var source = page.Document.QuerySelector("article img")!.GetAttribute("src")!;

        Assert.Contains("\"markdown\":\"[notes](/pieces/", await text.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(refused.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{refused.StatusCode}");
        Assert.StartsWith("![plan](/pieces/", markdown, StringComparison.Ordinal);
        Assert.Equal(Png, await member.GetByteArrayAsync(source));
        using var hidden = await outsider.GetAsync(source);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task Followers_OfThePageAndOfTheTree_ToldOnceForASittingInWords()
    {
        var room = await stage.RoomAsync();
        var top = await room.WriteAsync(room.Animator, "Haut", "Texte.");
        var under = await room.WriteAsync(room.Animator, "Bas", "Un texte.", $"?parent={top}");
        await room.Animator.SendAsync(await room.Animator.OpenAsync($"/c/{under}"), "button[value='comme-le-groupe']");
        await room.Animator.SendAsync(await room.Animator.OpenAsync($"/c/{top}"), "button[name='suivre']");
        await stage.Instance.SettleAsync();

        foreach (var text in new[] { "Un texte long.", "Un texte plus long." }) await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, under), text, "Complété");
        await stage.Instance.SettleAsync();

        var news = (await room.Animator.OpenAsync("/moi/nouveautes")).Text.Replace('\u00a0', ' ');
        Assert.Equal(1, news.Split("Luc Essai a modifié « Bas » : Complété (").Length - 1);
        var mails = stage.Instance.Mails().Where(m => m.Contains(room.Anne.Email!, StringComparison.Ordinal)).Select(Letter.Of).ToList();
        Assert.Contains(mails, m => m.Text.Contains("Complété (", StringComparison.Ordinal));
    }

    private async Task<List<string>> TextsAsync(string page)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Revisions.Where(r => r.Item.ShortId == page).OrderBy(r => r.At).ThenBy(r => r.Version).Select(r => r.Body).ToListAsync();
    }
}
