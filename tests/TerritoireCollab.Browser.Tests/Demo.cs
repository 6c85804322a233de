using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Own;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Pool;

[assembly: AssemblyFixture(typeof(TerritoireCollab.Browser.Tests.Demo))]

namespace TerritoireCollab.Browser.Tests;

/// <summary>An instance with the demo territory, with everything running as in production; started once for all tests that only look.</summary>
public sealed partial class Demo : IAsyncLifetime
{
    /// <summary>The group of the demo territory that most screens are looked at in.</summary>
    public const string Group = "veille-numerique";

    private readonly Dictionary<string, string> _sessions = [];

    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>What there is to look at besides the demo territory.</summary>
    public Sights Sights { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync(jobs: true, settings: [("Territoire:Demo", "true"), .. MailIn.Settings]);
        Sights = await PrepareAsync();
    }

    /// <summary>A session of a demo account, or of <c>nouvelle@demo.local</c>, who has not been welcomed yet.</summary>
    public async Task<string> SessionAsync(string email)
    {
        if (_sessions.TryGetValue(email, out var known)) return known;

        await using var db = Instance.Open(Viewer.System);
        return _sessions[email] = await Instance.SessionAsync(await db.Members.Where(m => m.Email == email).Select(m => m.Id).SingleAsync());
    }

    /// <summary>Says that the session of that account was closed: the next one who asks gets another.</summary>
    public void Forget(string email) => _sessions.Remove(email);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();

    private async Task<Sights> PrepareAsync()
    {
        var scene = new Scene(Instance);
        await using var db = Instance.Open(Viewer.System);
        var animator = await db.Members.SingleAsync(m => m.Email == "animatrice@demo.local");
        var agent = await db.Members.SingleAsync(m => m.Email == "agent@demo.local");
        var group = await db.Groups.SingleAsync(g => g.Slug == Group);
        var newcomer = await scene.MemberAsync("Noé Clairvallon");
        await db.Members.Where(m => m.Id == newcomer.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Welcomed, false).SetProperty(m => m.Email, "nouvelle@demo.local"));
        await scene.MemberAsync("Paule Enattente", MemberState.AwaitingApproval);
        await scene.GroupAsync("Groupe désert", agent, joining: GroupJoining.Free, slug: "groupe-desert");

        var wiki = await scene.PageAsync(group, animator, "Tenir une permanence", "Pour qui aide les autres.\n\n# Avant\n\nRéserver la salle.\n\n# Pendant\n\nVoir [[Matériel de prêt]] et [[Affiche à imprimer]].\n\n# Après\n\nCompter les personnes venues.", tags: "permanences");
        await scene.PageAsync(group, agent, "Matériel de prêt", "Deux tablettes et un projecteur. Retour à [[Tenir une permanence]].", wiki);
        await scene.RewriteAsync(wiki, agent, "Pour qui aide les autres.\n\n# Avant\n\nRéserver la salle deux mois avant.\n\n# Pendant\n\nVoir [[Matériel de prêt]] et [[Affiche à imprimer]].\n\n# Après\n\nCompter les personnes venues.", "Précisé le délai");
        await scene.RewriteAsync(wiki, animator, "Pour qui aide les autres.\n\n# Avant\n\nRéserver la salle deux mois avant, prévenir la mairie.\n\n# Pendant\n\nVoir [[Matériel de prêt]] et [[Affiche à imprimer]].\n\n# Après\n\nCompter les personnes venues, sans noter leurs noms.");

        var edited = await scene.TopicAsync(group, animator, "Cartographie des antennes relais : qui a la couche à jour ?", "La carte de l’an dernier n’est plus bonne.", tags: "cartographie", question: true);
        await scene.AnswerAsync(edited, agent, "Le syndicat mixte la publie chaque trimestre.");
        await scene.AnswerAsync(edited, animator, "Merci, je regarde.");
        var hands = new Visitor(await Instance.SignedInAsync(animator.Id));
        await hands.SendAsync(await hands.OpenAsync($"/groupes/{Group}/forum/{edited}/reponses/2/modifier"), "textarea[name=Body]", ("Body", "Merci, je regarde et je dis ici ce que j’ai trouvé."));
        await hands.SendAsync(await hands.OpenAsync($"/c/{edited}"), "button[value='retenir:1']");
        var removed = await scene.TopicAsync(group, animator, "Un fil ouvert par erreur");
        await hands.SendAsync(await hands.OpenAsync($"/c/{removed}"), "button[value='retirer']");

