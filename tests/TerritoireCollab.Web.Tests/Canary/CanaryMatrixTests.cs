using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Own;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Polls.Closing;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Web.Tests.Canary;

/// <summary>
/// Every private thing carries a word that exists nowhere else. Each role harvests each channel: pages by crawling, known addresses,
/// search, feeds, API, files, notifications, mails, hub frames. A role must find every word it may read, and not one other.
/// </summary>
public sealed class CanaryMatrixTests
{
    private const int MostActs = 60;

    // One in so many of the words that a role may read is searched for too.
    private const int Sampled = 20;

    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Canaries_EveryRoleAndChannel_ExactlyWhatItMayRead(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var seed = await Seed.PlantAsync(instance);
        var problems = new List<string>();

        var titles = await TitlesAsync(instance);
        var harvests = new ConcurrentDictionary<Role, (string Found, IReadOnlyList<string> Broken)>();
        // The filters are the same everywhere; how a database takes them, four roles show.
        var roles = seed.Roles.Where(r => provider == DatabaseProvider.Sqlite || r.Name is "anonyme" or "membre d’un autre groupe" or "membre" or "administrateur").ToList();
        await Parallel.ForEachAsync(roles, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (role, _) => harvests[role] = await HarvestAsync(instance, seed, role, titles));
        foreach (var role in roles)
        {
            var (harvest, broken) = harvests[role];
            problems.AddRange(broken.Select(b => $"PANNE: « {role.Name} » reçoit {b}"));
            foreach (var canary in seed.Canaries)
            {
                var found = harvest.Contains(canary.Word, StringComparison.OrdinalIgnoreCase);
                if (found && !canary.Readers.Contains(role.Name)) problems.Add($"FUITE: « {role.Name} » trouve {canary.What}: {Around(harvest, canary.Word)}");
                if (!found && canary.Expected.Contains(role.Name)) problems.Add($"ABSENT: « {role.Name} » ne trouve pas {canary.What}");
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    [Fact]
    public async Task Canaries_GatheredMailsSummariesAndTheirPreview_OnlyWhatEachMayRead()
    {
        await using var instance = await Instance.StartAsync(manualClock: true, settings: ("Territoire:Mail:GatherMinutes", "3"));
        await instance.DecideAsync();
        var seed = await Seed.PlantAsync(instance);
        instance.Clock.Advance(TimeSpan.FromMinutes(4));
        await instance.WorkAsync();
        await TellAdministratorsAsync(instance, seed);
        var gathered = instance.Mails().Count;
        foreach (var kind in new[] { "administration.essai", "administration.alerte" }) Assert.Contains(instance.Mails(), m => m.Contains($"<{kind}.", StringComparison.Ordinal));

        // Told anew, by summaries.
        await using (var db = instance.Open(Viewer.System))
        {
            await db.Notifications.ExecuteDeleteAsync();
            await db.Mails.ExecuteDeleteAsync();
            await db.ReadMarks.ExecuteDeleteAsync();
            await db.Memberships.ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, MailLevel.DailyDigest));
        }

        var previews = new Dictionary<string, string>();
        foreach (var role in seed.Roles.Where(r => r.Session is not null))
        {
            using var browser = instance.Browser(role.Session);
            using var answer = await browser.GetAsync("/moi/lettre");
            previews[role.Name] = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        }

        instance.Clock.Advance(TimeSpan.FromHours(22));
        await instance.WorkAsync();
        await AskAndInviteAsync(instance, seed);

        var problems = new List<string>();
        var mails = instance.Mails();
        var asked = string.Concat(mails.Where(m => IsTo(m, seed.Of("animatrice"))).Select(Decoded));
        foreach (var what in new[] { "la réponse à la question d’entrée", "le rappel d’une demande" }) Assert.Contains(seed.Canaries.Single(c => c.What == what).Word, asked, StringComparison.Ordinal);
        Assert.Contains(mails.Skip(gathered), m => m.Contains("X-Territoire-Raison: resume", StringComparison.Ordinal));
        foreach (var role in seed.Roles.Where(r => r.Member is not null))
        {
            var harvest = string.Concat(mails.Where(m => IsTo(m, role.Member!)).Select(Decoded)) + previews.GetValueOrDefault(role.Name);
            problems.AddRange(seed.Canaries.Where(c => !c.Readers.Contains(role.Name) && harvest.Contains(c.Word, StringComparison.OrdinalIgnoreCase)).Select(c => $"FUITE: « {role.Name} » trouve {c.What}: {Around(harvest, c.Word)}"));
        }

        var told = seed.Canaries.Count(c => previews["membre"].Contains(c.Word, StringComparison.OrdinalIgnoreCase));
        Assert.True(told > 5, $"The member's letter tells {told} canaries.");
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    [Fact]
    public async Task Canaries_MailsOfEveryRoleToEveryAddress_PublishedOnlyWhereItReadsAndAnsweredWithNothingElse()
    {
        await using var instance = await Instance.StartAsync(manualClock: true, settings: MailIn.Settings);
        var seed = await Seed.PlantAsync(instance);
        var writers = seed.Roles.Where(r => r.Member is not null).ToList();
        var addresses = await ReplyAddressesAsync(instance, writers);
        Assert.True(addresses.Count > 30, $"Only {addresses.Count} addresses to answer to.");
        var before = instance.Mails().Count;

        var sent = new List<(Role By, string To, string Word, SentMail Mail)>();
        foreach (var some in addresses.Concat([.. seed.Slugs.Select(slug => $"groupe-{slug}@essai.invalid"), "groupe-rien@essai.invalid", "veille@essai.invalid"]).Chunk(6))
        {
            foreach (var (by, to) in some.SelectMany(to => writers.Select(by => (by, to))))
            {
                var word = Seed.Word();
                var mail = new SentMail { From = by.Member!.Email!, To = to, Subject = $"Objet {word}", Text = $"Essai {word}\n\nhttps://essai.invalid/{word}" };
                sent.Add((by, to, word, mail));
                await instance.DropAsync(mail.ToBytes());
            }

            // Whoever writes too much within an hour is refused for that.
            await instance.TakeMailAsync();
            instance.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        var problems = new List<string>();
        var published = await PublishedAsync(instance, sent, problems);
        foreach (var name in new[] { "membre", "animatrice" }) Assert.True(published.Values.Count(p => p == name) > 15, $"{name}: {published.Values.Count(p => p == name)} published.");
        var back = instance.Mails().Skip(before).ToList();
        foreach (var role in writers)
        {
            var own = sent.Where(m => m.By == role).Select(m => m.Word).ToHashSet();
            var harvest = string.Concat(back.Where(m => IsTo(m, role.Member!)).Select(Decoded));
            Assert.True(harvest.Length > 0, $"{role.Name} was answered nothing.");
            problems.AddRange(seed.Canaries.Where(c => !c.Readers.Contains(role.Name) && harvest.Contains(c.Word, StringComparison.OrdinalIgnoreCase)).Select(c => $"FUITE: « {role.Name} » trouve {c.What}: {Around(harvest, c.Word)}"));
            problems.AddRange(sent.Where(m => !own.Contains(m.Word) && harvest.Contains(m.Word, StringComparison.OrdinalIgnoreCase) && !published.ContainsKey((role.Name, m.Word))).Select(m => $"FUITE: « {role.Name} » lit ce que « {m.By.Name} » a écrit à {m.To}: {Around(harvest, m.Word)}"));
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    [Fact]
    public async Task Canaries_PagesAndMailsOfGuests_TheirOwnEventAndNothingElse()
    {
        await using var instance = await Instance.StartAsync(settings: MailIn.Settings);
        var seed = await Seed.PlantAsync(instance);
        await instance.SettleAsync();
        var problems = new List<string>();
        var found = 0;

        foreach (var guest in seed.Guests)
        {
            using var browser = instance.Browser();
            using var page = await browser.GetAsync(guest.Link);
            var harvest = string.Concat(instance.Mails().Where(m => m.Contains($"{guest.Address}", StringComparison.OrdinalIgnoreCase)).Select(m => Decoded(m) + Calendar(m))) + WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
            // The name of a group that all may see; of the event itself all but what others answered and how it went with them; of the guest what the guest wrote.
            bool IsOfTheirs(string what) => (what == $"le nom du groupe {guest.Group}" && guest.Group != "masqué") || what.EndsWith($"du groupe {guest.Group}", StringComparison.Ordinal)
                && (what.Contains("événement", StringComparison.Ordinal) || what.Contains("une question aux inscrits", StringComparison.Ordinal) || what.Contains("le lien d’une visio", StringComparison.Ordinal) || what.Contains("personne sans compte", StringComparison.Ordinal));
            var told = seed.Canaries.Where(c => harvest.Contains(c.Word, StringComparison.OrdinalIgnoreCase)).ToList();
            found += told.Count;
            problems.AddRange(told.Where(c => !IsOfTheirs(c.What)).Select(c => $"FUITE: la personne sans compte de « {guest.Group} » trouve {c.What}: {Around(harvest, c.Word)}"));
        }

        Assert.True(found > 5 * seed.Guests.Count, $"{found} words of {seed.Guests.Count} guests.");
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    [Fact]
    public async Task Canaries_EveryKindOfContent_Planted()
    {
        await using var instance = await Instance.StartAsync();
        await Seed.PlantAsync(instance);

        await using var db = instance.Open(Viewer.System);
        var planted = await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Select(i => i.Kind).Distinct().ToListAsync();

        Assert.Equal(instance.Services.GetRequiredService<ModuleCatalog>().Kinds.Select(k => k.Key).Order(StringComparer.Ordinal), planted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HiddenGroup_EveryAddress_SameAnswerAsAbsent()
    {
        await using var instance = await Instance.StartAsync();
        var seed = await Seed.PlantAsync(instance);
        var outsider = seed.Roles.Single(r => r.Name == "membre sans groupe");
        using var browser = await instance.SignedInAsync(outsider.Member!.Id);
        string[] tails =
        [
            "", "/encart", "/accueil", "/lancement", "/forum", "/membres", "/reglages", "/invitations", "/forum/nouveau", "/flux.rss", "/forum/flux.atom", "/rejoindre", "/membres.csv", "/couverture", "/logo", "/corbeille/forum", "/recherche",
            "/veille", "/veille/proposer", "/veille/flux.atom", "/veille/revue", "/veille/revue/courriel", "/veille/revues", "/veille/revues/1",
            "/veille/revues/1/corriger", "/veille/edito", "/veille/editos", "/veille/editos/2026-11-rien", "/veille/editos.rss", "/veille/flux.rss", "/veille/sources",
            "/veille/sources.opml", "/veille/sources/ajouter", "/veille/regles", "/veille/chiffres", "/veille/chiffres/sources.csv", "/veille/tableau", "/veille/reglages",
            "/veille/annonces", "/veille/annonces/ajouter",
            "/articles", "/articles/nouveau", "/articles/7k3m9q2x", "/articles/7k3m9q2x/modifier", "/articles/7k3m9q2x/historique", "/articles/7k3m9q2x/couverture", "/articles/flux.atom", "/corbeille/articles", "/articles/dossiers/rien", "/articles/dossiers/rien/flux.atom", "/etiquettes", "/etiquettes/rien",
            "/articles/brouillons/0199f0aa-0000-7000-8000-000000000000", "/articles/brouillons/0199f0aa-0000-7000-8000-000000000000/apercu", "/articles/brouillons/0199f0aa-0000-7000-8000-000000000000/couverture",
            "/pages", "/pages/titres", "/pages/nouveau", "/pages/importer", "/pages/flux.atom", "/pages/7k3m9q2x/flux.atom", "/pages/7k3m9q2x", "/pages/7k3m9q2x/modifier", "/pages/7k3m9q2x/historique", "/pages/7k3m9q2x/comparer", "/pages/7k3m9q2x/versions/1",
            "/pages/7k3m9q2x/ranger", "/pages/7k3m9q2x/retirer", "/pages/7k3m9q2x/export.md", "/pages/7k3m9q2x/export.pdf", "/pages/7k3m9q2x/export.zip", "/corbeille/pages",
            "/lettres", "/lettres/nouveau", "/lettres/7k3m9q2x", "/lettres/7k3m9q2x/modifier", "/lettres/7k3m9q2x/historique", "/lettres/flux.atom", "/adresses",
            "/favoris", "/favoris/nouveau", "/favoris/importer", "/favoris/favoris.html", "/favoris/favoris.csv", "/favoris/favoris.opml", "/favoris/7k3m9q2x", "/favoris/7k3m9q2x/modifier", "/favoris/flux.atom", "/corbeille/favoris", "/favoris/7k3m9q2x/passages/0199f0aa-0000-7000-8000-000000000000/modifier",
            "/agenda", "/agenda.ics", "/agenda/nouveau", "/agenda/7k3m9q2x", "/agenda/7k3m9q2x.ics", "/agenda/7k3m9q2x/inscrits.csv", "/agenda/7k3m9q2x/inscrits.xlsx", "/agenda/7k3m9q2x/annuler", "/agenda/7k3m9q2x/compte-rendu", "/agenda/7k3m9q2x/programme", "/agenda/flux.atom", "/agenda/importer", "/agenda/calendriers", "/agenda/calendriers/0199f0aa-0000-7000-8000-000000000000", "/agenda/7k3m9q2x/date",
            "/sondages", "/sondages/nouveau", "/sondages/7k3m9q2x", "/sondages/7k3m9q2x/modifier", "/sondages/7k3m9q2x/conclure", "/sondages/7k3m9q2x/clore", "/sondages/7k3m9q2x/rouvrir", "/sondages/7k3m9q2x/evenement", "/sondages/7k3m9q2x/resultats.csv", "/sondages/7k3m9q2x/historique", "/sondages/flux.atom", "/corbeille/sondages", "/sondages/questionnaires/nouveau", "/sondages/questionnaires/7k3m9q2x", "/sondages/questionnaires/7k3m9q2x/modifier", "/sondages/questionnaires/7k3m9q2x/resultats", "/sondages/questionnaires/7k3m9q2x/reponses", "/sondages/questionnaires/7k3m9q2x/reponses.csv", "/sondages/questionnaires/7k3m9q2x/reponses.xlsx", "/sondages/questionnaires/7k3m9q2x/fichiers.zip", "/sondages/questionnaires/7k3m9q2x/fichiers/0198c0de000070008000000000000001", "/sondages/questionnaires/7k3m9q2x/historique",
            "/fichiers", "/fichiers?dossier=7k3m9q2x", "/fichiers/nouveau", "/fichiers/importer", "/fichiers/reglages", "/fichiers/archive.zip", "/fichiers/dossiers/nouveau", "/fichiers/dossiers/7k3m9q2x/modifier", "/fichiers/7k3m9q2x", "/fichiers/7k3m9q2x/modifier",
            "/fichiers/7k3m9q2x/remplacer", "/fichiers/7k3m9q2x/partager", "/fichiers/7k3m9q2x/telecharger", "/fichiers/7k3m9q2x/apercu", "/fichiers/7k3m9q2x/apercu/1", "/fichiers/7k3m9q2x/versions/1/telecharger", "/fichiers/flux.atom", "/corbeille/fichiers",
            "/veille/trouvailles/7k3m9q2x/image",
            "/veille/trouvailles/7k3m9q2x/passages/0199f0aa-0000-7000-8000-000000000000/modifier",
        ];

        foreach (var tail in tails)
        {
            var hidden = await AnswerAsync(browser, $"/groupes/{seed.Hidden.Slug}{tail}");
            var absent = await AnswerAsync(browser, $"/groupes/{new string('x', seed.Hidden.Slug.Length)}{tail}");
            Assert.Equal((404, tail), (hidden.Status, tail));
            Assert.Equal(absent.Body.Replace(new string('x', seed.Hidden.Slug.Length), "·", StringComparison.Ordinal), hidden.Body.Replace(seed.Hidden.Slug, "·", StringComparison.Ordinal));
        }
    }

    // A request, and one that waits for days; an invitation with words to somebody who is none of the roles.
    private static async Task AskAndInviteAsync(Instance instance, Seed seed)
    {
        var due = instance.Services.GetRequiredService<DueJobs>();
        await due.RunAsync(default);
        foreach (var (name, what) in new[] { ("membre sans groupe", "la réponse à la question d’entrée"), ("membre d’un autre groupe", "le rappel d’une demande") })
        {
            using var program = await instance.ProgramAsync(seed.Of(name).Id);
            using var asked = await program.PostAsJsonAsync($"groups/{seed.Slugs[1]}/join", new { answer = $"Parce que {seed.Add(Seed.Word(), what, [name, "animatrice"], [])}" });
            Assert.True(asked.IsSuccessStatusCode, $"{name}: {(int)asked.StatusCode}");
        }

        var animator = new Visitor(await instance.SignedInAsync(seed.Of("animatrice").Id));
        var words = seed.Add(Seed.Word(), "le mot d’une invitation dans le groupe masqué", ["animatrice"], []);
        await animator.SendAsync(await animator.OpenAsync($"/groupes/{seed.Hidden.Slug}/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", "dehors@essai.invalid"), ("Message", $"Venez {words}"));
        await instance.WorkAsync();
        Assert.Contains(instance.Mails(), m => m.Contains("dehors@essai.invalid", StringComparison.Ordinal) && Decoded(m).Contains(words, StringComparison.Ordinal));
        for (var day = 0; day < 4; day++)
        {
            instance.Clock.Advance(TimeSpan.FromDays(1));
            await due.RunAsync(default);
            await instance.WorkAsync();
        }
    }

    // A trial, and an alarm while private mails wait.
    private static async Task TellAdministratorsAsync(Instance instance, Seed seed)
    {
        var admin = new Visitor(instance.Browser(seed.Roles.Single(r => r.Name == "administrateur").Session));
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync(await admin.OpenAsync("/administration/courriels"), "#essai form")).Status);
        var (writer, group) = (seed.Roles.Single(r => r.Name == "animatrice").Member!, seed.Hidden);
        await new Scene(instance).TopicAsync(group, writer, $"Attend {seed.Canaries.First(c => c.What.StartsWith("le titre d’un fil du groupe masqué", StringComparison.Ordinal)).Word}", "Texte", Audience.Group);
        var due = instance.Services.GetRequiredService<DueJobs>();
        await due.RunAsync(default);
        await instance.DecideAsync();
        instance.Clock.Advance(TimeSpan.FromMinutes(4));
        await instance.DecideAsync();
        instance.Clock.Advance(TimeSpan.FromMinutes(30));
        await due.RunAsync(default);
        await instance.WorkAsync();
    }

    // Of each content one address by which another is answered, and each role's own.
    private static async Task<IReadOnlyList<string>> ReplyAddressesAsync(Instance instance, IReadOnlyList<Role> roles)
    {
        var members = roles.Select(r => r.Member!.Id).ToList();
        await using var db = instance.Open(Viewer.System);
        var mails = await db.Mails.AsNoTracking().Where(m => m.ItemId != null && m.IsAnswerable && members.Contains(m.MemberId!.Value)).Select(m => new { m.ItemId, m.MemberId, m.Key }).ToListAsync();
        return [.. mails.GroupBy(m => (m.ItemId, m.MemberId)).Select(g => $"reponse+{g.First().Key}@essai.invalid")];
    }

    // By reader and word, who wrote it: what was published, for all who read it there.
    private static async Task<Dictionary<(string Reader, string Word), string>> PublishedAsync(Instance instance, IReadOnlyList<(Role By, string To, string Word, SentMail Mail)> sent, List<string> problems)
    {
        var found = new Dictionary<(string, string), string>();
        await using var all = instance.Open(Viewer.System);
        var took = (await all.ReceivedMails.AsNoTracking().Where(m => m.Outcome == ReceivedOutcome.Published).ToListAsync()).ToDictionary(m => m.MessageId!);
        foreach (var role in sent.Select(m => m.By).Distinct())
        {
            await using var db = instance.Open(Viewer.Member(role.Member!.Id, role.Member.IsAdmin));
            var readable = (await db.Items.Select(i => i.Id).ToListAsync()).ToHashSet();
            foreach (var (by, to, word, mail) in sent.Where(m => took.ContainsKey(m.Mail.MessageId)))
            {
                if (role == by && took[mail.MessageId].MemberId != by.Member!.Id) problems.Add($"ÉCRIT: ce que « {by.Name} » envoie à {to} paraît sous le nom d’un autre");
                // What the veille takes is several contents, and carries the word in their titles.
                var item = took[mail.MessageId].ItemId ?? await all.Items.Where(i => i.Title.Contains(word)).Select(i => (Guid?)i.Id).FirstOrDefaultAsync();
                if (item is { } id && readable.Contains(id)) found[(role.Name, word)] = by.Name;
                else if (role == by) problems.Add($"ÉCRIT: « {by.Name} » publie par {to} là où il ne lit pas");
            }
        }

        return found;
    }

    private static async Task<(int Status, string Body)> AnswerAsync(HttpClient browser, string address)
    {
        using var response = await browser.GetAsync(address);
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, System.Text.RegularExpressions.Regex.Replace(body, "__RequestVerificationToken\" value=\"[^\"]*\"", ""));
    }

    private static async Task<(string Found, IReadOnlyList<string> Broken)> HarvestAsync(Instance instance, Seed seed, Role role, string titles)
    {
        using var browser = role.Member is null ? instance.Browser() : instance.Browser(role.Session);
        var crawler = new Crawler(browser);
        await crawler.RunAsync(seed.Addresses);
        var harvest = new StringBuilder(crawler.Harvest);

        // Whoever may read a word finds it by crawling; what search must not give is asked for word by word, and the lists by title where it stands in one.
        var forbidden = seed.Canaries.Where(c => !c.Readers.Contains(role.Name)).ToList();
        foreach (var canary in forbidden)
        {
            await AddAsync(harvest, browser, $"/recherche?q={canary.Word}", canary.Word);
            if (!titles.Contains(canary.Word, StringComparison.OrdinalIgnoreCase)) continue;

            await AddAsync(harvest, browser, $"/mentions?q=%23{canary.Word}");
            foreach (var slug in seed.Slugs) await AddAsync(harvest, browser, $"/groupes/{slug}/forum/proches?q={canary.Word}");
        }

        foreach (var canary in seed.Canaries.Except(forbidden).Where((_, n) => n % Sampled == 0)) await AddAsync(harvest, browser, $"/recherche?q={canary.Word}", canary.Word);

        if (role.Member is { } member)
        {
            using var program = await instance.ProgramAsync(member.Id);
            foreach (var address in seed.ApiAddresses) await AddAsync(harvest, program, address);
            foreach (var canary in forbidden) await AddAsync(harvest, program, $"search?q={canary.Word}", canary.Word);
            using var preview = await program.PostAsJsonAsync("markdown/preview", new { body = string.Join(' ', seed.References) });
            harvest.Append(await preview.Content.ReadAsStringAsync());

            var key = await instance.Services.GetRequiredService<AccessKeys>().CreateAsync(member.Id, AccessKeyScope.Feeds, "essai", default);
            foreach (var address in seed.FeedAddresses) await AddAsync(harvest, browser, $"{address}?cle={key}");
            foreach (var mail in instance.Mails().Where(m => IsTo(m, member))) harvest.Append(Decoded(mail)).Append(Calendar(mail));
            // The links by which mails are acted on: of one's own, what one may read at this moment; of somebody else's, nothing. Without a session,
            // as the suspended member has none, a link serves whoever holds it, and that member holds his own.
            var held = instance.Mails().Where(m => role.Name != "suspendu" || IsTo(m, member));
            foreach (var link in held.SelectMany(m => Letter.Of(m).LinksTo("/geste/").Take(1)).Take(MostActs)) await AddAsync(harvest, browser, link);
            harvest.Append(await FramesAsync(instance, role.Session!));
        }

        return (harvest.ToString(), [.. crawler.Statuses.Where(s => s.Value >= 500).Select(s => $"{s.Value} {s.Key}")]);
    }

    private static async Task<string> TitlesAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return string.Join('\n', await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Select(i => i.Title).ToListAsync());
    }

    // What a person typed into the search box comes back in the page: the word of the question itself is no find.
    private static async Task AddAsync(StringBuilder harvest, HttpClient client, string address, string? asked = null)
    {
        using var response = await client.GetAsync(address);
        var body = await response.Content.ReadAsStringAsync();
        // The skip links of an error page hold the address that was asked for, and so the question.
        if (!response.IsSuccessStatusCode && address.Contains('?', StringComparison.Ordinal)) body = body.Replace(System.Net.WebUtility.HtmlEncode(address[address.IndexOf('?', StringComparison.Ordinal)..]), "", StringComparison.Ordinal);
        if (asked is not null)
        {
            body = System.Net.WebUtility.HtmlDecode(body);
            var hits = System.Text.RegularExpressions.Regex.Matches(body, "<main.*</main>|\"items\".*", System.Text.RegularExpressions.RegexOptions.Singleline);
            body = string.Concat(hits.Select(h => h.Value));
            body = System.Text.RegularExpressions.Regex.Replace(body, $"(value=\"|q=|«\u00a0){asked}", "");
        }

        harvest.Append(body).Append('\n');
    }

    // With a name before the address or without.
    private static bool IsTo(string mail, Member member) =>
        mail.Split('\n').First(l => l.StartsWith("To: ", StringComparison.Ordinal)).Contains(member.Email!, StringComparison.OrdinalIgnoreCase);

    // What goes into calendars stands in the mail in base64.
    private static string Calendar(string mail)
    {
        if (mail.IndexOf("Content-Type: text/calendar", StringComparison.Ordinal) is not (>= 0 and var at)) return "";

        var body = mail[(mail.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) + 4)..];
        return Encoding.UTF8.GetString(Convert.FromBase64String(body[..body.IndexOf("\r\n--", StringComparison.Ordinal)].Replace("\r\n", "", StringComparison.Ordinal))).Replace("\r\n ", "", StringComparison.Ordinal);
    }

    private static string Decoded(string mail) => Encoding.UTF8.GetString(QuotedPrintable(mail));

    private static byte[] QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=' && i + 2 < joined.Length && Uri.IsHexDigit(joined[i + 1]) && Uri.IsHexDigit(joined[i + 2]))
            {
                bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
                i += 2;
            }
            else bytes.Add((byte)joined[i]);
        }

        return [.. bytes];
    }

    private static async Task<string> FramesAsync(Instance instance, string session)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", "session=" + session);
        socket.Options.SetRequestHeader("Origin", instance.Address.GetLeftPart(UriPartial.Authority));
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(instance.Address, "signaux")) { Scheme = "ws" }.Uri, default);
        }
        catch (WebSocketException)
        {
            // A role that may not connect hears nothing.
            return "";
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
        var heard = new StringBuilder();
        var buffer = new byte[4096];
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        try
        {
            while (true)
            {
                var message = await socket.ReceiveAsync(buffer.AsMemory(), enough.Token);
                heard.Append(Encoding.UTF8.GetString(buffer, 0, message.Count));
                if (message.MessageType == WebSocketMessageType.Close) break;
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing more is said without an event.
        }

        return heard.ToString();
    }

    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 150)..Math.Min(text.Length, at + 60)].Replace('\n', ' ');
    }

    private sealed record Role(string Name, Member? Member, string? Session);

    private sealed record Invited(string Address, string Link, string Group);

    private sealed record Canary(string Word, string What, IReadOnlySet<string> Readers, IReadOnlySet<string> Expected);

    private sealed class Seed
    {
        private const string Member = "membre";
        private const string Animator = "animatrice";
        private static readonly string[] Signed = ["membre sans groupe", "membre d’un autre groupe", "demande en attente", "parti", "exclu", Member, Animator, "administrateur"];

        public required Instance Instance { get; init; }
        public required IReadOnlyList<Role> Roles { get; init; }
        public required Group Hidden { get; set; }
        public List<Canary> Canaries { get; } = [];
        public List<Invited> Guests { get; } = [];
        public List<string> Addresses { get; } = ["/", "/groupes", "/annuaire", "/organisations", "/recherche", "/moi", "/moi/nouveautes", "/moi/notifications", "/moi/lettre", "/moi/trouvailles", "/veille/proposer", "/moi/compte", "/administration", "/aide", "/mentions-legales", "/openapi/v1.json"];
        public List<string> ApiAddresses { get; } = ["me", "groups", "members", "organisations", "notifications"];
        public List<string> FeedAddresses { get; } = [];
        public List<string> Slugs { get; } = [];
        public List<string> References { get; } = [];

        public static async Task<Seed> PlantAsync(Instance instance)
        {
            var scene = new Scene(instance);
            var roles = new List<Role> { new("anonyme", null, null) };
            foreach (var name in Signed)
            {
                var member = await scene.MemberAsync(name, admin: name == "administrateur");
                roles.Add(new(name, member, await instance.SessionAsync(member.Id)));
            }

            var suspended = await scene.MemberAsync("suspendu");
            roles.Add(new("suspendu", suspended, await instance.SessionAsync(suspended.Id)));
            Member Of(string name) => roles.Single(r => r.Name == name).Member!;

            var seed = new Seed { Instance = instance, Roles = roles, Hidden = null! };
            var planted = new List<(Group Group, string Label, string Event)>();
            foreach (var (label, visibility, joining) in new[] { ("ouvert", GroupVisibility.AllMembers, GroupJoining.Free), ("sur demande", GroupVisibility.AllMembers, GroupJoining.OnRequest), ("masqué", GroupVisibility.Hidden, GroupJoining.ByInvitation) })
            {
                var nameWord = Word();
                var group = await scene.GroupAsync($"Groupe {label} {nameWord}", Of(Animator), visibility, joining, $"groupe-{label.Replace(' ', '-').Replace('é', 'e')}", Of(Member), Of("parti"), Of("exclu"), suspended);
                if (visibility == GroupVisibility.Hidden) seed.Hidden = group;
                seed.Add(nameWord, $"le nom du groupe {label}", visibility == GroupVisibility.Hidden ? [Member, Animator, "administrateur"] : ["anonyme", "suspendu", .. Signed], visibility == GroupVisibility.Hidden ? [Member, Animator] : Signed);
                await scene.JoinAsync(group, Of(Member), level: MailLevel.Everything);
                await scene.JoinAsync(group, Of("demande en attente"), state: MembershipState.Requested);
                seed.Slugs.Add(group.Slug);
                await seed.PlantMovedAsync(scene, group, label, Of(Animator));
                await scene.TurnOnAsync(group);
                await seed.PlantFindsAsync(scene, group, label, Of);
                await seed.PlantContentAsync(scene, group, label, Of);
                await seed.PlantRevueAsync(scene, group, label, Of(Animator), Of(Member));
                await seed.PlantLettersAsync(scene, group, label, Of);
                await seed.PlantArticlesAsync(scene, group, label, Of);
                var planned = await seed.PlantAgendaAsync(scene, group, label, Of);
                await seed.PlantPagesAsync(scene, group, label, Of);
                await seed.PlantBookmarksAsync(scene, group, label, Of);
                await seed.PlantFilesAsync(scene, group, label, Of);
                planted.Add((group, label, planned));
                await scene.JoinAsync(group, Of("parti"), state: MembershipState.Left);
                await scene.JoinAsync(group, Of("exclu"), state: MembershipState.Removed);
            }

            await scene.GroupAsync("Un autre groupe", Of("membre d’un autre groupe"));
            await seed.PlantOwnBookmarksAsync(Of(Member));
            await using (var db = instance.Open(Viewer.System))
                await db.Members.Where(m => m.Id == suspended.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
            foreach (var (group, label, planned) in planted)
            {
                await seed.PlantTakingPartAsync(planned, label, Of);
                await seed.PlantPollsAsync(scene, group, label, Of);
            }

            await scene.ReadTextsAsync();
            await instance.SettleAsync();
            return seed;
        }

        // Threads merged, split and moved by the pages of their animator; links to where their messages were.
        private async Task PlantMovedAsync(Scene scene, Group group, string label, Member author)
        {
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);
            var animator = new Visitor(await Instance.SignedInAsync(author.Id));
            async Task AnimateAsync(string topic, string form, params (string, string?)[] fields) =>
                Assert.Equal(HttpStatusCode.OK, (await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/forum/{topic}/animer"), form, fields)).Status);

            var emptied = await scene.TopicAsync(group, author, $"Vidé {Private("le titre d’un fil fusionné")}", $"Texte {Private("le texte d’un fil fusionné")}", Audience.Group);
            await scene.AnswerAsync(emptied, author, $"Réponse {Private("une réponse fusionnée")}");
            await scene.AnswerAsync(emptied, author, $"Réponse {Private("une réponse scindée")}");
            await AnimateAsync(emptied, "[name='Title']", ("Title", $"Sorti {Private("le titre d’un fil scindé")}"), ("Numbers", "2"));
            await AnimateAsync(emptied, "select[name='Into']", ("Into", await scene.TopicAsync(group, author, "Rempli", "Texte", Audience.Group)));
            foreach (var number in new[] { 0, 1, 2, 9 }) Addresses.AddRange([$"/c/{emptied}?reponse={number}", $"/groupes/{group.Slug}/forum/{emptied}?reponse={number}"]);

            // Out of a hidden group into an open one, then read by everybody: the group it came from keeps its name to itself.
            if (group.Visibility != GroupVisibility.Hidden) return;
            string[] everyone = ["anonyme", "suspendu", .. Signed];
            var moved = await scene.TopicAsync(group, author, $"Venu d’ailleurs {Add(Word(), "un fil sorti du groupe masqué", everyone, everyone)}", "Texte", Audience.Group);
            await AnimateAsync(moved, "select[name='To']", ("To", Slugs[0]));
            using var program = await Instance.ProgramAsync(author.Id);
            using var widened = await program.PatchAsJsonAsync($"discussions/{moved}", new { audience = "public" });
            Assert.Equal(HttpStatusCode.OK, widened.StatusCode);
            Addresses.Add($"/groupes/{group.Slug}/forum/{moved}");
        }

        // Finds, their discussion, and the pool that only members read.
        private async Task PlantFindsAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            var author = of(Animator);
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);

            var find = await scene.FindAsync(group, author, $"Trouvé {Private("le titre d’une trouvaille")}", $"Parce que {Private("le pourquoi d’une trouvaille")}", $"https://{Private("le site d’une trouvaille")}.invalid/", Audience.Group, Private("une étiquette de trouvaille"));
            await scene.AnswerAsync(find, of(Member), $"Commentaire {Private("un commentaire de trouvaille")}");
            await scene.QuoteAsync(find, of(Member), $"Passage {Private("un passage marqué")}", $"Note {Private("la note d’un passage")}");
            await scene.PictureAsync(find, $"Image {Private("l’image d’une trouvaille")}");
            var taken = await scene.QuoteAsync(find, author, $"Retiré {Add(Word(), $"un passage retiré du groupe {label}", [], [])}");
            await Instance.Services.GetRequiredService<RemoveQuote>().ExecuteAsync(Viewer.Member(author.Id), find, taken, default);
            var source = await scene.SourceAsync(group, author, $"Source {Private("le nom d’une source")}");
            await scene.NewsAsync(group, source, [$"Nouvelle {Private("le titre d’une actualité")}"], excerpt: $"Début {Private("le début d’une actualité")}");
            await scene.NewsAsync(group, source, [$"Écartée {Private("le titre d’une actualité écartée")}"], PoolState.SetAside);

            // The same page brought by two groups: what one says of it is not the other's.
            await scene.FindAsync(group, author, $"Partagé {Private("le titre d’une trouvaille que d’autres groupes ont aussi")}", "Pour nous.", "https://commune.invalid/partagee", Audience.Group);
            foreach (var page in new[] { "", "?filtre=trouvailles", "?filtre=ecartes", "?tri=score", "?q=nouvelle", "/proposer", "/sources", $"/cartes/{(await scene.CardAsync(find)).Id:N}/commenter" }) Addresses.Add($"/groupes/{group.Slug}/veille{page}");
            ApiAddresses.AddRange([$"groups/{group.Slug}/finds", $"finds/{find}", $"finds/{find}/comments", $"finds/{find}/quotes"]);
            Addresses.AddRange([$"/groupes/{group.Slug}/veille/trouvailles/{find}/image", $"/groupes/{group.Slug}/veille/trouvailles/{find}/passages/{taken:N}/modifier", $"/contenus/{find}/reponses/1/modifier", $"/contenus/{find}/reponses/1/historique"]);
            if (group.Visibility != GroupVisibility.AllMembers) return;

            await scene.FindAsync(group, author, $"Plateforme {Add(Word(), $"une trouvaille pour la plateforme du groupe {label}", Signed, Signed)}", audience: Audience.Platform);
            string[] everyone = ["anonyme", "suspendu", .. Signed];
            var open = await scene.FindAsync(group, author, $"Public {Add(Word(), $"une trouvaille publique du groupe {label}", everyone, everyone)}", audience: Audience.Public);
            // Others read the find and see its picture; what the group marked on it is its own.
            await scene.QuoteAsync(open, of(Member), $"Passage {Private("un passage d’une trouvaille publique")}", $"Note {Private("la note d’un passage d’une trouvaille publique")}");
            await scene.PictureAsync(open, $"Image {Add(Word(), $"l’image d’une trouvaille publique du groupe {label}", everyone, everyone)}");
            ApiAddresses.Add($"finds/{open}/quotes");
        }

        private async Task PlantContentAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            var author = of(Animator);
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);
            string Kept(string what, params string[] readers) => Add(Word(), $"{what} du groupe {label}", readers, []);

            var file = await scene.FileAsync($"{Private("le nom d’une pièce jointe")}.txt", Private("le contenu d’une pièce jointe"));
            var topic = await scene.TopicAsync(group, author, $"Titre {Private("le titre d’un fil")}", $"Texte {Private("le texte d’un fil")}", Audience.Group, Private("une étiquette"), false, file);
            var answerFile = await scene.FileAsync("reponse.txt", Private("le contenu d’une pièce jointe de réponse"));
            await scene.AnswerAsync(topic, of(Member), $"Réponse {Private("une réponse")}", null, answerFile);
            await scene.AnswerAsync(topic, author, $"Réponse d’une réponse {Private("une réponse de second niveau")}", 1);

            var before = Private("un texte d’avant une modification");
            await scene.AnswerAsync(topic, author, $"Avant {before}");
            await Instance.Services.GetRequiredService<EditComment>().ExecuteAsync(Viewer.Member(author.Id), topic, 3, new("Après.", 1), default);
            await scene.AnswerAsync(topic, author, $"Retirée {Kept("une réponse retirée", Animator)}");
            await Instance.Services.GetRequiredService<RemoveComment>().ExecuteAsync(Viewer.Member(author.Id), topic, 4, default);
            await Instance.Services.GetRequiredService<KeepDrafts>().SaveAsync(Viewer.Member(author.Id), $"fil/{topic}", $"Brouillon {Kept("un brouillon", Animator)}", default);

            var removed = await scene.TopicAsync(group, author, $"Retiré {Kept("le titre d’un fil retiré", Animator)}", "Texte", Audience.Group);
            await using (var db = Instance.Open(Viewer.System))
                await db.Items.Where(i => i.ShortId == removed).ExecuteUpdateAsync(set => set.SetProperty(i => i.DeletedAt, DateTime.UnixEpoch).SetProperty(i => i.DeletedById, author.Id));

            if (group.Visibility == GroupVisibility.AllMembers)
            {
                await scene.TopicAsync(group, author, $"Plateforme {Add(Word(), $"un fil pour la plateforme du groupe {label}", Signed, Signed)}", "Texte", Audience.Platform);
                string[] everyone = ["anonyme", "suspendu", .. Signed];
                await scene.TopicAsync(group, author, $"Public {Add(Word(), $"un fil public du groupe {label}", everyone, everyone)}", "Texte", Audience.Public);
            }

            await using var all = Instance.Open(Viewer.System);
            var faces = Instance.Services.GetRequiredService<Faces>();
            foreach (var item in await all.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(i => i.GroupId == group.Id).ToListAsync())
            {
                // By the short identifier alone: what was asked for may come back in a page, and the title is no secret of the address then.
                var address = faces.Address(group.Slug, item).Split(item.ShortId)[0] + item.ShortId;
                Addresses.AddRange([address, $"/c/{item.ShortId}", $"{address}/historique", $"{address}/modifier", $"{address}/animer", $"{address}/historique?reponse=3"]);
                ApiAddresses.AddRange([$"discussions/{item.ShortId}", $"discussions/{item.ShortId}/comments"]);
                References.Add($"#{item.ShortId}");
            }

            foreach (var attachment in await all.Attachments.Where(a => a.Item.GroupId == group.Id).ToListAsync()) Addresses.Add($"/pieces/{attachment.Id:N}/x");
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.AddRange([$"/groupes/{group.Slug}/flux.{extension}", $"/groupes/{group.Slug}/forum/flux.{extension}", $"/groupes/{group.Slug}/veille/flux.{extension}"]);
            Addresses.AddRange(FeedAddresses);
            Addresses.AddRange([$"/groupes/{group.Slug}", $"/groupes/{group.Slug}/encart", $"/groupes/{group.Slug}/accueil", $"/groupes/{group.Slug}/lancement", $"/groupes/{group.Slug}/forum", $"/groupes/{group.Slug}/membres", $"/groupes/{group.Slug}/membres.csv", $"/groupes/{group.Slug}/recherche", $"/groupes/{group.Slug}/corbeille/forum", $"/groupes/{group.Slug}?voir-comme=membre", $"/mentions?q=%23"]);
            ApiAddresses.AddRange([$"groups/{group.Slug}", $"groups/{group.Slug}/members", $"groups/{group.Slug}/discussions"]);
        }

        // Three issues by audience, of which the open group's are the territory's, and one being prepared.
        private async Task PlantRevueAsync(Scene scene, Group group, string label, Member animator, Member finder)
        {
            string[] everyone = ["anonyme", "suspendu", .. Signed];
            var audiences = new List<(Audience Audience, string[] Readers, string[] Expected)> { (Audience.Group, [Member, Animator], [Member, Animator]) };
            if (group.Visibility == GroupVisibility.AllMembers) audiences.AddRange([(Audience.Platform, Signed, Signed), (Audience.Public, everyone, everyone)]);
            await scene.SetVeilleAsync(group, p => (p.ServesTerritory, p.Audience) = (label == "ouvert", Audience.Public));
            foreach (var (audience, readers, expected) in audiences)
            {
                string Planted(string what) => Add(Word(), $"{what} d’une revue {audience} du groupe {label}", readers, expected);
                var found = audience == Audience.Group ? finder : null;
                var card = await scene.PlaceAsync(group, animator, new($"Article {Planted("le titre d’un article")}")
                {
                    Line = Planted("la ligne d’un article"), Chosen = Planted("l’extrait d’un article"), Rubric = Planted("une rubrique"), Author = Planted("l’auteur d’un article"), Finder = found,
                });
                await PlantTextAsync(group, card, Add(Word(), $"le texte entier d’un article d’une revue {audience} du groupe {label}", [Member, Animator], [Member, Animator]));
                var issue = await scene.PublishAsync(group, animator, $"Numéro {Planted("le titre")}", $"Mot {Planted("l’introduction")}", audience);
                await scene.AnswerAsync(issue, animator, $"Commentaire {Planted("un commentaire")}");
                var hands = new Visitor(await Instance.SignedInAsync(animator.Id));
                var covered = await hands.SendAsync(await hands.OpenAsync($"/groupes/{group.Slug}/veille/revues/{issue}/corriger"), "form.formulaire",
                    [("Input.Cover", "couverture.png", Pictures.Png(words: Planted("la couverture")))], ("Input.CoverText", $"Image {Planted("la légende de la couverture")}"));
                Assert.NotNull(covered.Document.QuerySelector("img.revue-couverture"));

                string Written(string what) => Add(Word(), $"{what} d’un édito {audience} du groupe {label}", readers, expected);
                var editorial = await scene.EditorialAsync(group, animator, $"Édito {Written("le titre")}", $"Mot {Written("le texte")}", audience, Written("une étiquette"));
                await scene.AnswerAsync(editorial, animator, $"Commentaire {Written("un commentaire")}");
            }

            string Kept(string what) => Add(Word(), $"{what} du groupe {label}", [Animator], [Animator]);
            await Instance.Services.GetRequiredService<KeepDrafts>().SaveAsync(Viewer.Member(animator.Id), EditorialForm.DraftKey(group.Id, 202609), $"Brouillon {Kept("le brouillon d’un édito")}", default);
            var corrected = await scene.EditorialAsync(group, animator, "Corrigé", $"Avant {Add(Word(), $"ce qu’un édito disait avant, dans le groupe {label}", [Member, Animator], [Member, Animator])}", Audience.Group);
            await CorrectAsync(animator, corrected);

            string Prepared(string what) => Add(Word(), $"{what} de la revue en préparation du groupe {label}", [Animator], [Animator]);
            await scene.PlaceAsync(group, animator, new($"Article {Add(Word(), $"le titre d’une carte placée du groupe {label}", [Member, Animator], [Animator])}") { Line = Prepared("une ligne"), Chosen = Prepared("un extrait"), Rubric = Prepared("une rubrique") });
            using var program = await Instance.ProgramAsync(animator.Id);
            using var written = await program.PostAsJsonAsync($"groups/{group.Slug}/issues", new { title = Prepared("le titre"), body = Prepared("l’introduction") });
            Assert.Equal(HttpStatusCode.OK, written.StatusCode);
            var preparing = new Visitor(await Instance.SignedInAsync(animator.Id));
            await preparing.SendAsync(await preparing.OpenAsync($"/groupes/{group.Slug}/veille/revue"), ".revue-preparation", [("Input.Cover", "couverture.png", Pictures.Png(words: Prepared("la couverture")))], ("Input.Gesture", "enregistrer"));

            Addresses.AddRange([$"/groupes/{group.Slug}/veille/revue", $"/groupes/{group.Slug}/veille/revue/couverture", $"/groupes/{group.Slug}/veille/revues", "/veille", "/veille/revues", "/veille/selection.opml", "/veille/sources.opml"]);
            ApiAddresses.AddRange([$"groups/{group.Slug}/issues", "veille/issues", "veille/items", "veille/items?state=kept", "veille/items?state=placed"]);
            foreach (var number in new[] { 1, 2, 3, 4 }) Addresses.AddRange(new[] { $"/groupes/{group.Slug}/veille/revues/{number}", $"/veille/revues/{number}" }.SelectMany(at => new[] { at, at + "/couverture" }));
            Addresses.AddRange([$"/groupes/{group.Slug}/veille/edito?mois=2026-09", $"/groupes/{group.Slug}/veille/editos", "/veille/editos"]);
            ApiAddresses.AddRange([$"groups/{group.Slug}/editorials", "veille/editorials"]);
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" })
            {
                string[] feeds = [$"/groupes/{group.Slug}/veille/flux.{extension}", $"/veille/flux.{extension}", $"/veille/revues.{extension}", $"/groupes/{group.Slug}/veille/editos.{extension}", $"/veille/editos.{extension}"];
                FeedAddresses.AddRange(feeds);
                Addresses.AddRange(feeds);
            }

            await using var all = Instance.Open(Viewer.System);
            foreach (var id in await all.Items.Where(i => i.GroupId == group.Id && i.Kind == "veille.issue").Select(i => i.ShortId).ToListAsync())
            {
                Addresses.AddRange([$"/c/{id}", $"/groupes/{group.Slug}/veille/revues/{id}", $"/groupes/{group.Slug}/veille/revues/{id}/corriger"]);
                ApiAddresses.AddRange([$"issues/{id}", $"issues/{id}/comments"]);
                References.Add($"#{id}");
            }

            // By their short identifiers: the address that the territory gives them holds the title, which an error page gives back.
            foreach (var id in await all.Items.Where(i => i.GroupId == group.Id && i.Kind == "veille.edito").Select(i => i.ShortId).ToListAsync())
            {
                Addresses.AddRange([$"/c/{id}", $"/veille/editos/{id}", $"/groupes/{group.Slug}/veille/editos/{id}", $"/groupes/{group.Slug}/veille/editos/{id}/historique", $"/groupes/{group.Slug}/veille/editos/{id}/modifier"]);
                ApiAddresses.AddRange([$"editorials/{id}", $"editorials/{id}/comments"]);
                References.Add($"#{id}");
            }
        }

        // Dates, who comes to them, what they answered, and what was written down afterwards.
        private async Task<string> PlantAgendaAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);
            var id = await scene.EventAsync(
                group, of(Animator), $"Réunion {Private("le titre d’un événement")}", body: $"Texte {Private("le texte d’un événement")}", audience: Audience.Group, place: $"Salle {Private("le lieu d’un événement")}",
                with: d => d with { Programme = [new() { From = "18:45", Title = $"Atelier {Private("un créneau d’un événement")}", Place = Private("la salle d’un créneau d’un événement"), Speakers = Private("l’intervenant d’un créneau d’un événement") }], Organisations = $"Amicale {Private("l’organisation d’un événement")}", Questions = $"Question {Private("une question aux inscrits")}", OnlineUrl = $"https://visio.invalid/{Private("le lien d’une visio")}" });
            var member = new Visitor(await Instance.SignedInAsync(of(Member).Id));
            var asked = await member.OpenAsync($"/c/{id}");
            Assert.Contains("Vous participez.", (await member.SendAsync(asked, "button[name='Reply'][value='Yes']", ("Reponse1", Private("ce qu’un inscrit répond")))).Text, StringComparison.Ordinal);
            if (group.Visibility == GroupVisibility.AllMembers)
                await scene.EventAsync(group, of(Animator), $"Plateforme {Add(Word(), $"un événement pour la plateforme du groupe {label}", Signed, Signed)}", audience: Audience.Platform);

            var date = scene.Now.AddDays(3);
            Addresses.AddRange([$"/c/{id}", $"/groupes/{group.Slug}/agenda", $"/groupes/{group.Slug}/agenda?mois={date:yyyy-MM}", $"/groupes/{group.Slug}/agenda/{id}", $"/groupes/{group.Slug}/agenda/{id}/modifier", $"/groupes/{group.Slug}/agenda/{id}/annuler", $"/groupes/{group.Slug}/agenda/{id}/date", $"/groupes/{group.Slug}/agenda/{id}/compte-rendu", $"/groupes/{group.Slug}/agenda/{id}/programme", $"/groupes/{group.Slug}/agenda/{id}/historique", $"/agenda?mois={date:yyyy-MM}", $"/agenda?jour={date:yyyy-MM-dd}", $"/groupes/{group.Slug}/agenda?jour={date:yyyy-MM-dd}"]);
            Addresses.AddRange([$"/groupes/{group.Slug}/agenda/{id}/inscrits.csv?date={date:yyyyMMdd}-1830", $"/groupes/{group.Slug}/agenda/{id}/inscrits.xlsx?date={date:yyyyMMdd}-1830", $"/groupes/{group.Slug}/agenda/{id}.ics", "/agenda", "/agenda/nouveau", "/moi/agenda.ics"]);
            ApiAddresses.AddRange([$"events/{id}", $"events/{id}/comments", $"groups/{group.Slug}/events"]);
            References.Add($"#{id}");
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/agenda/flux.{extension}");
            FeedAddresses.AddRange([$"/groupes/{group.Slug}/agenda.ics", $"/groupes/{group.Slug}/agenda/{id}.ics", "/moi/agenda.ics"]);
            await PlantOutsideAsync(scene, group, label, of(Animator), date);
            return id;
        }

        // Then mails leave: those who are no members any more, and whose account is suspended, get none of them.
        private async Task PlantTakingPartAsync(string id, string label, Func<string, Member> of)
        {
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);
            var animator = new Visitor(await Instance.SignedInAsync(of(Animator).Id));
            await PlantGuestAsync(animator, id, label);
            var minutes = await animator.OpenAsync((await animator.OpenAsync($"/c/{id}")).Address.Split('?')[0] + "/compte-rendu");
            await animator.SendAsync(minutes, "[name='Text']", ("Text", $"Décidé : {Private("le compte rendu d’un événement")}"));
        }

        // Calendars of other sites: of the members, of the platform, and one of the platform in a group that is hidden, which is its members' all the same.
        private async Task PlantOutsideAsync(Scene scene, Group group, string label, Member animator, DateTime date)
        {
            var isHidden = group.Visibility == GroupVisibility.Hidden;
            foreach (var (audience, readers) in new[] { (Audience.Group, new[] { Member, Animator }), (Audience.Platform, isHidden ? [Member, Animator] : Signed) })
            {
                string Planted(string what) => Add(Word(), $"{what} d’un calendrier extérieur {audience} du groupe {label}", readers, readers);
                var calendar = await scene.OutsideAsync(group, animator, $"Calendrier {Planted("le nom")}", $"Date {Planted("le titre d’une date")}", audience, $"Salle {Planted("le lieu d’une date")}", $"https://mairie.invalid/{Planted("le lien d’une date")}", exported: true, $"https://mairie.invalid/{Planted("l’adresse")}.ics");
                Addresses.Add($"/groupes/{group.Slug}/agenda/calendriers/{calendar:N}");
            }

            Addresses.AddRange([$"/groupes/{group.Slug}/agenda/calendriers", $"/groupes/{group.Slug}/agenda/importer", $"/agenda?mois={date:yyyy-MM}", $"/agenda?jour={date:yyyy-MM-dd}", "/agenda?passe=oui", $"/groupes/{group.Slug}/agenda?exterieur=non", "/agenda/nouveau"]);
        }

        // Somebody without an account takes part: who that is, only those who prepare the event learn.
        private async Task PlantGuestAsync(Visitor animator, string id, string label)
        {
            string Organisers(string what) => Add(Word(), $"{what} du groupe {label}", [Animator], [Animator]);
            // Administrators watch over the mails that leave, and so see where they go.
            var address = $"{Add(Word(), $"l’adresse d’une personne sans compte du groupe {label}", [Animator, "administrateur"], [Animator])}@dehors.invalid";
            await animator.SendAsync(await animator.OpenAsync($"/contenus/{id}/invites"), "[name='Addresses']", ("Addresses", address));
            await Instance.SettleAsync();
            var link = Letter.Of(Instance.Mails().Last(m => m.Contains(address, StringComparison.OrdinalIgnoreCase))).LinksTo("/invite/").First(l => !l.StartsWith("/invite/arret/", StringComparison.Ordinal));
            var guest = Instance.Stranger();
            var answered = await guest.SendAsync(await guest.OpenAsync(link), "button[name='Reply'][value='Yes']", ("Name", $"Nom {Organisers("le nom d’une personne sans compte")}"), ("Reponse1", Organisers("ce qu’une personne sans compte répond")));
            Assert.Contains("Vous participez.", answered.Text, StringComparison.Ordinal);
            Guests.Add(new(address, link, label));
            Addresses.AddRange([$"/contenus/{id}/invites", $"/participer/{id}"]);
        }

        // What an animator writes to the whole group, urgent or not, and what is answered.
        private async Task PlantLettersAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            var author = of(Animator);
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);
            var file = await scene.FileAsync($"{Private("le nom de la pièce d’une lettre")}.txt", Private("le contenu de la pièce d’une lettre"));
            var letters = new List<string> { await scene.LetterAsync(group, author, $"Lettre {Private("le titre d’une lettre")}", $"Texte {Private("le texte d’une lettre")}", files: file) };
            letters.Add(await scene.LetterAsync(group, author, $"Urgent {Private("le titre d’une lettre urgente")}", $"Texte {Private("le texte d’une lettre urgente")}", urgent: true));
            await scene.AnswerAsync(letters[0], of(Member), $"Réponse {Private("une réponse à une lettre")}");
            if (group.Visibility == GroupVisibility.AllMembers) letters.Add(await scene.LetterAsync(group, author, $"Plateforme {Add(Word(), $"une lettre pour la plateforme du groupe {label}", Signed, Signed)}", audience: Audience.Platform));
            foreach (var id in letters)
            {
                Addresses.AddRange([$"/c/{id}", $"/groupes/{group.Slug}/lettres/{id}", $"/groupes/{group.Slug}/lettres/{id}/historique", $"/groupes/{group.Slug}/lettres/{id}/modifier", $"/contenus/{id}/distribution", $"/contenus/{id}/distribution.csv"]);
                ApiAddresses.AddRange([$"letters/{id}", $"letters/{id}/comments"]);
                References.Add($"#{id}");
            }

            // A member whose mail comes back: the animator reads why, the member reads that it does, and nobody else anything.
            var lost = await scene.MemberAsync($"perdu {label}");
            await scene.JoinAsync(group, lost);
            var number = Add("06" + System.Security.Cryptography.RandomNumberGenerator.GetString("123456789", 8), $"le téléphone d’un membre que rien n’atteint, du groupe {label}", [Member, Animator], [Animator]);
            await using (var db = Instance.Open(Viewer.System))
            {
                await db.Members.Where(m => m.Id == lost.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PhoneNumber, number).SetProperty(m => m.PhoneVisibility, FieldVisibility.MyGroups));
                db.AddressStandings.Add(new AddressStanding { Address = lost.NormalizedEmail!, State = AddressState.Stopped, Since = scene.Now, Status = "5.1.1", Diagnostic = Add(Word(), $"ce que dit le serveur d’un membre du groupe {label}", ["administrateur"], ["administrateur"]) });
                await db.SaveChangesAsync();
            }

            Addresses.AddRange([$"/groupes/{group.Slug}/adresses", "/administration/adresses"]);
            await using var all = Instance.Open(Viewer.System);
            foreach (var attachment in await all.Attachments.Where(a => a.Item.GroupId == group.Id && a.Item.Kind == "lettres.lettre").ToListAsync()) Addresses.Add($"/pieces/{attachment.Id:N}/x");
            Addresses.AddRange([$"/groupes/{group.Slug}/lettres", $"/groupes/{group.Slug}/lettres/nouveau"]);
            ApiAddresses.Add($"groups/{group.Slug}/letters");
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/lettres/flux.{extension}");
        }

        // Articles of each audience by two authors; drafts, of which one waits for its hour, that those two alone read.
        private async Task PlantArticlesAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            var (author, other) = (of(Animator), of(Member));
            string[] everyone = ["anonyme", "suspendu", .. Signed];
            var audiences = new List<(Audience Audience, string[] Readers)> { (Audience.Group, [Member, Animator]) };
            if (group.Visibility == GroupVisibility.AllMembers) audiences.AddRange([(Audience.Platform, Signed), (Audience.Public, everyone)]);
            foreach (var (audience, readers) in audiences)
            {
                string Planted(string what) => Add(Word(), $"{what} d’un article {audience} du groupe {label}", readers, readers);
                var article = await scene.ArticleAsync(group, author, $"Article {Planted("le titre")}", $"Texte {Planted("le texte")}", audience, Planted("une étiquette"), $"Chapeau {Planted("le chapeau")}", "@" + other.Handle,
                    Pictures.Png(words: Planted("la couverture")), $"Image {Planted("la légende de la couverture")}", $"Dossier {Add(Word(), $"le nom d’un dossier d’un article {audience} du groupe {label}", readers, [])}");
                // Beside an article in a series that everybody reads, one that only some do.
                await scene.ArticleAsync(group, author, $"Partie {Planted("le titre d’une partie")}", audience: audience, series: "Pour tous");
                await scene.AnswerAsync(article, other, $"Commentaire {Planted("un commentaire")}");
                Addresses.AddRange([$"/c/{article}", $"/groupes/{group.Slug}/articles/{article}", $"/groupes/{group.Slug}/articles/{article}/couverture", $"/groupes/{group.Slug}/articles/{article}/historique", $"/groupes/{group.Slug}/articles/{article}/modifier", $"/contenus/{article}/distribution"]);
                ApiAddresses.AddRange([$"articles/{article}", $"articles/{article}/comments"]);
                References.Add($"#{article}");
            }

            // What was on the platform's home page before its group closed it again.
            await using (var db = Instance.Open(Viewer.System)) await db.Items.Where(i => i.GroupId == group.Id && i.Kind == "articles.article").ExecuteUpdateAsync(set => set.SetProperty(i => i.FeaturedAt, DateTime.UnixEpoch));
            Addresses.AddRange([$"/groupes/{group.Slug}/articles/dossiers/pour-tous", $"/groupes/{group.Slug}/etiquettes"]);
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/articles/dossiers/pour-tous/flux.{extension}");

            foreach (var (what, coAuthor, readers, at) in new (string, string?, string[], DateTime?)[] { ("un brouillon", null, [Animator], null), ("un brouillon à deux", "@" + other.Handle, [Animator, Member], null), ("un article programmé", "@" + other.Handle, [Animator, Member], scene.Now.AddDays(400)) })
            {
                string Kept(string part) => Add(Word(), $"{part} d’{what} du groupe {label}", readers, readers);
                var id = await scene.DraftAsync(group, author, $"Titre {Kept("le titre")}", $"Texte {Kept("le texte")}", group.Visibility == GroupVisibility.AllMembers ? Audience.Public : Audience.Group, Kept("une étiquette"),
                    $"Chapeau {Kept("le chapeau")}", coAuthor, Pictures.Png(words: Kept("la couverture")), $"Image {Kept("la légende")}", at);
                var draft = $"/groupes/{group.Slug}/articles/brouillons/{id:N}";
                Addresses.AddRange([draft, draft + "/apercu", draft + "/couverture"]);
                ApiAddresses.Add($"groups/{group.Slug}/articles/drafts/{id:N}");
            }

            await Instance.Services.GetRequiredService<KeepDrafts>().SaveAsync(Viewer.Member(author.Id), $"article-nouveau/{group.Id:N}", $"Commencé {Add(Word(), $"un article commencé du groupe {label}", [Animator], [Animator])}", default);
            Addresses.AddRange([$"/groupes/{group.Slug}/articles", $"/groupes/{group.Slug}/articles/nouveau", $"/groupes/{group.Slug}/corbeille/articles"]);
            ApiAddresses.AddRange([$"groups/{group.Slug}/articles", $"groups/{group.Slug}/articles/drafts"]);
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/articles/flux.{extension}");
        }

        // Bookmarks of each audience, with their files for other programs, and one in the trash.
        private async Task PlantBookmarksAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            var (author, other) = (of(Animator), of(Member));
            string[] everyone = ["anonyme", "suspendu", .. Signed];
            var audiences = new List<(Audience Audience, string[] Readers)> { (Audience.Group, [Member, Animator]) };
            if (group.Visibility == GroupVisibility.AllMembers) audiences.AddRange([(Audience.Platform, Signed), (Audience.Public, everyone)]);
            foreach (var (audience, readers) in audiences)
            {
                string Planted(string what) => Add(Word(), $"{what} d’un favori {audience} du groupe {label}", readers, readers);
                var bookmark = await scene.BookmarkAsync(group, author, $"Favori {Planted("le titre")}", $"Texte {Planted("le texte")}", audience, Planted("une étiquette"), $"https://exemple.invalid/{Planted("l’adresse")}");
                await scene.AnswerAsync(bookmark, other, $"Commentaire {Planted("un commentaire")}");
                // What members quote is the group's, whoever else reads the bookmark, or nobody's but one's own.
                string Quoted(string what, params string[] by) => Add(Word(), $"{what} d’un favori {audience} du groupe {label}", by, by);
                var passage = await scene.QuotePassageAsync(bookmark, other, $"Passage {Quoted("un passage cité", Member, Animator)}", $"Note {Quoted("la note d’un passage cité", Member, Animator)}");
                var alone = await scene.QuotePassageAsync(bookmark, other, $"Passage {Quoted("un passage cité pour soi", Member)}", $"Note {Quoted("la note d’un passage cité pour soi", Member)}", isPrivate: true);
                var taken = await scene.QuotePassageAsync(bookmark, other, $"Retiré {Quoted("un passage cité puis retiré")}");
                await Instance.Services.GetRequiredService<TerritoireCollab.Bookmarks.Quotes.RemoveQuote>().ExecuteAsync(Viewer.Member(author.Id), bookmark, taken, default);
                Addresses.AddRange(new[] { passage, alone, taken }.Select(id => $"/groupes/{group.Slug}/favoris/{bookmark}/passages/{id:N}/modifier"));
                Addresses.AddRange([$"/c/{bookmark}", $"/groupes/{group.Slug}/favoris/{bookmark}", $"/groupes/{group.Slug}/favoris/{bookmark}/modifier", $"/groupes/{group.Slug}/favoris/{bookmark}/historique", $"/contenus/{bookmark}/deplacer", $"/contenus/{bookmark}/distribution"]);
                ApiAddresses.AddRange([$"bookmarks/{bookmark}", $"bookmarks/{bookmark}/comments", $"bookmarks/{bookmark}/quotes"]);
                References.Add($"#{bookmark}");
            }

            string Kept(string what) => Add(Word(), $"{what} d’un favori jeté du groupe {label}", [Animator], [Animator]);
            var removed = await scene.BookmarkAsync(group, author, $"Jeté {Kept("le titre")}", $"Texte {Kept("le texte")}", Audience.Group);
            await Instance.Services.GetRequiredService<RemoveContent>().ExecuteAsync(Viewer.Member(author.Id), removed, default);
            Addresses.AddRange([$"/groupes/{group.Slug}/favoris", $"/groupes/{group.Slug}/favoris/nouveau", $"/groupes/{group.Slug}/favoris/importer", $"/groupes/{group.Slug}/corbeille/favoris", .. new[] { "html", "csv", "opml" }.Select(f => $"/groupes/{group.Slug}/favoris/favoris.{f}")]);
            ApiAddresses.Add($"groups/{group.Slug}/bookmarks");
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/favoris/flux.{extension}");
        }

        // A poll that is open, one with names for the animators, one that is concluded; what is voted is read as was promised, and not before.
        private async Task PlantPollsAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);
            string Led(string what) => Add(Word(), $"{what} du groupe {label}", [Animator], [Animator]);
            var named = await scene.PollAsync(group, of(Animator), $"Voté {Private("le titre d’un sondage")}", options: [$"Option {Private("une option")}", "Non"], body: $"Contexte {Private("le contexte d’un sondage")}", audience: Audience.Group,
                with: d => d with { Secrecy = Secrecy.NamedForAnimators, Showing = Showing.Always });
            await scene.VoteAsync(named, of(Member), 1, $"Raison {Private("la raison d’un vote")}");
            await scene.AnswerAsync(named, of(Member), $"Commentaire {Private("un commentaire de sondage")}");
            var hidden = await scene.PollAsync(group, of(Animator), "Caché jusqu’à la fin", audience: Audience.Group, with: d => d with { Showing = Showing.AtEnd });
            await scene.VoteAsync(hidden, of(Member), 1, $"Raison {Add(Word(), $"la raison d’un vote caché jusqu’à la fin du groupe {label}", [Member], [Member])}");
            var early = await scene.PollAsync(group, of(Animator), "Caché à qui n’a pas voté", audience: Audience.Group);
            await scene.VoteAsync(early, of(Animator), 1, $"Raison {Led("la raison d’un vote que voit qui a voté")}");
            var closed = await scene.PollAsync(group, of(Animator), "Conclu", audience: Audience.Group);
            var leads = Instance.Services.GetRequiredService<LeadPoll>();
            await leads.CloseAsync(Viewer.Member(of(Animator).Id), closed, default);
            await leads.ConcludeAsync(Viewer.Member(of(Animator).Id), closed, $"Conclu {Private("la conclusion d’un sondage")}", default);
            if (group.Visibility == GroupVisibility.AllMembers)
                await scene.PollAsync(group, of(Animator), $"Plateforme {Add(Word(), $"un sondage pour la plateforme du groupe {label}", Signed, Signed)}", audience: Audience.Platform);

            foreach (var poll in new[] { named, hidden, early, closed })
            {
                Addresses.AddRange([$"/c/{poll}", $"/groupes/{group.Slug}/sondages/{poll}", $"/groupes/{group.Slug}/sondages/{poll}/modifier", $"/groupes/{group.Slug}/sondages/{poll}/conclure", $"/groupes/{group.Slug}/sondages/{poll}/resultats.csv", $"/groupes/{group.Slug}/sondages/{poll}/historique", $"/contenus/{poll}/deplacer", $"/contenus/{poll}/distribution"]);
                ApiAddresses.AddRange([$"polls/{poll}", $"polls/{poll}/comments"]);
                References.Add($"#{poll}");
            }

            await PlantQuestionnairesAsync(scene, group, label, of);
            Addresses.AddRange([$"/groupes/{group.Slug}/sondages", $"/groupes/{group.Slug}/sondages?filtre=clos", $"/groupes/{group.Slug}/sondages/nouveau", $"/groupes/{group.Slug}/corbeille/sondages"]);
            ApiAddresses.Add($"groups/{group.Slug}/polls");
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/sondages/flux.{extension}");
        }

        // Links that a member keeps for himself, one of them taken off: nobody else ever reads a word of them, administrators no more than others.
        private async Task PlantOwnBookmarksAsync(Member member)
        {
            string Kept(string what) => Add(Word(), $"{what} d’un lien gardé pour soi", [Member], [Member]);
            var (keep, viewer) = (Instance.Services.GetRequiredService<KeepOwnBookmark>(), Viewer.Member(member.Id));
            var kept = await keep.ExecuteAsync(viewer, new($"https://exemple.invalid/{Kept("l’adresse")}", $"Lien {Kept("le titre")}", $"Note {Kept("la note")}", Kept("une étiquette")), default);
            var removed = await keep.ExecuteAsync(viewer, new("https://exemple.invalid/retire", $"Retiré {Add(Word(), "le titre d’un lien retiré", [], [])}", null, null), default);
            await Instance.Services.GetRequiredService<RemoveOwnBookmark>().ExecuteAsync(viewer, removed.ShortId, default);
            foreach (var id in new[] { kept.ShortId, removed.ShortId })
                Addresses.AddRange([$"/moi/favoris/{id}/modifier", $"/favoris/ajouter?depuis={id}", .. Slugs.Select(slug => $"/groupes/{slug}/favoris/nouveau?depuis={id}")]);
            // A copy of a page that others have a bookmark of too.
            var copy = await new Scene(Instance).CopyAsync(member, "https://exemple.invalid/copiee", $"Page {Kept("le titre d’une copie")}", $"<p>{Kept("le texte d’une copie")}</p>");
            Addresses.AddRange([$"/moi/favoris/copies/{copy:N}", "/moi/favoris/copies"]);
            Addresses.AddRange(["/moi/favoris", "/moi/favoris/nouveau", "/moi/favoris/importer", .. new[] { "html", "csv", "opml" }.Select(f => $"/moi/favoris/favoris.{f}")]);
            ApiAddresses.Add("me/bookmarks");
        }

        // Files of each audience: what they hold, what they held before, the folder that they stand in, a link to one of them, and one in the trash.
        private async Task PlantFilesAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            var (author, other) = (of(Animator), of(Member));
            string[] everyone = ["anonyme", "suspendu", .. Signed];
            var folder = await scene.FolderAsync(group, author, $"Dossier {Add(Word(), $"le nom d’un dossier du groupe {label}", [Member, Animator], [Member, Animator])}");
            var audiences = new List<(Audience Audience, string[] Readers)> { (Audience.Group, [Member, Animator]) };
            if (group.Visibility == GroupVisibility.AllMembers) audiences.AddRange([(Audience.Platform, Signed), (Audience.Public, everyone)]);
            foreach (var (audience, readers) in audiences)
            {
                string Planted(string what) => Add(Word(), $"{what} d’un fichier {audience} du groupe {label}", readers, readers);
                var file = await scene.FileOfGroupAsync(group, author, $"{Planted("le nom")}.txt", $"Avant {Planted("une ancienne version")}", $"Fichier {Planted("le titre")}", $"Texte {Planted("la description")}", audience, Planted("une étiquette"), folder);
                await scene.VersionAsync(file, other, "note.txt", $"Texte {Planted("le contenu")}", $"Pour {Planted("le commentaire d’une version")}");
                await scene.AnswerAsync(file, other, $"Commentaire {Planted("un commentaire")}");
                var place = $"/groupes/{group.Slug}/fichiers/{file}";
                Addresses.AddRange([$"/c/{file}", place, $"{place}/modifier", $"{place}/remplacer", $"{place}/partager", $"{place}/historique", $"{place}/telecharger", $"{place}/apercu", $"{place}/apercu/1", $"{place}/versions/1/telecharger", $"{place}/versions/2/telecharger", $"/contenus/{file}/deplacer", $"/contenus/{file}/distribution"]);
                ApiAddresses.AddRange([$"files/{file}", $"files/{file}/comments", $"files/{file}/download"]);
                References.Add($"#{file}");
            }

            string Kept(string what) => Add(Word(), $"{what} d’un fichier jeté du groupe {label}", [Animator], [Animator]);
            string Gone(string what) => Add(Word(), $"{what} d’un fichier jeté du groupe {label}", [Animator], []);
            var removed = await scene.FileOfGroupAsync(group, author, $"{Gone("le nom")}.txt", $"Texte {Gone("le contenu")}", $"Jeté {Kept("le titre")}", $"Texte {Kept("la description")}", Audience.Group);
            await scene.AllowSharingAsync(group, author);
            var secrets = new[] { await scene.ShareAsync(removed, author) };
            await Instance.Services.GetRequiredService<RemoveContent>().ExecuteAsync(Viewer.Member(author.Id), removed, default);
            // A link to what is in the trash shares nothing.
            Addresses.AddRange(secrets.Select(s => $"/partage/{s}"));
            Addresses.AddRange([$"/groupes/{group.Slug}/fichiers", $"/groupes/{group.Slug}/fichiers?dossier={folder}", $"/groupes/{group.Slug}/fichiers?accessible=inconnu", $"/groupes/{group.Slug}/fichiers/nouveau", $"/groupes/{group.Slug}/fichiers/importer", $"/groupes/{group.Slug}/fichiers/reglages", $"/groupes/{group.Slug}/fichiers/dossiers/{folder}/modifier", $"/groupes/{group.Slug}/fichiers/archive.zip", $"/groupes/{group.Slug}/fichiers/archive.zip?dossier={folder}", $"/groupes/{group.Slug}/fichiers/{removed}/telecharger", $"/groupes/{group.Slug}/corbeille/fichiers"]);
            ApiAddresses.Add($"groups/{group.Slug}/files");
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/fichiers/flux.{extension}");
        }

        // A questionnaire with names for those who lead it, one without names for the members, what a member began to build and to answer.
        private async Task PlantQuestionnairesAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            string Private(string what) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], [Member, Animator]);
            string Led(string what) => Add(Word(), $"{what} du groupe {label}", [Animator], [Animator]);

            // The member who answers sees the own answers; nobody else but those who lead.
            var own = Add(Word(), $"la réponse d’un membre à un questionnaire du groupe {label}", [Member, Animator], [Member, Animator]);
            var named = await scene.QuestionnaireAsync(group, of(Animator), $"Questionnaire {Private("le titre d’un questionnaire")}", body: $"Introduction {Private("l’introduction d’un questionnaire")}", audience: Audience.Group,
                parts: [new() { Kind = PartKind.ShortText, Text = $"Question {Private("une question")}" }, new() { Kind = PartKind.OneChoice, Text = "Choix", Choices = $"{Private("un choix")}\nNon" }, new() { Kind = PartKind.File, Text = "Une fiche" }]);
            var sent = Add(Word(), $"le contenu d’un fichier répondu à un questionnaire du groupe {label}", [Member, Animator], [Member, Animator]);
            await scene.AnswerQuestionnaireAsync(named, of(Member), $"Réponse {own}", (3, await scene.FileAsync("fiche.txt", $"Texte {sent}")));
            await scene.AnswerQuestionnaireAsync(named, of(Animator), $"Réponse {Led("la réponse d’une animatrice à un questionnaire")}");
            await scene.AnswerAsync(named, of(Member), $"Commentaire {Private("un commentaire de questionnaire")}");
            var open = await scene.QuestionnaireAsync(group, of(Animator), "Sans noms", audience: Audience.Group, with: d => d with { IsAnonymous = true, ResultsFor = ResultsFor.Members });
            await scene.AnswerQuestionnaireAsync(open, of(Animator), $"Réponse {Private("une réponse que voient les membres")}");
            if (group.Visibility == GroupVisibility.AllMembers)
                await scene.QuestionnaireAsync(group, of(Animator), $"Plateforme {Add(Word(), $"un questionnaire pour la plateforme du groupe {label}", Signed, Signed)}", audience: Audience.Platform);
            await Instance.Services.GetRequiredService<KeepDrafts>().SaveAsync(
                Viewer.Member(of(Animator).Id), $"questionnaire-nouveau/{group.Id:N}", $$$"""{"title":"{{{Led("un questionnaire commencé")}}}","details":{"parts":[]}}""", default);

            foreach (var questionnaire in new[] { named, open })
            {
                var address = $"/groupes/{group.Slug}/sondages/questionnaires/{questionnaire}";
                Addresses.AddRange([$"/c/{questionnaire}", address, .. new[] { "modifier", "historique", "resultats", "resultats?question=1", "reponses", "reponses?page=2", "reponses.csv", "reponses.xlsx", "fichiers.zip" }.Select(tail => $"{address}/{tail}"), $"/contenus/{questionnaire}/deplacer", $"/contenus/{questionnaire}/distribution"]);
                ApiAddresses.AddRange([$"questionnaires/{questionnaire}", $"questionnaires/{questionnaire}/comments"]);
                References.Add($"#{questionnaire}");
            }

            await using (var all = Instance.Open(Viewer.System))
                foreach (var file in await all.Set<AnswerFile>().Where(f => f.Item.GroupId == group.Id).Select(f => new { f.Id, f.Item.ShortId }).ToListAsync()) Addresses.Add($"/groupes/{group.Slug}/sondages/questionnaires/{file.ShortId}/fichiers/{file.Id:N}");
            Addresses.AddRange([$"/groupes/{group.Slug}/sondages?sorte=questionnaires", $"/groupes/{group.Slug}/sondages/questionnaires/nouveau"]);
            ApiAddresses.Add($"groups/{group.Slug}/questionnaires");
        }

        // A tree of pages: what they said before, what links to them, what is attached, begun, and in the trash with what stood under it.
        private async Task PlantPagesAsync(Scene scene, Group group, string label, Func<string, Member> of)
        {
            var (author, writer) = (of(Animator), of(Member));
            string Private(string what, params string[] expected) => Add(Word(), $"{what} du groupe {label}", [Member, Animator], expected.Length > 0 ? expected : [Member, Animator]);
            var title = Private("le titre d’une page");
            var top = await scene.PageAsync(group, author, $"Page {title}", $"Texte {Private("le texte d’une page")}", audience: Audience.Group, tags: Private("une étiquette de page"));
            var under = await scene.PageAsync(group, writer, $"Sous-page {Private("le titre d’une sous-page")}", $"Voir [[Page {title}]]. {Private("le texte d’une sous-page")}", top, Audience.Group, files: await scene.FileAsync($"{Private("le nom de la pièce d’une page")}.txt", Private("le contenu de la pièce d’une page")));
            await scene.RewriteAsync(top, writer, $"Autre {Private("le nouveau texte d’une page")}", Private("ce qui a été changé"));
            await scene.RemarkAsync(top, author, $"Remarque {Private("la remarque dont le passage a disparu")}", "Autre");
            var last = Private("le dernier texte d’une page");
            await scene.RewriteAsync(top, author, $"Encore {last}");
            await scene.RemarkAsync(top, author, $"Remarque {Private("la remarque en marge d’une page")}", last);
            var settled = await scene.RemarkAsync(top, author, $"Remarque {Private("la remarque résolue d’une page")}", $"Encore {last}");
            await Instance.Services.GetRequiredService<SettleComment>().ExecuteAsync(Viewer.Member(writer.Id), top, settled, settled: true, default);
            await Instance.Services.GetRequiredService<TerritoireCollab.Wiki.Tree.FollowWiki>().ExecuteAsync(Viewer.Member(writer.Id), group.Slug, follows: true, default);
            await scene.AnswerAsync(under, writer, $"Commentaire {Private("le commentaire d’une page")}");
            await Instance.Services.GetRequiredService<KeepDrafts>().SaveAsync(Viewer.Member(author.Id), $"page-nouvelle/{group.Id:N}", $"Brouillon {Add(Word(), $"le brouillon d’une page du groupe {label}", [Animator], [Animator])}", default);

            string Kept(string what) => Add(Word(), $"{what} du groupe {label}", [Animator], [Animator]);
            var removed = await scene.PageAsync(group, author, $"Retirée {Kept("le titre d’une page retirée")}", audience: Audience.Group);
            await scene.PageAsync(group, author, $"Emportée {Kept("le titre d’une page emportée")}", parent: removed, audience: Audience.Group);
            await Instance.Services.GetRequiredService<TerritoireCollab.Wiki.Tree.RemovePage>().ExecuteAsync(Viewer.Member(author.Id), removed, withUnder: true, default);
            var pages = new List<string> { top, under };
            if (group.Visibility == GroupVisibility.AllMembers)
            {
                // A public page that leads to a private one, and is led to by it; it was private before.
                string[] everyone = ["anonyme", "suspendu", .. Signed];
                var open = await scene.PageAsync(group, author, $"Publique {Add(Word(), $"une page publique du groupe {label}", everyone, everyone)}", "Texte", audience: Audience.Public);
                await scene.RewriteAsync(under, writer, $"Vers #{open} et [[Page {title}]].");
                pages.Add(open);
            }

            foreach (var id in pages)
            {
                var address = $"/groupes/{group.Slug}/pages/{id}";
                Addresses.AddRange([$"/c/{id}", address, .. new[] { "modifier", "ranger", "retirer", "historique", "comparer?de=1&a=2", "comparer?de=1&a=3&vue=suite", "versions/1", "versions/2", "versions/3", "export.md", "export.pdf", "export.html", "export.zip" }.Select(tail => $"{address}/{tail}")]);
                Addresses.Add($"/groupes/{group.Slug}/pages/nouveau?depuis={id}");
                ApiAddresses.AddRange([$"pages/{id}", $"pages/{id}/comments"]);
                FeedAddresses.Add($"{address}/flux.atom");
                References.Add($"#{id}");
            }

            Addresses.AddRange([$"/groupes/{group.Slug}/pages", $"/groupes/{group.Slug}/pages/titres", $"/moi/abonnement?groupe={group.Slug}", $"/groupes/{group.Slug}/pages/nouveau", $"/groupes/{group.Slug}/pages/importer", $"/groupes/{group.Slug}/corbeille/pages"]);
            ApiAddresses.Add($"groups/{group.Slug}/pages");
            foreach (var extension in new[] { "rss", "rdf", "atom", "json" }) FeedAddresses.Add($"/groupes/{group.Slug}/pages/flux.{extension}");
            await using var all = Instance.Open(Viewer.System);
            foreach (var attachment in await all.Attachments.Where(a => a.Item.GroupId == group.Id && a.Item.Kind == "wiki.page").ToListAsync()) Addresses.Add($"/pieces/{attachment.Id:N}/x");
        }

        private async Task CorrectAsync(Member animator, string editorial)
        {
            using var program = await Instance.ProgramAsync(animator.Id);
            using var corrected = await program.PatchAsJsonAsync($"editorials/{editorial}", new { body = "Après." });
            Assert.Equal(HttpStatusCode.OK, corrected.StatusCode);
        }

        // Members read it on its own page, and nobody anywhere else, however public the revue is.
        private async Task PlantTextAsync(Group group, Guid card, string word)
        {
            await using var db = Instance.Open(Viewer.System);
            var news = await db.Set<PoolEntry>().Where(e => e.Id == card).Select(e => e.NewsId).SingleAsync();
            db.Add(new FullText { NewsId = news, Html = $"<p>Texte {word}</p>", ReadAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
            Addresses.Add($"/groupes/{group.Slug}/veille/cartes/{card:N}/texte");
        }

        public Member Of(string name) => Roles.Single(r => r.Name == name).Member!;

        public string Add(string word, string what, IEnumerable<string> readers, IEnumerable<string> expected)
        {
            Canaries.Add(new(word, what, readers.ToHashSet(), expected.ToHashSet()));
            return word;
        }

        // Letters only and no French ending, so that the analyser leaves the word whole.
        public static string Word() => "zq" + System.Security.Cryptography.RandomNumberGenerator.GetString("bcdfghjkmnpqrvwz", 10) + "k";
    }
}
