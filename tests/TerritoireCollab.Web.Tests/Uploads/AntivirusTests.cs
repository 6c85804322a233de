using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Uploads;

/// <summary>Files before, while and after the antivirus looks at them.</summary>
public sealed class AntivirusTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_NotLookedAtYet_GoesOutToNobodyThenToAll(bool bySocket)
    {
        await using var clamd = new ClamAvSink(bySocket ? Path.Combine(Path.GetTempPath(), $"clamd-{Guid.CreateVersion7():N}.sock") : null);
        await using var set = await SetAsync(clamd.Address);
        var link = await AttachAsync(set, "Rien de grave.");
        var page = await set.Visitor.OpenAsync($"/c/{await TopicAsync(set)}");
        Assert.Contains("analyse en cours", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".pieces a"));
        var held = await set.Visitor.OpenAsync(link);
        Assert.Equal(HttpStatusCode.Locked, held.Status);
        Assert.Contains("n’a pas encore examiné ce fichier", held.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/pieces/", await FeedAsync(set), StringComparison.Ordinal);

        await set.Instance.DecideAsync();

        Assert.Equal("Rien de grave.", await set.Visitor.Browser.GetStringAsync(link));
        Assert.Contains("/pieces/", await FeedAsync(set), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithSomethingInIt_PutAsideAndBothAreTold()
    {
        await using var clamd = new ClamAvSink();
        await using var set = await SetAsync(clamd.Address);
        var link = await AttachAsync(set, ClamAvSink.Eicar);

        await set.Instance.WorkAsync();
        await set.Instance.WorkAsync();

        var held = await set.Visitor.OpenAsync(link);
        Assert.Equal(HttpStatusCode.Locked, held.Status);
        Assert.Contains("L’antivirus a trouvé quelque chose", held.Text, StringComparison.Ordinal);
        Assert.Contains("mis à l’écart par l’antivirus", (await set.Visitor.OpenAsync($"/c/{await TopicAsync(set)}")).Text, StringComparison.Ordinal);
        var mails = set.Instance.Mails().Select(Letter.Of).Where(l => l.Text.Contains("L’antivirus a trouvé", StringComparison.Ordinal)).ToList();
        Assert.Equal([set.Member.Email!.ToLowerInvariant(), set.Owner.Email!.ToLowerInvariant()], mails.Select(m => m.To.ToLowerInvariant()).Order());
        Assert.All(mails, m => Assert.Contains("Eicar-Signature", m.Text, StringComparison.Ordinal));
        await using var db = set.Instance.Open(Viewer.System);
        Assert.Equal((FileCheck.Quarantined, "Eicar-Signature"), await db.Files.Select(f => ValueTuple.Create(f.Check, f.Threat)).SingleAsync());
    }

    [Fact]
    public async Task FileOfTheGroup_WithSomethingInIt_PutAsideAndBothAreTold()
    {
        await using var clamd = new ClamAvSink();
        await using var set = await SetAsync(clamd.Address);
        await new Scene(set.Instance).TurnOnAsync(set.Group);
        await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/groupes/{set.Group.Slug}/fichiers/nouveau"), "form.formulaire", [("Input.Files", "budget.txt", Encoding.ASCII.GetBytes(ClamAvSink.Eicar))]);

        await set.Instance.WorkAsync();
        await set.Instance.WorkAsync();

        var mails = set.Instance.Mails().Select(Letter.Of).Where(l => l.Text.Contains("L’antivirus a trouvé", StringComparison.Ordinal)).ToList();
        Assert.Equal([set.Member.Email!.ToLowerInvariant(), set.Owner.Email!.ToLowerInvariant()], mails.Select(m => m.To.ToLowerInvariant()).Order());
        Assert.All(mails, m => Assert.Contains("budget", m.Text, StringComparison.Ordinal));
        await using var db = set.Instance.Open(Viewer.System);
        var page = await set.Visitor.OpenAsync("/c/" + await db.Items.Where(i => i.Kind == "files.file").Select(i => i.ShortId).SingleAsync());
        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var way in page.Document.QuerySelectorAll("main a[href*='telecharger'], main a[download]").Select(a => "/" + a.GetAttribute("href"))) Assert.Equal(HttpStatusCode.Locked, (await set.Visitor.OpenAsync(way)).Status);
        using var archive = await set.Visitor.Browser.GetAsync($"/groupes/{set.Group.Slug}/fichiers/archive.zip");
        Assert.DoesNotContain("X5O!P", await archive.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CoverOfAnArticle_WithSomethingInIt_BothAreTold()
    {
        await using var clamd = new ClamAvSink { Threat = "PNG" };
        await using var set = await SetAsync(clamd.Address);
        var scene = new Scene(set.Instance);
        await scene.TurnOnAsync(set.Group);
        await scene.ArticleAsync(set.Group, set.Member, "Une page du journal", cover: Pictures.Png());

        await set.Instance.WorkAsync();
        await set.Instance.WorkAsync();

        var mails = set.Instance.Mails().Select(Letter.Of).Where(l => l.Text.Contains("L’antivirus a trouvé", StringComparison.Ordinal)).ToList();
        Assert.Equal([set.Member.Email!.ToLowerInvariant(), set.Owner.Email!.ToLowerInvariant()], mails.Select(m => m.To.ToLowerInvariant()).Order());
        Assert.All(mails, m => Assert.Contains("Une page du journal", m.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_KnownAsDangerous_IsNotAttachedAgain()
    {
        await using var clamd = new ClamAvSink();
        await using var set = await SetAsync(clamd.Address);
        await AttachAsync(set, ClamAvSink.Eicar);
        await set.Instance.DecideAsync();

        var again = await SendAsync(set, ClamAvSink.Eicar);

        Assert.Contains("a reconnu ce fichier comme dangereux", again.Text, StringComparison.Ordinal);
        await using var db = set.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Attachments.CountAsync());
    }

    [Fact]
    public async Task Antivirus_Away_FilesWaitUntilItIsBack()
    {
        await using var clamd = new ClamAvSink { IsAway = true };
        await using var set = await SetAsync(clamd.Address);
        var link = await AttachAsync(set, "Rien de grave.");
        await set.Instance.DecideAsync();
        Assert.Equal(HttpStatusCode.Locked, (await set.Visitor.OpenAsync(link)).Status);

        clamd.IsAway = false;
        await set.Instance.DecideAsync();

        Assert.Equal(HttpStatusCode.OK, (await set.Visitor.Browser.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task File_LargerThanTheAntivirusTakes_GoesOutUnchecked()
    {
        await using var clamd = new ClamAvSink { StreamMaxLength = 1000 };
        await using var set = await SetAsync(clamd.Address);
        var link = await AttachAsync(set, new string('a', 500_000));
        await set.Instance.DecideAsync();

        Assert.Equal(HttpStatusCode.OK, (await set.Visitor.Browser.GetAsync(link)).StatusCode);
        await using var db = set.Instance.Open(Viewer.System);
        Assert.Equal(FileCheck.None, await db.Files.Select(f => f.Check).SingleAsync());
        Assert.Equal(1, clamd.Asked);
        await set.Instance.DecideAsync();
        Assert.Equal(1, clamd.Asked);
    }

    [Fact]
    public async Task Photo_NotLookedAtYet_GoesOutToNobody()
    {
        await using var clamd = new ClamAvSink();
        await using var set = await SetAsync(clamd.Address);
        await set.Visitor.SendAsync(await set.Visitor.OpenAsync("/moi"), "input[name=Photo]", [("Photo", "moi.png", Pictures.Png(40))]);
        using var browser = await set.Instance.SignedInAsync(set.Owner.Id);

        Assert.Equal(HttpStatusCode.Locked, (await browser.GetAsync($"/membres/{set.Member.Handle}/photo")).StatusCode);
        await set.Instance.DecideAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/membres/{set.Member.Handle}/photo")).StatusCode);
    }

    private sealed record Set(Instance Instance, Member Owner, Member Member, Group Group, Visitor Visitor) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Instance.DisposeAsync();
    }

    private static async Task<Set> SetAsync(string clamd)
    {
        var instance = await Instance.StartAsync(settings: [("Territoire:Files:ClamAv", clamd)]);
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Zoé Animatrice"), await scene.MemberAsync("Alix Membre"));
        var group = await scene.GroupAsync("Groupe", owner, members: member);
        return new(instance, owner, member, group, new Visitor(await instance.SignedInAsync(member.Id)));
    }

    private static async Task<VisitedPage> SendAsync(Set set, string content) =>
        await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/groupes/{set.Group.Slug}/forum/nouveau"), "[name='Input.Title']", [("Files", "note.txt", Encoding.ASCII.GetBytes(content))], ("Input.Title", "Avec fichier"), ("Input.Body", "Voici."));

    private static async Task<string> AttachAsync(Set set, string content)
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(set, content)).Status);
        await using var db = set.Instance.Open(Viewer.System);
        return $"/pieces/{await db.Attachments.Select(a => a.Id).SingleAsync():N}/note.txt";
    }

    private static async Task<string> TopicAsync(Set set)
    {
        await using var db = set.Instance.Open(Viewer.System);
        return await db.Attachments.Select(a => a.Item.ShortId).SingleAsync();
    }

    private static Task<string> FeedAsync(Set set) => set.Visitor.Browser.GetStringAsync($"/groupes/{set.Group.Slug}/flux.json");
}