        // Letters, of which one was corrected; members whom no mail reaches, one of whom looks.
        var letter = await scene.LetterAsync(group, animator, "Rendez-vous de la semaine", "Bonjour,\n\nNous nous retrouvons **jeudi à 14 h 30**.", files: await scene.FileAsync("Ordre du jour.txt", "Un seul point."));
        await hands.SendAsync(await hands.OpenAsync($"/groupes/{Group}/lettres/{letter}/modifier"), "form.formulaire", ("Input.Body", "Bonjour,\n\nNous nous retrouvons **vendredi à 14 h 30**."));
        var lost = await db.Memberships.Where(m => m.GroupId == group.Id && m.Role == GroupRole.Member && (m.Member!.Email == "elue@demo.local" || !m.Member.Email!.EndsWith("@demo.local"))).OrderBy(m => m.Member!.FoldedName).Select(m => m.Member!.NormalizedEmail!).Take(2).ToListAsync();
        (AddressState State, string Status)[] faults = [(AddressState.Stopped, "5.1.1"), (AddressState.Paused, "4.2.2"), (AddressState.Complained, "")];
        db.AddressStandings.AddRange(lost.Append("ELUE@DEMO.LOCAL").Distinct().Zip(faults, (a, f) => new AddressStanding { Address = a, State = f.State, Status = f.Status, Since = DateTime.UtcNow.AddDays(-3) }));

        var now = DateTime.UtcNow;
        var (invitation, link, reset) = (SecretTokens.New(), SecretTokens.New(), SecretTokens.New());
        db.Invitations.Add(new Invitation { GroupId = group.Id, TokenHash = SecretTokens.Hash(invitation), InvitedById = animator.Id, SentAt = now, ExpiresAt = now.AddDays(7), Message = "Venez voir la veille de cette semaine." });
        db.Invitations.Add(new Invitation { GroupId = group.Id, Email = "mairie.invitee@exemple.invalid", TokenHash = SecretTokens.Hash(SecretTokens.New()), InvitedById = animator.Id, SentAt = now, ExpiresAt = now.AddDays(7) });
        db.MailedLinks.Add(Link(agent, MailedLinkPurpose.SignIn, link, now));
        db.MailedLinks.Add(Link(agent, MailedLinkPurpose.ResetPassword, reset, now));
        await db.SaveChangesAsync();

        await hands.SendAsync(await hands.OpenAsync($"/groupes/{Group}/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", Invited));
        // An event for everybody, to which somebody without an account is invited.
        var open = await scene.EventAsync(group, animator, "Visite de la chaufferie bois", inDays: 12, body: "Rendez-vous devant la mairie.", audience: Audience.Public);
        await hands.SendAsync(await hands.OpenAsync($"/contenus/{open}/invites"), "[name='Addresses']", ("Addresses", Neighbour));
        await WriteInAsync(agent);
        var find = await db.Items.Where(i => i.Group!.Slug == "veille-numerique" && i.Kind == "veille.find").OrderByDescending(i => i.CommentCount).Select(i => i.ShortId).FirstAsync();
        var quoted = await db.Set<TerritoireCollab.Veille.Finds.FindQuote>().Where(q => q.Note != null).OrderBy(q => q.At).Select(q => new { q.Item.ShortId, q.Id }).FirstAsync();
        var visitor = new Visitor(Instance.Browser());
        await visitor.SendAsync(await visitor.OpenAsync("/veille/abonnement"), "form:has([name='Email'])", ("Email", Reader));
        await visitor.OpenAsync(await LinkAsync(db, ConfirmLink(), m => m.ToAddress == Reader));
        await visitor.SendAsync(await visitor.OpenAsync(await LinkAsync(db, ConfirmLink(), m => m.ToAddress == Reader)), "main form");
        await visitor.SendAsync(await visitor.OpenAsync("/veille/abonnement"), "form:has([name='Email'])", ("Email", Reader));
        await visitor.SendAsync(await visitor.OpenAsync("/veille/abonnement"), "form:has([name='Email'])", ("Email", Newcomer));
        var board = (await hands.OpenAsync("/groupes/veille-numerique/veille/tableau")).Document;
        var outlets = (await hands.OpenAsync("/groupes/veille-numerique/veille/annonces")).Document;
        var sources = (await hands.OpenAsync("/groupes/veille-numerique/veille/sources")).Document;
        // A whole text that its site gives, and one that it keeps for its subscribers.
        var (given, reserved) = (await TextAsync(db, hands, "mairie-crest"), await TextAsync(db, hands, "echo-du-diois"));

