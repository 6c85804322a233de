using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Documents;
using TerritoireCollab.Files.Drawing;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Files;

/// <summary>Pages of PDF files shown as pictures, to those who read the file and to nobody else.</summary>
public sealed class PreviewTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Group _group = null!;
    private Member _anne = null!;
    private Visitor _byLuc = null!;

    private string List => $"/groupes/{_group.Slug}/fichiers";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(new PdfPages().IsInstalled, "skipped: not here");
        _anne = await stage.Scene.MemberAsync("Anne Essai");
        var luc = await stage.Scene.MemberAsync("Luc Essai");
        _group = await stage.Scene.GroupAsync("Groupe", _anne, members: luc);
        _byLuc = await stage.AsAsync(luc);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Pdf_Drawn_ItsPagesArePicturesWithWordsAndItsTextBelow()
    {
        var file = await PdfAsync("Plan de la halle");
        await stage.Scene.ReadTextsAsync();
        await stage.Scene.DrawPagesAsync();

        var page = await _byLuc.OpenAsync($"/c/{file}");
        using var picture = await _byLuc.Browser.GetAsync($"{List}/{file}/apercu/1");

        var shown = Assert.Single(page.Document.QuerySelectorAll("img.fichier-page"));
        Assert.Equal(("Page 1 de «\u00a0plan.pdf\u00a0»", "lazy"), (shown.GetAttribute("alt"), shown.GetAttribute("loading")));
        Assert.True(int.Parse(shown.GetAttribute("height")!, System.Globalization.CultureInfo.InvariantCulture) is > 0 and <= 1_200);
        Assert.Contains("Plan de la halle", page.Document.QuerySelector(".fichier-texte .coupe-texte")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("image/jpeg", "private, max-age=3600", "default-src 'none'; sandbox"), (picture.Content.Headers.ContentType!.MediaType, picture.Headers.CacheControl!.ToString().Replace("max-age=3600, private", "private, max-age=3600", StringComparison.Ordinal), picture.Headers.GetValues("Content-Security-Policy").Single()));
        Assert.True(await picture.Content.ReadAsByteArrayAsync() is [0xff, 0xd8, 0xff, ..]);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"{List}/{file}/apercu/2")).Status);
    }

    [Fact]
    public async Task Pdf_OfTheGroupAlone_PicturesHiddenFromOthers()
    {
        var file = await PdfAsync("Pour le groupe");
        await stage.Scene.DrawPagesAsync();
        var stranger = await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai"));

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"{List}/{file}/apercu/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.Browser.GetAsync($"{List}/{file}/apercu/1")).StatusCode);
    }

    [Fact]
    public async Task Pdf_PutAsideByTheAntivirus_NoPicture()
    {
        var file = await PdfAsync("Dangereux");
        await stage.Scene.DrawPagesAsync();
        await CheckAsync(file, FileCheck.Quarantined);

        Assert.Empty((await _byLuc.OpenAsync($"/c/{file}")).Document.QuerySelectorAll("img.fichier-page"));
        Assert.NotEqual(HttpStatusCode.OK, (await _byLuc.Browser.GetAsync($"{List}/{file}/apercu/1")).StatusCode);
    }

    [Fact]
    public async Task Pdf_WaitsForTheAntivirus_DrawnOnceItIsThrough()
    {
        var file = await PdfAsync("En attente");
        await CheckAsync(file, FileCheck.Waiting);
        await stage.Scene.DrawPagesAsync();
        var before = await PagesAsync(file);

        await CheckAsync(file, FileCheck.Clean);
        await stage.Scene.DrawPagesAsync();

        Assert.Equal((0, 1), (before, await PagesAsync(file)));
    }

    [Fact]
    public async Task Pdf_SameBytesTwice_DrawnOnceAndNotCounted()
    {
        var bytes = PlainPdf.Write("Deux fois", "Deux fois");
        var first = await stage.Scene.BytesOfGroupAsync(_group, _anne, "un.pdf", bytes);
        var second = await stage.Scene.BytesOfGroupAsync(_group, _anne, "deux.pdf", bytes);

        var drawn = await stage.Scene.DrawPagesAsync();

        Assert.Equal((1, 1, 1), (drawn, await PagesAsync(first), await PagesAsync(second)));
        Assert.Equal(0, await stage.Scene.DrawPagesAsync());
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(bytes.Length, (await stage.Instance.Services.GetRequiredService<TerritoireCollab.Files.Quota.GroupQuota>().ReadAsync(db, _group.Id, default)).Used);
    }

    [Fact]
    public async Task Pdf_Broken_TriedOnceAndLeftWithoutPictures()
    {
        var file = await stage.Scene.BytesOfGroupAsync(_group, _anne, "casse.pdf", Encoding.ASCII.GetBytes("%PDF-1.7\nrien de plus"));

        Assert.Equal((1, 0), (await stage.Scene.DrawPagesAsync(), await stage.Scene.DrawPagesAsync()));
        Assert.Equal((0, HttpStatusCode.OK), (await PagesAsync(file), (await _byLuc.OpenAsync($"/c/{file}")).Status));
    }

    [Fact]
    public async Task Pdf_ErasedForGood_ItsPicturesAreErasedAfterIt()
    {
        var file = await PdfAsync("Bientôt parti");
        await stage.Scene.DrawPagesAsync();
        List<Guid> kept;
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var source = await db.Set<GroupFile>().Where(f => f.Item.ShortId == file).Select(f => f.FileId).SingleAsync();
            kept = [source, .. await db.Set<DrawnPage>().Where(p => p.FileId == source).Select(p => p.PictureId).ToListAsync()];
            await db.Set<FileVersion>().Where(v => v.FileId == source).ExecuteDeleteAsync();
            await db.Set<GroupFile>().Where(f => f.FileId == source).ExecuteDeleteAsync();
        }

        stage.Instance.Clock.Advance(TimeSpan.FromDays(3));
        for (var night = 0; night < 2; night++)
        {
            await using var db = stage.Instance.Open(Viewer.System);
            foreach (var hash in await db.Files.Where(f => kept.Contains(f.Id)).Select(f => f.Sha256).ToListAsync()) File.SetLastWriteTimeUtc(Directory.EnumerateFiles(stage.Instance.Services.GetRequiredService<FileStoreOptions>().Folder, hash + "*", SearchOption.AllDirectories).Single(), stage.Instance.Clock.GetUtcNow().UtcDateTime.AddDays(-3));
            await stage.Instance.Services.GetRequiredService<ForgottenFiles>().EraseAsync(db, default);
        }

        await using var after = stage.Instance.Open(Viewer.System);
        Assert.Equal(2, kept.Count);
        Assert.False(await after.Files.AnyAsync(f => kept.Contains(f.Id)));
    }

    private Task<string> PdfAsync(string text) => stage.Scene.BytesOfGroupAsync(_group, _anne, "plan.pdf", PlainPdf.Write(text, text));

    private async Task<int> PagesAsync(string file)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<DrawnPage>().CountAsync(p => db.Set<GroupFile>().Any(f => f.FileId == p.FileId && f.Item.ShortId == file));
    }

    private async Task CheckAsync(string file, FileCheck check)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        await db.Files.Where(f => db.Set<GroupFile>().Any(g => g.FileId == f.Id && g.Item.ShortId == file)).ExecuteUpdateAsync(set => set.SetProperty(f => f.Check, check));
    }
}
