using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Files.Sharing;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Files;

/// <summary>An instance in which a group has a megabyte.</summary>
public sealed class FilesStage : Stage
{
    /// <inheritdoc />
    protected override (string Key, string Value)[] Settings => [("Territoire:Files:GroupQuota", "1")];
}

/// <summary>Files of groups by their pages, without script: folders, versions, archives, quota, links without an account.</summary>
public sealed class FilesTests(FilesStage stage) : IClassFixture<FilesStage>, IAsyncLifetime
{
    private Group _group = null!;
    private Member _anne = null!;
    private Member _luc = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string List => $"/groupes/{_group.Slug}/fichiers";

    private string Trash => $"/groupes/{_group.Slug}/corbeille/fichiers";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        _group = await stage.Scene.GroupAsync("Groupe", _anne, members: _luc);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Add_OneFile_ReadOnItsPageAndGivenBackByteForByteAsADownload()
    {
        var bytes = Encoding.UTF8.GetBytes("<script>alert(1)</script> Ordre du jour");

        var page = await AddAsync(_byAnne, [("ordre du jour.html", bytes)], ("Input.Title", "Ordre du jour"), ("Input.Body", "Pour **jeudi**."), ("Input.Accessible", "Yes"), ("Input.Tags", "réunion"));
        using var download = await _byLuc.Browser.GetAsync($"{List}/{IdOf(page)}/telecharger");

        Assert.Contains("Le fichier est déposé.", page.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>jeudi</strong>", page.Body, StringComparison.Ordinal);
        Assert.Equal(bytes, await download.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment", "ordre du jour.html"), (download.Content.Headers.ContentDisposition!.DispositionType, download.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal(("application/octet-stream", "default-src 'none'; sandbox"), (download.Content.Headers.ContentType!.MediaType, download.Headers.GetValues("Content-Security-Policy").Single()));
        var list = await _byLuc.OpenAsync(List + "?accessible=oui");
        Assert.Contains("Ordre du jour", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ordre du jour", (await _byLuc.OpenAsync(List + "?accessible=non")).Text, StringComparison.Ordinal);
        Assert.Contains("Ordre du jour", (await _byLuc.OpenAsync(List + "?etiquette=reunion")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_SameNameTwice_ANumberOrANewVersionAsChosenAndSaid()
    {
        await AddAsync(_byAnne, [("Budget.ods", "un"u8.ToArray())]);

        var numbered = await AddAsync(_byLuc, [("budget.ods", "deux"u8.ToArray())]);
        var versioned = await AddAsync(_byLuc, [("BUDGET.ods", "trois"u8.ToArray())], ("Input.Same", "Version"));
        var same = await AddAsync(_byLuc, [("Budget.ods", "trois"u8.ToArray())], ("Input.Same", "Version"));

        Assert.Contains("budget (2).ods « budget.ods » existait déjà dans ce dossier : le vôtre a pris un numéro.", numbered.Text, StringComparison.Ordinal);
        Assert.Contains("La nouvelle version est en place.", versioned.Text, StringComparison.Ordinal);
        Assert.Contains("est identique à la version en place", same.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        var files = await db.Set<GroupFile>().Where(f => f.Item.GroupId == _group.Id).OrderBy(f => f.Name.Length).ToListAsync();
        Assert.Equal([("Budget.ods", 2), ("budget (2).ods", 1)], files.Select(f => (f.Name, f.VersionNumber)));
    }

    [Fact]
    public async Task Add_FormSentTwice_OneFile()
    {
        var form = await _byAnne.OpenAsync(List + "/nouveau");
        for (var n = 0; n < 2; n++) await _byAnne.SendAsync(form, "form.formulaire", [("Input.Files", "une-fois.txt", "contenu"u8.ToArray())]);

        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<GroupFile>().CountAsync(f => f.Item.GroupId == _group.Id));
        Assert.Equal(1, await db.Set<FileVersion>().CountAsync(f => f.Item.GroupId == _group.Id));
    }

    [Fact]
    public async Task Version_BroughtByAnother_KeptToldAndRestored()
    {
        var file = await stage.Scene.FileOfGroupAsync(_group, _anne, "plan.txt", "Premier");
        await stage.Instance.SettleAsync();

        var form = await _byLuc.OpenAsync($"{List}/{file}/remplacer");
        var page = await _byLuc.SendAsync(form, "form.formulaire", [("Input.Files", "plan corrigé.txt", "Second"u8.ToArray())], ("Input.Comment", "La rue a changé"));
        await stage.Instance.SettleAsync();

        Assert.Contains("La rue a changé", page.Text, StringComparison.Ordinal);
        Assert.Equal("Second", await _byAnne.Browser.GetStringAsync($"{List}/{file}/telecharger"));
        Assert.Equal("Premier", await _byAnne.Browser.GetStringAsync($"{List}/{file}/versions/1/telecharger"));
        Assert.Contains("Luc Essai a déposé une nouvelle version de « plan.txt » : version 2, La rue a changé", (await _byAnne.OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);

        var restored = await _byLuc.SendAsync(page, $"form[action$='/versions/1/retablir'] button");
        Assert.Contains("L’ancienne version est de nouveau en place.", restored.Text, StringComparison.Ordinal);
        Assert.Equal("Premier", await _byAnne.Browser.GetStringAsync($"{List}/{file}/telecharger"));
        Assert.Equal("Second", await _byAnne.Browser.GetStringAsync($"{List}/{file}/versions/2/telecharger"));
    }

    [Fact]
    public async Task Download_InPartsOrKnown_CountedOnce()
    {
        var file = await stage.Scene.FileOfGroupAsync(_group, _anne, "long.txt", "0123456789");
        using var first = await _byLuc.Browser.GetAsync($"{List}/{file}/telecharger");
        using var rest = new HttpRequestMessage(HttpMethod.Get, $"{List}/{file}/telecharger") { Headers = { Range = new RangeHeaderValue(5, null) } };
        using var part = await _byLuc.Browser.SendAsync(rest);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{List}/{file}/telecharger") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var known = await _byLuc.Browser.SendAsync(again);

        Assert.Equal((HttpStatusCode.PartialContent, "56789", HttpStatusCode.NotModified), (part.StatusCode, await part.Content.ReadAsStringAsync(), known.StatusCode));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<GroupFile>().Where(f => f.Item.ShortId == file).Select(f => f.Downloads).SingleAsync());
    }

    [Fact]
    public async Task Path_OfAFolderAndOfItsFile_AboveTheTitleForMembersAlone()
    {
        var (folder, inner) = (await FolderAsync("Marchés"), await FolderAsync("2026", "Marchés"));
        var file = await stage.Scene.FileOfGroupAsync(_group, _anne, "lots.txt", "a", audience: Audience.Public, folder: inner);

        Assert.Equal(["Fichiers", "Marchés"], await PathAsync(_byLuc, $"{List}?dossier={inner}"));
        Assert.Equal(["Fichiers", "Marchés", "2026"], await PathAsync(_byLuc, $"/c/{file}"));
        Assert.DoesNotContain("Marchés", await PathAsync(await stage.Instance.VisitorAsync(await stage.Scene.MemberAsync("Zoé Essai")), $"/c/{file}"));
        Assert.Empty(await PathAsync(new Visitor(stage.Instance.Browser()), $"/c/{file}"));

        static async Task<IEnumerable<string>> PathAsync(Visitor visitor, string address) =>
            (await visitor.OpenAsync(address)).Document.QuerySelectorAll(".fil-ariane a").Select(a => a.TextContent).SkipWhile(t => t != "Fichiers");
    }

    [Fact]
    public async Task Folder_RemovedWithItsFiles_AndUndone()
    {
        var (folder, inner) = (await FolderAsync("Marchés"), await FolderAsync("2026", "Marchés"));
        var (kept, gone) = (await stage.Scene.FileOfGroupAsync(_group, _anne, "dehors.txt", "a"), await stage.Scene.FileOfGroupAsync(_group, _anne, "dedans.txt", "b", folder: inner));

        var removed = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/{folder}/modifier"), "form[action$='/retirer'] button");

        Assert.Contains("Le dossier et son fichier sont à la corbeille.", removed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byAnne.OpenAsync($"/c/{gone}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _byAnne.OpenAsync($"{List}?dossier={inner}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _byAnne.OpenAsync($"/c/{kept}")).Status);

        var back = await _byAnne.SendAsync(removed, "form[action$='/retablir'] button");
        Assert.Contains("Le dossier est de retour, avec ses fichiers.", back.Text, StringComparison.Ordinal);
        Assert.Contains("dedans.txt", (await _byAnne.OpenAsync($"{List}?dossier={inner}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_FromTheTrashLater_ComesBackWholeWhereItWasBesideOneOfItsName()
    {
        var (outer, folder) = (await FolderAsync("Actes"), await FolderAsync("2026", "Actes"));
        var inner = await FolderAsync("Mars", "2026");
        await stage.Scene.FileOfGroupAsync(_group, _anne, "dedans.txt", "b", folder: inner);
        await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/{folder}/modifier"), "form[action$='/retirer'] button");
        await FolderAsync("2026", "Actes");

        var trash = await _byAnne.OpenAsync(Trash);
        var back = await _byAnne.SendAsync(trash, $"button[formaction$='/dossiers/{folder}/retablir']");

        Assert.Contains("Dossier « 2026 » 1 dossier, 1 fichier Anne Essai", trash.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dossier « Mars »", trash.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dossier « 2026 »", (await _byLuc.OpenAsync(Trash)).Text, StringComparison.Ordinal);
        Assert.Contains("Le dossier est de retour, avec ses fichiers.", back.Text, StringComparison.Ordinal);
        Assert.Contains("2026 (2)", (await _byAnne.OpenAsync($"{List}?dossier={outer}")).Text, StringComparison.Ordinal);
        Assert.Contains("Mars", (await _byAnne.OpenAsync($"{List}?dossier={folder}")).Text, StringComparison.Ordinal);
        Assert.Contains("dedans.txt", (await _byAnne.OpenAsync($"{List}?dossier={inner}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_TakenOutByItsMaker_FilesOfOthersStayInTheTrashAndFindItAgain()
    {
        var folder = await stage.Scene.FolderAsync(_group, _luc, "À Luc");
        var hers = await stage.Scene.FileOfGroupAsync(_group, _anne, "à elle.txt", "a", folder: folder);
        await stage.Scene.FileOfGroupAsync(_group, _luc, "à lui.txt", "b", folder: folder);
        await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/{folder}/modifier"), "form[action$='/retirer'] button");

        await _byLuc.SendAsync(await _byLuc.OpenAsync(Trash), $"button[formaction$='/dossiers/{folder}/retablir']");

        var list = await _byLuc.OpenAsync($"{List}?dossier={folder}");
        Assert.Contains("à lui.txt", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("à elle.txt", list.Text, StringComparison.Ordinal);
        await stage.Scene.FileOfGroupAsync(_group, _luc, "à elle.txt", "c", folder: folder);
        await _byAnne.SendAsync(await _byAnne.OpenAsync(Trash), $"button[formaction$='contenus/{hers}/gestes']");
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal("à elle (2).txt", await db.Set<GroupFile>().Where(f => f.Item.ShortId == hers && db.Set<TerritoireCollab.Files.Folders.FileFolder>().Any(d => d.Id == f.FolderId && d.ShortId == folder)).Select(f => f.Name).SingleAsync());
    }

    [Fact]
    public async Task Folder_LongInTheTrash_ErasedWithItsFiles()
    {
        var (folder, inner) = (await FolderAsync("Vieux"), await FolderAsync("Très vieux", "Vieux"));
        await stage.Scene.FileOfGroupAsync(_group, _anne, "vieux.txt", "b", folder: inner);
        await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/{folder}/modifier"), "form[action$='/retirer'] button");
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var before = stage.Instance.Clock.GetUtcNow().UtcDateTime.AddDays(-31);
            await db.Set<TerritoireCollab.Files.Folders.FileFolder>().Where(f => f.GroupId == _group.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.DeletedAt, before));
            await db.Items.IgnoreQueryFilters([TerritoireCollab.Platform.Data.AppDbContext.DeletedFilter]).Where(i => i.GroupId == _group.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.DeletedAt, before));
        }

        await stage.Instance.Services.GetServices<IRecurringJob>().OfType<PurgeOldData>().Single().RunAsync(default);

        await using var after = stage.Instance.Open(Viewer.System);
        Assert.False(await after.Set<TerritoireCollab.Files.Folders.FileFolder>().AnyAsync(f => f.GroupId == _group.Id));
        Assert.DoesNotContain("Dossier « Vieux »", (await _byAnne.OpenAsync(Trash)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_OfAMemberWithFilesOfOthers_OnlyAnAnimatorRemovesIt()
    {
        var folder = await stage.Scene.FolderAsync(_group, _luc, "À moi");
        await stage.Scene.FileOfGroupAsync(_group, _anne, "à elle.txt", "a", folder: folder);

        var refused = await _byLuc.SendAsync(await _byLuc.OpenAsync($"{List}/dossiers/{folder}/modifier"), "form[action$='/retirer'] button");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("demandez à un animateur", refused.Text, StringComparison.Ordinal);
        Assert.Contains("à elle.txt", (await _byLuc.OpenAsync($"{List}?dossier={folder}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_InsideItselfTooDeepOrTwice_RefusedInWords()
    {
        var (outer, inner) = (await FolderAsync("Dehors"), await FolderAsync("Dedans", "Dehors"));

        var itself = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/{outer}/modifier"), "form.formulaire", ("Input.Parent", inner));
        var twice = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/nouveau"), "form.formulaire", ("Input.Name", "DEHORS"));
        var deepest = inner;
        for (var depth = 3; depth <= 8; depth++) deepest = await stage.Scene.FolderAsync(_group, _anne, $"Niveau {depth}", deepest);
        var deep = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/nouveau?dossier={deepest}"), "form.formulaire", ("Input.Name", "Trop bas"));

        var arranged = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/dossiers/{inner}/modifier"), "form.formulaire", ("Input.Name", "Renommé"), ("Input.Parent", ""));

        Assert.Contains("Renommé", arranged.Text, StringComparison.Ordinal);
        Assert.Contains("Un dossier ne peut pas aller dans lui-même", itself.Text, StringComparison.Ordinal);
        Assert.Contains("Un dossier « DEHORS » est déjà là", twice.Text, StringComparison.Ordinal);
        Assert.Contains("Au plus 8 dossiers l’un dans l’autre", deep.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_ForWhoeverIsNoMember_NotThereAndPublicFilesStandTogether()
    {
        var folder = await FolderAsync("Secret de famille");
        await stage.Scene.FileOfGroupAsync(_group, _anne, "public.txt", "a", audience: Audience.Public, folder: folder);
        await stage.Scene.FileOfGroupAsync(_group, _anne, "réservé.txt", "b", folder: folder);
        var stranger = new Visitor(stage.Instance.Browser());

        var list = await stranger.OpenAsync(List);

        Assert.Contains("public.txt", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret de famille", list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("réservé", list.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"{List}?dossier={folder}")).Status);
        using var archive = await ZipAsync(stranger.Browser, $"{List}/archive.zip");
        Assert.Equal(["public.txt"], archive.Entries.Select(e => e.FullName));
    }

    [Fact]
    public async Task Archive_OfAFolderAndOfAChoice_HoldsWhatMayBeReadUnderSafeNames()
    {
        var (folder, inner) = (await FolderAsync("Actes"), await FolderAsync("2026", "Actes"));
        await stage.Scene.FileOfGroupAsync(_group, _anne, "un.txt", "Un", folder: folder);
        var two = await stage.Scene.FileOfGroupAsync(_group, _anne, "CON.txt", "Deux", folder: inner);
        var top = await stage.Scene.FileOfGroupAsync(_group, _anne, "con.txt", "Trois");

        using var whole = await ZipAsync(_byLuc.Browser, $"{List}/archive.zip?dossier={folder}");
        var page = await _byLuc.OpenAsync($"{List}?dossier={inner}");
        using var chosen = await _byLuc.Browser.PostAsync($"{List}/selection", new FormUrlEncodedContent([new("__RequestVerificationToken", page.ValueOf("__RequestVerificationToken")!), new("geste", "archive"), new("fichier", two), new("fichier", top)]));

        Assert.Equal(["2026/_CON.txt", "un.txt"], whole.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        using (var reader = new StreamReader(whole.GetEntry("2026/_CON.txt")!.Open())) Assert.Equal("Deux", await reader.ReadToEndAsync());
        using var two2 = new ZipArchive(await chosen.Content.ReadAsStreamAsync());
        // Which of both comes first is chance.
        Assert.Equal(["_con (2).txt", "_con.txt"], two2.Entries.Select(e => e.FullName.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Import_AnArchive_FoldersMadeFilesAddedAndTheRestSaid()
    {
        var bytes = await ArchiveAsync(("Modèles/lettre.txt", "Bonjour"), ("Modèles/2026/lettre.txt", "Bonsoir"), ("../dehors.txt", "non"), ("lettre.txt", "Haut"));

        await FolderAsync("Modèles");
        var page = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/importer"), "form.formulaire", [("Archive", "tout.zip", bytes)]);

        Assert.Contains("3 fichiers sont ajoutés", page.Text, StringComparison.Ordinal);
        Assert.Contains("Un dossier est créé.", page.Text, StringComparison.Ordinal);
        Assert.Contains("dehors.txt", page.Text, StringComparison.Ordinal);
        using var whole = await ZipAsync(_byLuc.Browser, $"{List}/archive.zip");
        Assert.Equal(["Modèles/2026/lettre.txt", "Modèles/lettre.txt", "lettre.txt"], whole.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Import_OfManyFiles_ToldOnceWithTheirNumber()
    {
        var page = await _byAnne.OpenAsync($"{List}/importer");
        await _byAnne.SendAsync(page, "form.formulaire", [("Archive", "tout.zip", await ArchiveAsync(("a.txt", "Un"), ("b.txt", "Deux"), ("c.txt", "Trois")))]);
        await stage.Instance.SettleAsync();

        var news = await _byLuc.OpenAsync("/moi/nouveautes");
        Assert.Contains("Anne Essai a déposé le fichier « a.txt » et 2 autres fichiers", news.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("b.txt", news.Text, StringComparison.Ordinal);
        Assert.Contains("et 2 autres fichiers", Assert.Single(await stage.LettersAsync(_luc.Email)).Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Notifications.CountAsync(n => n.GroupId == _group.Id && n.MemberId == _luc.Id));
    }

    [Fact]
    public async Task Quota_Full_RefusedInWordsCountedOnceAndRaisedByAnAdministrator()
    {
        var large = new byte[700_000];
        Random.Shared.NextBytes(large);
        await AddAsync(_byAnne, [("grand.bin", large)]);

        var again = await AddAsync(_byAnne, [("le même.bin", large)]);
        var other = await AddAsync(_byLuc, [("autre.bin", [.. large, 1])]);

        Assert.Contains("Le fichier est déposé.", again.Text, StringComparison.Ordinal);
        Assert.True(other.Refuses("Input.Files"));
        Assert.Contains("Le groupe a droit à 1 Mo et il lui reste", other.Text, StringComparison.Ordinal);
        var admin = await stage.AsAsync(await stage.Scene.MemberAsync("Ada Essai", admin: true));
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync("/administration/fichiers")).Status);
        Assert.Equal("Fichiers", (await admin.OpenAsync("/administration/fichiers")).Document.QuerySelector("nav a[aria-current][href='administration/fichiers']")!.TextContent.Trim());
        await admin.SendAsync(await admin.OpenAsync("/administration/fichiers"), $"form[action$='/{_group.Slug}'] button", ("megaoctets", "2"));
        Assert.Contains("Le fichier est déposé.", (await AddAsync(_byLuc, [("autre.bin", [.. large, 1])])).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_OfDocuments_FoundByTheSearchAndFailingOnesSaid()
    {
        using var odt = new MemoryStream();
        OdtWriter.Write(new() { Title = "Note", Modified = DateTimeOffset.UnixEpoch, Blocks = [new WrittenParagraph([new WrittenText("Le zèbremarqueur est prêt.")])] }, odt);
        var (good, bad) = (await stage.Scene.BytesOfGroupAsync(_group, _anne, "note.odt", odt.ToArray()), await stage.Scene.BytesOfGroupAsync(_group, _anne, "abîmé.docx", [0x50, 0x4B, 3, 4, 0, 0, 1, 2]));
        Assert.Contains("en cours de lecture", (await _byLuc.OpenAsync($"/c/{good}")).Text, StringComparison.Ordinal);

        await stage.Scene.ReadTextsAsync();

        Assert.Contains("Le zèbremarqueur est prêt.", (await _byLuc.OpenAsync($"/c/{good}")).Text, StringComparison.Ordinal);
        Assert.Contains("n’a pas pu être lu", (await _byLuc.OpenAsync($"/c/{bad}")).Text, StringComparison.Ordinal);
        Assert.Contains("note.odt", (await _byLuc.OpenAsync("/recherche?q=zebremarqueur")).Text, StringComparison.Ordinal);
        var stranger = await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai"));
        Assert.DoesNotContain("note.odt", (await stranger.OpenAsync("/recherche?q=zebremarqueur")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_OffByDefault_ThenByItsLinkWithoutAnAccountUntilItEnds()
    {
        var file = await stage.Scene.FileOfGroupAsync(_group, _luc, "partagé.txt", "Pour vous");
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"{List}/{file}/partager")).Status);

        await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}/reglages"), "form.formulaire", ("Input.AllowsSharing", "true"));
        var made = await _byLuc.SendAsync(await _byLuc.OpenAsync($"{List}/{file}/partager"), "form.formulaire", ("Input.Days", "3"), ("Input.Password", "sésame-ouvre"), ("Input.MostDownloads", "1"));
        var link = new Uri(made.Document.QuerySelector("code")!.TextContent).AbsolutePath;
        var stranger = new Visitor(stage.Instance.Browser());
        var page = await stranger.OpenAsync(link);

        Assert.Contains("partagé.txt", page.Text, StringComparison.Ordinal);
        Assert.Contains("Partagé par le groupe « Groupe ».", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ce n’est pas le bon mot de passe.", (await stranger.SendAsync(page, "form.formulaire", ("motDePasse", "autre"))).Text, StringComparison.Ordinal);
        Assert.Equal("Pour vous", (await stranger.SendAsync(page, "form.formulaire", ("motDePasse", "sésame-ouvre"))).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(link)).Status);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.DoesNotContain(await db.Set<ShareLink>().Select(s => s.TokenHash).ToListAsync(), h => link.Contains(h, StringComparison.Ordinal));
        Assert.True(await db.SecurityEvents.AnyAsync(e => e.Kind == "partage.cree" && e.ActorId == _luc.Id && e.GroupId == _group.Id));
    }

    [Fact]
    public async Task Share_TakenBackForbiddenOrItsMakerGone_LikeWhatNeverWas()
    {
        await stage.Scene.AllowSharingAsync(_group, _anne);
        var file = await stage.Scene.FileOfGroupAsync(_group, _luc, "partagé.txt", "Pour vous");
        var (first, second, third) = (await stage.Scene.ShareAsync(file, _anne), await stage.Scene.ShareAsync(file, _luc), await stage.Scene.ShareAsync(file, _anne));
        var stranger = new Visitor(stage.Instance.Browser());
        async Task<HttpStatusCode> StatusAsync(string secret) => (await stranger.OpenAsync($"/partage/{secret}")).Status;
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [await StatusAsync(first), await StatusAsync(second), await StatusAsync(third)]);

        var list = await _byAnne.OpenAsync($"{List}/{file}/partager");
        Assert.Equal(3, list.Document.QuerySelectorAll("form[action*='/partages/'] button").Length);
        await _byAnne.SendAsync(list, "form[action*='/partages/'] button");
        Assert.Equal(2, new[] { await StatusAsync(first), await StatusAsync(second), await StatusAsync(third) }.Count(s => s == HttpStatusCode.OK));
        await stage.Scene.JoinAsync(_group, _luc, state: MembershipState.Left);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second));
        Assert.Contains(HttpStatusCode.OK, new[] { await StatusAsync(first), await StatusAsync(third) });

        await stage.Scene.AllowSharingAsync(_group, _anne, allows: false);
        foreach (var secret in new[] { first, second, third, "nimportequoi" }) Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(secret));
    }

    [Fact]
    public async Task Share_OfAHiddenGroup_NamesTheFileAndNotTheGroup()
    {
        var hidden = await stage.Scene.GroupAsync("Cellule discrète", _anne, GroupVisibility.Hidden);
        await stage.Scene.TurnOnAsync(hidden);
        await stage.Scene.AllowSharingAsync(hidden, _anne);
        var file = await stage.Scene.FileOfGroupAsync(hidden, _anne, "partagé.txt", "Pour vous");

        var page = await new Visitor(stage.Instance.Browser()).OpenAsync($"/partage/{await stage.Scene.ShareAsync(file, _anne)}");

        Assert.Contains("partagé.txt", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("discrète", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden.Slug, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_ManyWrongPasswords_PausedEvenForTheRightOne()
    {
        await stage.Scene.AllowSharingAsync(_group, _anne);
        var file = await stage.Scene.FileOfGroupAsync(_group, _anne, "partagé.txt", "Pour vous");
        var stranger = new Visitor(stage.Instance.Browser());
        var page = await stranger.OpenAsync($"/partage/{await stage.Scene.ShareAsync(file, _anne, password: "sésame-ouvre")}");
        for (var n = 0; n < 8; n++) await stranger.SendAsync(page, "form.formulaire", ("motDePasse", $"essai {n}"));

        Assert.Contains("Trop d’essais", (await stranger.SendAsync(page, "form.formulaire", ("motDePasse", "sésame-ouvre"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_ToAnotherGroup_SameLinkOnTopThere()
    {
        var other = await stage.Scene.GroupAsync("Autre groupe", _anne);
        var file = await stage.Scene.FileOfGroupAsync(_group, _anne, "voyageur.txt", "Bonjour", folder: await FolderAsync("Départ"));

        await _byAnne.SendAsync(await _byAnne.OpenAsync($"/contenus/{file}/deplacer"), "form.formulaire", ("To", other.Slug));

        Assert.StartsWith($"/groupes/{other.Slug}/fichiers/", (await _byAnne.OpenAsync($"/c/{file}")).Address, StringComparison.Ordinal);
        Assert.Equal("Bonjour", await _byAnne.Browser.GetStringAsync($"{List}/{file}/telecharger"));
        Assert.Contains("voyageur.txt", (await _byAnne.OpenAsync($"/groupes/{other.Slug}/fichiers")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"/c/{file}")).Status);
    }

    [Fact]
    public async Task Selection_MovedAndRemoved_OnlyWhatIsOnesOwn()
    {
        var folder = await FolderAsync("Rangé");
        var (own, others) = (await stage.Scene.FileOfGroupAsync(_group, _luc, "à moi.txt", "a"), await stage.Scene.FileOfGroupAsync(_group, _anne, "à elle.txt", "b"));
        var page = await _byLuc.OpenAsync(List);

        var moved = await _byLuc.SendAsync(page, "button[value=deplacer]", ("fichier", own), ("vers", folder));
        var removed = await _byLuc.SendAsync(await _byLuc.OpenAsync(List), "button[value=jeter]", ("fichier", others));

        Assert.Contains("Le fichier est rangé ici.", moved.Text, StringComparison.Ordinal);
        Assert.Contains("à moi.txt", moved.Text, StringComparison.Ordinal);
        Assert.Contains("Aucun fichier n’est retiré.", removed.Text, StringComparison.Ordinal);
        Assert.Contains("à elle.txt", removed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selection_WithFolders_PackedMovedAndRemovedWhole()
    {
        var (acts, inner) = (await FolderAsync("Actes"), await FolderAsync("2026", "Actes"));
        await stage.Scene.FileOfGroupAsync(_group, _anne, "dedans.txt", "a", folder: inner);
        await stage.Scene.FileOfGroupAsync(_group, _luc, "dessus.txt", "b", folder: acts);
        var (alone, target) = (await stage.Scene.FileOfGroupAsync(_group, _luc, "seul.txt", "c"), await FolderAsync("Archives"));

        var page = await _byLuc.OpenAsync(List);
        using var packed = await _byLuc.Browser.PostAsync($"{List}/selection", new FormUrlEncodedContent([new("__RequestVerificationToken", page.ValueOf("__RequestVerificationToken")!), new("geste", "archive"), new("fichier", alone), new("dossiers", acts)]));
        var moved = await _byLuc.SendAsync(page, "button[value=deplacer]", ("fichier", alone), ("dossiers", acts), ("vers", target));
        var kept = await _byLuc.SendAsync(moved, "button[value=jeter]", ("dossiers", acts));
        var removed = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{List}?dossier={target}"), "button[value=jeter]", ("dossiers", acts));

        Assert.NotNull(page.Document.QuerySelector($"input[name=dossiers][value='{acts}'][aria-label='Choisir le dossier «\u00A0Actes\u00A0»']"));
        Assert.True(page.Document.QuerySelector("label:has(input[data-coche-tout])")!.HasAttribute("hidden"));
        using (var archive = new ZipArchive(await packed.Content.ReadAsStreamAsync())) Assert.Equal(["Actes/2026/dedans.txt", "Actes/dessus.txt", "seul.txt"], archive.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        Assert.Contains("Le fichier est rangé ici. Un dossier est rangé ici.", moved.Text, StringComparison.Ordinal);
        Assert.Contains("Vous n’avez pas le droit d’en retirer 1.", kept.Text, StringComparison.Ordinal);
        Assert.Contains("Un dossier est à la corbeille, avec ce qu’il contient.", removed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("dedans.txt", (await _byLuc.OpenAsync(List + "?accessible=inconnu")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_DropZone_PutsFilesIntoTheOpenFolderAndSaysHowLargeTheyMayBe()
    {
        var folder = await FolderAsync("Ouvert");
        var list = await _byLuc.OpenAsync($"{List}?dossier={folder}");

        var page = await _byLuc.SendAsync(list, "form[data-depot-part] button", [("Input.Files", "glissé.txt", "contenu"u8.ToArray())]);

        Assert.True(list.Document.QuerySelector("form[data-depot-part]")!.HasAttribute("hidden"));
        Assert.Contains("Déposer des fichiers dans « Ouvert »", list.Text, StringComparison.Ordinal);
        Assert.Contains("Un fichier peut peser 4 Go (25 Mo si", list.Text, StringComparison.Ordinal);
        Assert.Contains("Le fichier est déposé.", page.Text, StringComparison.Ordinal);
        Assert.Contains("glissé.txt", (await _byLuc.OpenAsync($"{List}?dossier={folder}")).Text, StringComparison.Ordinal);
        Assert.Null((await new Visitor(stage.Instance.Browser()).OpenAsync(List)).Document.QuerySelector("form[data-depot-part]"));
        Assert.Contains("Chaque fichier qu’il contient peut peser 4 Go.", (await _byLuc.OpenAsync(List + "/importer")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FileCheck.Waiting, false)]
    [InlineData(FileCheck.Quarantined, false)]
    [InlineData(FileCheck.Clean, true)]
    public async Task Feed_FileThatTheAntivirusHolds_NotOffered(FileCheck check, bool isOffered)
    {
        var file = await stage.Scene.FileOfGroupAsync(_group, _anne, "retenu.txt", $"Contenu {check}", audience: Audience.Public);
        await using (var db = stage.Instance.Open(Viewer.System)) await db.Files.Where(f => db.Set<GroupFile>().Any(g => g.FileId == f.Id && g.Item.ShortId == file)).ExecuteUpdateAsync(set => set.SetProperty(f => f.Check, check));

        var feed = await _byLuc.Browser.GetStringAsync($"{List}/flux.atom");

        Assert.Contains("retenu.txt", feed, StringComparison.Ordinal);
        Assert.Equal(isOffered, feed.Contains($"/{file}/telecharger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Picture_WithWhereItWasTaken_ShownWithoutIt()
    {
        var file = await stage.Scene.BytesOfGroupAsync(_group, _anne, "photo.png", Pictures.Png(secrets: true));

        var shown = await _byLuc.Browser.GetByteArrayAsync($"{List}/{file}/apercu");
        var given = await _byLuc.Browser.GetByteArrayAsync($"{List}/{file}/telecharger");

        Assert.DoesNotContain(Pictures.Secret, Encoding.Latin1.GetString(shown), StringComparison.Ordinal);
        Assert.Contains(Pictures.Secret, Encoding.Latin1.GetString(given), StringComparison.Ordinal);
        Assert.Contains("fichier-apercu", (await _byLuc.OpenAsync($"/c/{file}")).Body, StringComparison.Ordinal);
    }

    private async Task<string> FolderAsync(string name, string? within = null)
    {
        string? around = null;
        if (within is not null)
        {
            await using var db = stage.Instance.Open(Viewer.System);
            around = await db.Set<TerritoireCollab.Files.Folders.FileFolder>().Where(f => f.GroupId == _group.Id && f.Name == within).Select(f => f.ShortId).SingleAsync();
        }

        return await stage.Scene.FolderAsync(_group, _anne, name, around);
    }

    private async Task<VisitedPage> AddAsync(Visitor by, (string Name, byte[] Bytes)[] files, params (string Name, string? Value)[] fields) =>
        await by.SendAsync(await by.OpenAsync(List + "/nouveau"), "form.formulaire", [.. files.Select(f => ("Input.Files", f.Name, f.Bytes))], fields);

    private static async Task<byte[]> ArchiveAsync(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                await using var entry = zip.CreateEntry(name).Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static async Task<ZipArchive> ZipAsync(HttpClient browser, string address) => new(new MemoryStream(await browser.GetByteArrayAsync(address)));

    private static string IdOf(VisitedPage page) => page.Address.Split('?')[0].Split('/')[^1][..8];
}