        var editorial = await db.Items.Where(i => i.Kind == "veille.edito").OrderByDescending(i => i.CreatedAt).Select(i => i.ShortId).FirstAsync();
        var wording = await hands.OpenAsync($"/groupes/{Group}/veille/editos/{editorial}/modifier");
        await hands.SendAsync(wording, "form.formulaire", ("Input.Body", wording.ValueOf("Input.Body") + "\n\nMerci à celles et ceux qui nous ont écrit."));
        var editorials = (await visitor.OpenAsync("/veille/editos")).Document;

        var article = await db.Items.Where(i => i.Group!.Slug == "collectivites-numeriques" && i.Kind == "articles.article" && i.IsPinned).Select(i => i.ShortId).FirstAsync();
        var draft = await scene.DraftAsync(group, animator, "Ce que la veille nous a appris cette année", "Une trouvaille par semaine, et l’envie d’en parler.\n\n- ce que nous gardons ;\n- ce que nous referions.", summary: "Un an de revue, raconté par celles et ceux qui la font.", publishAt: DateTime.UtcNow.AddDays(6));

        foreach (var part in new[] { "Une année de haltes, le printemps", "Une année de haltes, l’été" }) await scene.ArticleAsync(group, animator, part, "Ce que nous avons vu en chemin.", Audience.Public, series: "Une année de haltes");
        await db.Items.Where(i => i.ShortId == article).ExecuteUpdateAsync(set => set.SetProperty(i => i.FeaturedAt, DateTime.UtcNow));

        var calendar = await scene.OutsideAsync(group, animator, "Mairie de Crest", "Conseil municipal", Audience.Platform, "Salle du conseil", "https://mairie.exemple.invalid/conseil", exported: true);

        var series = await scene.EventAsync(group, animator, "Permanence des aidants", with: d => d with { Repetition = new() { Frequency = TerritoireCollab.Agenda.Events.Frequency.Weekly } });

        var programme = await scene.EventAsync(group, animator, "Journée des aidants", inDays: 20, with: d => d with
        {
            From = "09:00", To = "17:00", Organisations = "Fabrique du Tilleul",
            Programme = [new() { From = "09:30", To = "10:30", Title = "Ouverture", Place = "Grande salle", Speakers = "Colette Tilleul" }, new() { From = "11:00", Title = "Atelier : un formulaire en une page" }],
        });

        var keep = Instance.Services.GetRequiredService<KeepOwnBookmark>();
        var own = await keep.ExecuteAsync(Viewer.Member(animator.Id), new("https://www.ladrome.fr/", "Le site du Département", "Les aides aux communes, page par page.", "aides, communes"), default);
        await keep.ExecuteAsync(Viewer.Member(animator.Id), new("https://www.service-public.fr/", "Service public", "", "démarches"), default);
        await scene.AllowSharingAsync(group, animator);
        var file = await db.Items.Where(i => i.Group!.Slug == Group && i.Kind == "files.file").OrderBy(i => i.CreatedAt).Select(i => i.ShortId).FirstAsync();
        await scene.VersionAsync(file, animator, "grille.odt", "Une grille plus courte", "Deux questions de moins");

        var polls = await PollsAsync(db);
        var inclusion = await db.Groups.SingleAsync(g => g.Slug == "inclusion-numerique");
        var ordered = await scene.PollAsync(inclusion, animator, "Dans quel ordre visiter les communes ?", PollKind.Ranking, ["Crest", "Die", "Nyons"]);
        var closed = (await hands.OpenAsync("/c/" + await scene.PollAsync(inclusion, animator, "Qui vient au bilan ?", with: d => d with { Secrecy = Secrecy.Named }))).Address;
        await hands.SendAsync(await hands.OpenAsync(closed + "/clore"), "main form");

        var kept = await db.Items.Where(i => i.Group!.Slug == Group && i.Kind == "bookmarks.bookmark").OrderBy(i => i.CreatedAt).Select(i => i.ShortId).FirstAsync();
        var passage = await scene.QuotePassageAsync(kept, animator, "Une phrase de la page, telle qu’elle y est écrite.", "À relire avant la prochaine réunion.");
        var copy = await scene.CopyAsync(animator, "https://www.ladrome.fr/", "Le site du Département", "<p>Les aides aux communes, page par page.</p>");

        return new()
        {
            SeriesOfArticles = $"/groupes/{Group}/articles/dossiers/une-annee-de-haltes",
            Tag = $"/groupes/{Group}/etiquettes/{await db.Tags.Where(t => t.Item.Group!.Slug == Group).OrderBy(t => t.Slug).Select(t => t.Slug).FirstAsync()}",
            Passage = $"/groupes/{Group}/favoris/{kept}/passages/{passage:N}/modifier",
            Copy = $"/moi/favoris/copies/{copy:N}",
            VoteLink = await scene.VoteLinkAsync(ordered, agent),
            ClosedPoll = closed,
            Calendar = $"/groupes/{Group}/agenda/calendriers/{calendar:N}",
            OwnBookmark = $"/moi/favoris/{own.ShortId}/modifier",
            Article = (await visitor.OpenAsync("/c/" + article)).Address,
            Draft = $"/groupes/{Group}/articles/brouillons/{draft:N}",
            Editorial = "/" + editorials.QuerySelector(".revue-liste a")!.GetAttribute("href"),
            EditorialId = editorial,
            Folder = $"/groupes/{Group}/fichiers?dossier={await db.Set<Files.Folders.FileFolder>().Where(f => f.GroupId == group.Id).OrderBy(f => f.Name).Select(f => f.ShortId).FirstAsync()}",
            File = (await hands.OpenAsync("/c/" + file)).Address,
            Share = "/partage/" + await scene.ShareAsync(file, animator, password: "sésame-ouvre"),
            Bookmark = (await hands.OpenAsync("/c/" + await db.Items.Where(i => i.Group!.Slug == Group && i.Kind == "bookmarks.bookmark").OrderBy(i => i.CreatedAt).Select(i => i.ShortId).FirstAsync())).Address,
            Find = (await hands.OpenAsync("/c/" + find)).Address,
            FindId = find,
            QuotedId = quoted.ShortId,
            Quote = quoted.Id.ToString("N"),
            Issue = await db.Items.Where(i => i.Kind == "veille.issue").OrderByDescending(i => i.CreatedAt).Select(i => i.ShortId).FirstAsync(),
            Source = sources.QuerySelector("main .liste a[href*='/veille/sources/']")!.GetAttribute("href")!,
            Outlet = outlets.QuerySelector("main .liste a[href*='/veille/annonces/']")!.GetAttribute("href")!,
            Text = given,
            TextRefused = reserved,
            PageSource = sources.QuerySelectorAll("main .liste > li").Single(row => row.TextContent.Contains("Page sans flux", StringComparison.Ordinal)).QuerySelector("a[href*='/veille/sources/']")!.GetAttribute("href")!,
            Card = board.QuerySelector("#lire [data-carte], [data-carte]")!.GetAttribute("data-carte")!,
            Confirm = await LinkAsync(db, ConfirmLink(), m => m.ToAddress == Newcomer),
            ConfirmMail = await LinkAsync(db, ConfirmMailLink(), m => m.Kind == "reception.confirmation"),
            Leave = await LinkAsync(db, LeaveLink(), m => m.ToAddress == Reader),
            Thread = (await hands.OpenAsync("/c/" + await db.Items.Where(i => i.Group!.Slug == Group && i.Kind == "forum.topic").OrderByDescending(i => i.CommentCount).Select(i => i.ShortId).FirstAsync())).Address,
            Event = (await hands.OpenAsync("/c/" + await db.Items.Where(i => i.Group!.Slug == Group && i.Kind == "agenda.event").OrderByDescending(i => i.CreatedAt).Select(i => i.ShortId).FirstAsync())).Address,
            Day = $"{DateTime.UtcNow.AddDays(12):yyyy-MM-dd}",
            Series = (await hands.OpenAsync("/c/" + series)).Address,
            Programme = (await hands.OpenAsync("/c/" + programme)).Address.Split('?')[0] + "/programme",
            Polls = polls,
            Open = open,
            Guest = await LinkAsync(db, GuestLink(), m => m.ToAddress == Neighbour),
            StopWriting = await LinkAsync(db, StopWritingLink(), m => m.ToAddress == Neighbour),
            Questionnaires = await QuestionnairesAsync(db),
            Edited = (await hands.OpenAsync("/c/" + edited)).Address,
            Invitation = $"/invitation/{invitation}",
            Refusal = await LinkAsync(db, RefusalLink(), m => m.ToAddress == Invited),
            StopInvitations = await LinkAsync(db, StopInvitationsLink(), m => m.ToAddress == Invited),
            Link = $"/lien/{link}",
            Reset = $"/lien/{reset}",
            Letter = (await hands.OpenAsync("/c/" + letter)).Address,
            LetterId = letter,
            Wiki = (await hands.OpenAsync("/c/" + wiki)).Address,
            WikiId = wiki,
            Act = await LinkAsync(db, ActLink(), m => m.ItemId != null),
            Unsubscribe = await LinkAsync(db, UnsubscribeLink(), m => m.ItemId != null),
            MailSettings = await LinkAsync(db, SettingsLink(), m => m.ItemId != null),
            Handle = agent.Handle,
            MemberId = agent.Id,
            Organisation = await db.Affiliations.Where(a => a.MemberId == agent.Id).Select(a => a.Organisation!.Slug).FirstAsync(),
        };
    }

    // A mail that may be from somebody else, one that asks to get no more, one of a stranger.
    private async Task WriteInAsync(Member agent)
    {
        var mail = new SentMail { From = agent.Email!, To = $"groupe-{Group}@essai.invalid", Subject = "Une réunion en mairie", Text = "Jeudi à 18 h, salle du conseil.\n\nQui vient ?" };
        await Instance.DropAsync((mail with { Headers = ["Authentication-Results: mx.essai.invalid; dmarc=fail"] }).ToBytes());
        await Instance.DropAsync((mail with { MessageId = $"{Guid.NewGuid():N}@poste.invalid", Subject = "Mes courriels", Text = "Bonjour,\n\nje ne souhaite plus recevoir ces courriels.\n\nMerci" }).ToBytes());
        await Instance.DropAsync((mail with { MessageId = $"{Guid.NewGuid():N}@poste.invalid", From = "inconnue@exemple.invalid", Subject = "Bonjour" }).ToBytes());
    }

    private static async Task<string> TextAsync(AppDbContext db, Visitor hands, string host)
    {
        var card = await db.Set<PoolEntry>().Where(e => e.News!.Address.Contains(host)).OrderByDescending(e => e.ArrivedAt).ThenBy(e => e.Id).Select(e => e.Id).FirstAsync();
        return (await hands.PostAsync($"/groupes/{Group}/veille/cartes/{card:N}/texte/lire")).Address;
    }

    private static MailedLink Link(Member member, MailedLinkPurpose purpose, string token, DateTime now) =>
        new() { Purpose = purpose, TokenHash = SecretTokens.Hash(token), MemberId = member.Id, Email = member.Email!, CreatedAt = now, ExpiresAt = now.AddHours(1) };

    // As a mail carries it, which is written a moment after what it tells of.
    private static async Task<string> LinkAsync(AppDbContext db, Regex link, Expression<Func<MailRow, bool>> which)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var texts = await db.Mails.AsNoTracking().Where(which).Select(m => m.TextBody).ToListAsync(patience.Token);
            if (texts.Select(t => link.Match(t)).FirstOrDefault(m => m.Success) is { } found) return found.Value;
            await Task.Delay(50, patience.Token);
        }
    }

    private const string Reader = "lectrice@exemple.invalid";
    private const string Invited = "mairie.seconde@exemple.invalid";
    private const string Neighbour = "voisine@exemple.invalid";
    private const string Newcomer = "nouvelle.lectrice@exemple.invalid";

    [GeneratedRegex("/invitation/[0-9a-z]+/refus")]
    private static partial Regex RefusalLink();

    [GeneratedRegex("/invite/(?!arret/)[A-Za-z0-9_-]+")]
    private static partial Regex GuestLink();

    [GeneratedRegex("/invite/arret/[A-Za-z0-9_-]+")]
    private static partial Regex StopWritingLink();

    [GeneratedRegex("/invitations/arret/[A-Za-z0-9_-]+")]
    private static partial Regex StopInvitationsLink();

    [GeneratedRegex("/veille/abonnement/[A-Za-z0-9_-]+")]
    private static partial Regex ConfirmLink();

    [GeneratedRegex("/courriel/confirmer/[A-Za-z0-9_-]+")]
    private static partial Regex ConfirmMailLink();

    [GeneratedRegex("/veille/desabonnement/[A-Za-z0-9_-]+")]
    private static partial Regex LeaveLink();

    [GeneratedRegex("(?<=Régler tous mes courriels[^\\n]*\\n\\S*?)/desabonnement/[A-Za-z0-9_-]+")]
    private static partial Regex SettingsLink();

    [GeneratedRegex("/geste/[A-Za-z0-9_-]+")]
    private static partial Regex ActLink();

    [GeneratedRegex("/desabonnement/[A-Za-z0-9_-]+")]
    private static partial Regex UnsubscribeLink();

    private static async Task<IReadOnlyDictionary<string, string>> QuestionnairesAsync(AppDbContext db)
    {
        var found = await db.Set<Questionnaire>().Where(q => q.Item.Group!.Slug == Group).Select(q => new { q.IsAnonymous, q.Item.ShortId, q.Item.Title }).ToListAsync();
        return found.ToDictionary(q => q.IsAnonymous ? "closed" : "open", q => $"/groupes/{Group}/sondages/questionnaires/{q.ShortId}-{Slug.Of(q.Title)}");
    }

    private static async Task<IReadOnlyDictionary<string, string>> PollsAsync(AppDbContext db)
    {
        // Another group, which has open and concluded polls of most kinds.
        const string Of = "inclusion-numerique";
        var polls = await db.Set<Poll>().Where(p => p.Item.Group!.Slug == Of).Select(p => new { p.Kind, IsClosed = p.SettledAt != null, HasPlaces = db.Set<PollOption>().Any(o => o.ItemId == p.Id && o.Places != null), p.Item.ShortId, p.Item.Title }).ToListAsync();
        return polls.ToDictionary(p => p.Kind + (p.HasPlaces ? "Places" : "") + (p.IsClosed ? "Closed" : ""), p => $"/groupes/{Of}/sondages/{p.ShortId}-{Slug.Of(p.Title)}");
    }
}

/// <summary>Addresses of what was prepared to be looked at.</summary>
public sealed record Sights
{
    /// <summary>The longest thread of the group.</summary>
    public required string Thread { get; init; }
    /// <summary>An event of the group.</summary>
    public required string Event { get; init; }
    /// <summary>A day on which something takes place, as addresses have it.</summary>
    public required string Day { get; init; }
    /// <summary>An event that comes back each week.</summary>
    public required string Series { get; init; }
    /// <summary>Address of the programme of an event.</summary>
    public required string Programme { get; init; }
    /// <summary>The form of a calendar of another site.</summary>
    public required string Calendar { get; init; }
    /// <summary>The link of a mail by which a member votes without signing in.</summary>
    public required string VoteLink { get; init; }
    /// <summary>A poll that was closed and may be opened again.</summary>
    public required string ClosedPoll { get; init; }
    /// <summary>A poll of each kind, open and closed.</summary>
    public required IReadOnlyDictionary<string, string> Polls { get; init; }
    /// <summary>Short identifier of an event that everybody may read.</summary>
    public required string Open { get; init; }
    /// <summary>The link of somebody without an account who is invited to it.</summary>
    public required string Guest { get; init; }
    /// <summary>The link by which that address is written to no more.</summary>
    public required string StopWriting { get; init; }
    /// <summary>The questionnaire that is open, with names, and the one that is closed, without.</summary>
    public required IReadOnlyDictionary<string, string> Questionnaires { get; init; }
    /// <summary>A question with an accepted answer and an edited one.</summary>
    public required string Edited { get; init; }
    /// <summary>An invitation link.</summary>
    public required string Invitation { get; init; }
    /// <summary>Where an invitation is refused.</summary>
    public required string Refusal { get; init; }
    /// <summary>Where one gets no more invitations.</summary>
    public required string StopInvitations { get; init; }
    /// <summary>A mailed link that signs in.</summary>
    public required string Link { get; init; }
    /// <summary>A mailed link to choose a password.</summary>
    public required string Reset { get; init; }
    /// <summary>A folder of files.</summary>
    public required string Folder { get; init; }

    /// <summary>A file of a group.</summary>
    public required string File { get; init; }

    /// <summary>A link to a file without an account.</summary>
    public required string Share { get; init; }

    /// <summary>A bookmark.</summary>
    public required string Bookmark { get; init; }
    /// <summary>A find with its discussion.</summary>
    public required string Find { get; init; }
    /// <summary>Its short identifier.</summary>
    public required string FindId { get; init; }

    /// <summary>Short identifier of a find with a marked passage.</summary>
    public required string QuotedId { get; init; }

    /// <summary>Key of that passage.</summary>
    public required string Quote { get; init; }
    /// <summary>Short identifier of the last issue.</summary>
    public required string Issue { get; init; }
    /// <summary>The territory's address of the last édito.</summary>
    public required string Editorial { get; init; }
    /// <summary>Short identifier of an édito that was corrected.</summary>
    public required string EditorialId { get; init; }
    /// <summary>The page of a source.</summary>
    public required string Source { get; init; }
    /// <summary>The page of an outlet.</summary>
    public required string Outlet { get; init; }
    /// <summary>The whole text of an article.</summary>
    public required string Text { get; init; }
    /// <summary>An article whose text its site does not give.</summary>
    public required string TextRefused { get; init; }
    /// <summary>The page of a source that is read by selectors.</summary>
    public required string PageSource { get; init; }
    /// <summary>Key of a card of the board.</summary>
    public required string Card { get; init; }
    /// <summary>A link that confirms a reader without an account.</summary>
    public required string Confirm { get; init; }
    /// <summary>A link by which a member says that a mail is from him.</summary>
    public required string ConfirmMail { get; init; }
    /// <summary>A link by which such a reader leaves.</summary>
    public required string Leave { get; init; }
    /// <summary>A letter with a file, corrected.</summary>
    public required string Letter { get; init; }
    /// <summary>Its short identifier.</summary>
    public required string LetterId { get; init; }
    /// <summary>The form of a link that a member keeps for himself.</summary>
    public required string OwnBookmark { get; init; }

    /// <summary>A series of articles.</summary>
    public required string SeriesOfArticles { get; init; }

    /// <summary>The page on which a word of the dictionary of a group is renamed.</summary>
    public required string Tag { get; init; }

    /// <summary>The form of a passage quoted from the page of a bookmark.</summary>
    public required string Passage { get; init; }

    /// <summary>A copy that a member keeps of a page.</summary>
    public required string Copy { get; init; }
    /// <summary>A public article with a cover and comments.</summary>
    public required string Article { get; init; }
    /// <summary>An article that waits for its hour.</summary>
    public required string Draft { get; init; }
    /// <summary>A page with its contents, pages under it and three versions.</summary>
    public required string Wiki { get; init; }
    /// <summary>Its short identifier.</summary>
    public required string WikiId { get; init; }
    /// <summary>A link of a mail by which something is done.</summary>
    public required string Act { get; init; }
    /// <summary>The first link of a mail that stops something.</summary>
    public required string Unsubscribe { get; init; }
    /// <summary>The link of a mail to all settings of mail.</summary>
    public required string MailSettings { get; init; }
    /// <summary>Handle of a member.</summary>
    public required string Handle { get; init; }
    /// <summary>Key of that member.</summary>
    public required Guid MemberId { get; init; }
    /// <summary>Organisation of that member.</summary>
    public required string Organisation { get; init; }
}
