using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Modules.Tests.Veille;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>A mail that left, with its kind.</summary>
/// <param name="Kind">As its row has it.</param>
/// <param name="Mail">As its reader gets it.</param>
public sealed record MailOfKind(string Kind, ReceivedMail Mail);

/// <summary>One instance on which some days pass, in which a mail of every kind is sent for its own reason.</summary>
public sealed class EveryMail : IAsyncLifetime
{
    private const string Fail = "Authentication-Results: mx.essai.invalid; dmarc=fail";

    private DigestStage _stage = null!;
    private Member _owner = null!;
    private Group _group = null!;

    /// <summary>The instance, as it is after those days.</summary>
    public Instance Instance => _stage.Instance;

    /// <summary>All that left, oldest first.</summary>
    public IReadOnlyList<MailOfKind> Mails { get; private set; } = [];

    /// <summary>Kinds that the rooms declare.</summary>
    public IReadOnlyList<string> Declared => [.. Instance.Services.GetServices<OutgoingMailKind>().Select(k => k.Key).Except(["essai", "resume"]).Distinct().Order(StringComparer.Ordinal)];

    private Scene Scene => _stage.Scene;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _stage = await DigestStage.StartAsync("2026-11-23 10:00", [.. MailIn.Settings, OutletsStage.MayAskThisMachine, ("Territoire:Mail:GatherMinutes", "3")]);
        _owner = await Scene.MemberAsync("Anne Essai");
        _group = await Scene.GroupAsync("Énergie & climat", _owner);
        await ContentsAsync();
        await LettersAsync();
        await ArticlesAsync();
        await AgendaAsync();
        await PollsAsync();
        await QuestionnairesAsync();
        await AntivirusAsync();
        await MembershipsAsync();
        await AccountsAsync();
        await AdministrationAsync();
        await VeilleAsync();
        await IncomingAsync();
        await DaysAsync();
        Mails = await ReadAsync();
        await MailPictures.WriteAsync("sorte", Mails.Select(m => (m.Kind, m.Mail)));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    // A thread, a mention, an answer, two answers in one mail; summaries for those who chose them, and for one who is away.
    private async Task ContentsAsync()
    {
        var (reader, named) = (await MemberAsync("Luc Essai", MailLevel.Everything), await MemberAsync("Zoé Essai", MailLevel.WeeklyDigest));
        await MemberAsync("Diane Essai", MailLevel.DailyDigest);
        var away = await MemberAsync("Yves Essai", MailLevel.DailyDigest);
        await _stage.PreferAsync(new MailPreferences { MemberId = away.Id, PausedUntil = new DateTime(2026, 11, 24, 23, 0, 0, DateTimeKind.Utc) });
        var topic = await Scene.TopicAsync(_group, _owner, "Sobriété des bâtiments", $"Bonjour @{named.Handle},\n\n- d’abord **compter** ;\n- ensuite réduire.\n\nVoir [le guide](/groupes).", files: await Scene.FileAsync("Délibération.txt", "Le conseil décide."));
        await GatherAsync();
        var number = await Scene.AnswerAsync(topic, reader, "Très juste : 14 h 30, < 3 % & 1 234 kWh.");
        await GatherAsync();
        await Scene.AnswerAsync(topic, _owner, "Merci !", replyTo: number);
        await Scene.AnswerAsync(topic, _owner, "Et voici la suite.");
        await GatherAsync();
        var page = await Scene.PageAsync(_group, _owner, "Plan climat", "Un premier texte.");
        await Scene.RewriteAsync(page, reader, "Un autre texte, plus long.", "Repris l’introduction");
        await Scene.VersionAsync(await Scene.FileOfGroupAsync(_group, _owner, "plan.txt", "Premier"), reader, "plan.txt", "Second", "La rue a changé");
        await GatherAsync();
    }

    private async Task LettersAsync()
    {
        await Scene.LetterAsync(_group, _owner, "Ordre du jour");
        await Scene.LetterAsync(_group, _owner, "La salle change", urgent: true);
        await GatherAsync();
    }

    // Somebody is put among the authors of a draft; then the articles of the group are closed when one was to be published.
    private async Task ArticlesAsync()
    {
        var named = await Scene.MemberAsync("Nora Essai");
        var group = await Scene.GroupAsync("Écritures", _owner, members: named);
        await Scene.DraftAsync(group, _owner, "La passerelle", coAuthors: named.Name);
        await GatherAsync();
        var edited = await Scene.ArticleAsync(group, _owner, "La rivière en crue");
        using (var program = await Instance.ProgramAsync(_owner.Id))
        {
            using var saved = await program.PatchAsJsonAsync($"articles/{edited}", new { body = $"Avec @{named.Handle}." });
        }

        await GatherAsync();
        await Scene.DraftAsync(group, _owner, "Le pont & la rivière", publishAt: Scene.Now.AddMinutes(1));
        await using (var db = Instance.Open(Viewer.System))
        {
            db.GroupTools.Add(new GroupTool { GroupId = group.Id, ToolKey = "articles", Enabled = false });
            await db.SaveChangesAsync();
        }

        await GatherAsync();
    }

    // Whoever comes to a date is told that it is at another time, and that it does not take place.
    private async Task AgendaAsync()
    {
        var comes = await MemberAsync("Vera Essai", MailLevel.NewThreads);
        var id = await Scene.EventAsync(_group, _owner, "Réunion d’étape");
        await GatherAsync();
        await Scene.ComeAsync(id, comes);
        var owner = await Instance.VisitorAsync(_owner);
        await owner.SendAsync(await owner.OpenAsync($"/groupes/{_group.Slug}/agenda/{id}/date"), "[name='Day']", ("From", "19:30"), ("To", "21:00"), ("Place", "Médiathèque"));
        await GatherAsync();
        await owner.SendAsync(await owner.OpenAsync($"/groupes/{_group.Slug}/agenda/{id}/annuler"), "[name='Reason']", ("Reason", "La salle est prise."));
        var calendar = await Scene.OutsideAsync(_group, _owner, "Mairie de Crest", "Conseil municipal");
        await using var db = Instance.Open(Viewer.System);
        await db.Set<OutsideCalendar>().Where(c => c.Id == calendar).ExecuteUpdateAsync(set => set.SetProperty(c => c.Fault, CalendarFault.HttpError).SetProperty(c => c.FaultStatus, 404).SetProperty(c => c.FailingSince, Scene.Now.AddDays(-8)));
        await JobAsync("agenda.pannes");
        // Somebody without an account is invited, and somebody asks to come.
        var open = await Scene.EventAsync(_group, _owner, "Fête des communes", audience: Platform.Content.Audience.Public);
        await owner.SendAsync(await owner.OpenAsync($"/contenus/{open}/invites"), "[name='Addresses']", ("Addresses", "voisine@dehors.invalid"), ("Message", "Venez !"));
        var stranger = Instance.Stranger();
        await stranger.SendAsync(await stranger.OpenAsync($"/participer/{open}"), "[name='Email']", ("Name", "Odette"), ("Email", "odette.sans@dehors.invalid"));
        await GatherAsync();
    }

    // Those who have not answered are reminded, and a guest who has gets the answers.
    private async Task QuestionnairesAsync()
    {
        await MemberAsync("Odile Essai", MailLevel.NewThreads);
        var id = await Scene.QuestionnaireAsync(_group, _owner, "Vos besoins & vos idées");
        await GatherAsync();
        var owner = await Instance.VisitorAsync(_owner);
        await owner.SendAsync(await owner.OpenAsync($"/groupes/{_group.Slug}/sondages/questionnaires/{id}/resultats"), "form[action$='/relancer']");
        await owner.SendAsync(await owner.OpenAsync($"/contenus/{id}/invites"), "[name='Addresses']", ("Addresses", "repondante@dehors.invalid"));
        await GatherAsync();
        var guest = Instance.Stranger();
        var link = Letter.Of(Instance.Mails().Last(m => m.Contains("repondante@dehors.invalid", StringComparison.Ordinal))).LinksTo("/invite/").First(l => !l.Contains("/arret/", StringComparison.Ordinal));
        await guest.SendAsync(await guest.OpenAsync(link), "section[aria-labelledby='questions'] form", ("Name", "Rose Répondante"), ("Q1", "Die & Crest"), ("WantsMail", "true"));
        await GatherAsync();
    }

    // Those who have not voted are reminded.
    private async Task PollsAsync()
    {
        await MemberAsync("Élise Essai", MailLevel.NewThreads);
        var id = await Scene.PollAsync(_group, _owner, "Où planter & quand\u202f?", options: ["Place de l’église", "< 3 km du bourg"]);
        await GatherAsync();
        var owner = await Instance.VisitorAsync(_owner);
        await owner.SendAsync(await owner.OpenAsync($"/contenus/{id}/invites"), "[name='Addresses']", ("Addresses", "votante@dehors.invalid"));
        await owner.SendAsync(await owner.OpenAsync($"/c/{id}"), "form[action$='/relancer']");
        await GatherAsync();
        await DatesAsync(owner);
    }

    // Those who voted on dates are told of one more, then of the one that is confirmed.
    private async Task DatesAsync(Visitor owner)
    {
        var voter = await MemberAsync("Noé Essai", MailLevel.Everything);
        string Day(int ahead) => PollDetails.Typed(DateOnly.FromDateTime(Scene.Now.AddDays(ahead)));
        var id = await Scene.PollAsync(_group, _owner, "Quand planter & où\u202f?", PollKind.Dates, with: d => d with { Dates = [new(Day(20), "18:30", null), new(Day(21), "18:30", null)] });
        await GatherAsync();
        await Scene.VoteAsync(id, voter, new Dictionary<int, int> { [1] = 2, [2] = 0 });
        await owner.SendAsync(await owner.OpenAsync($"/c/{id}"), "[name='NewDates[0].Day']", ("NewDates[0].Day", Day(22)), ("NewDates[0].From", "09:00"));
        await owner.SendAsync(await owner.OpenAsync($"/c/{id}"), "select[name='date']", ("date", "1"));
        await GatherAsync();
    }

    // What the antivirus puts aside is told to whoever sent it, and to those who animate the group.
    private async Task AntivirusAsync()
    {
        await using var clamd = new ClamAvSink();
        var sender = await MemberAsync("Théo Essai", MailLevel.Nothing);
        await Scene.TopicAsync(_group, sender, "Une fiche", files: await Scene.FileAsync("Fiche.txt", ClamAvSink.Eicar));
        await ActivatorUtilities.CreateInstance<CheckFiles>(Instance.Services, new ClamAvClient(ClamAvAddress.Read(clamd.Address)!)).RunOnceAsync(default);
        await GatherAsync();
    }

    private async Task MembershipsAsync()
    {
        var (asking, refused, waiting) = (await Scene.MemberAsync("Acceptée Essai"), await Scene.MemberAsync("Refusée Essai"), await Scene.MemberAsync("Patiente Essai"));
        var (added, invited) = (await Scene.MemberAsync("Ajoutée Essai"), await Scene.MemberAsync("Invitée Essai"));
        foreach (var member in (Member[])[asking, refused, waiting]) await (await Instance.ProgramAsync(member.Id)).PostAsJsonAsync($"groups/{_group.Slug}/join", new { answer = "Je suis élue.\nBonjour." });
        await Instance.WorkAsync();
        using var browser = await Instance.SignedInAsync(_owner.Id);
        var (members, invitations) = ($"/groupes/{_group.Slug}/membres", $"/groupes/{_group.Slug}/invitations");
        await browser.GestureAsync(members, $"/groupes/{_group.Slug}/demandes", ("accepter", asking.Id.ToString()), ("mot", "Bienvenue !"));
        await browser.GestureAsync(members, $"/groupes/{_group.Slug}/demandes", ("refuser", refused.Id.ToString()), ("mot", "Plus tard."));
        await browser.GestureAsync(invitations, invitations + "/membre", ("ajouter", added.Handle));
        await browser.GestureAsync(invitations, invitations + "/membre", ("inviter", invited.Handle));
        var animator = new Visitor(browser);
        await animator.SendAsync(await animator.OpenAsync(invitations), "form:has([name=Addresses]) button:not([name])", ("Addresses", "mairie@dehors.invalid"), ("Message", "Venez voir."));
        var club = await Scene.GroupAsync("Club à céder", _owner);
        await Scene.JoinAsync(club, asking);
        await browser.GestureAsync("/groupes", $"/groupes/{club.Slug}/membres/{asking.Id}/cession");
        await Instance.WorkAsync();
    }

    private async Task AccountsAsync()
    {
        var (member, other) = (await Scene.MemberAsync("Paul Essai"), await Scene.MemberAsync("Rose Essai"));
        await Instance.PasswordAsync(member);
        await Instance.Stranger().AskLinkAsync(member.Email!);
        var forgetful = Instance.Stranger();
        await forgetful.SendAsync(await forgetful.OpenAsync("/mot-de-passe"), "main form", ("Email", member.Email));
        // A link that is void before its mail leaves does not leave.
        await Instance.WorkAsync();
        var visitor = await Instance.VisitorAsync(member);
        foreach (var email in (string[])[other.Email!, "paul.nouveau@essai.invalid"])
            await visitor.SendAsync(await visitor.OpenAsync("/moi/compte"), "[name='NewEmail']", ("NewEmail", email), ("CurrentPassword", Accounts.Password));
        await Instance.WorkAsync();
        await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync("paul.nouveau@essai.invalid")), "main form");
        await visitor.SendAsync(await visitor.OpenAsync("/moi/compte"), "[name='NewPassword']", ("OldPassword", Accounts.Password), ("NewPassword", "cinq marmottes grises"));
        await Instance.WorkAsync();
    }

    private async Task AdministrationAsync()
    {
        var ada = await Scene.MemberAsync("Ada Essai", admin: true);
        var admin = await Instance.VisitorAsync(ada);
        await Instance.ChooseAsync(c => c with { Registration = RegistrationMode.OnApproval });
        foreach (var (email, answer) in ((string, string)[])[("odile@dehors.invalid", "approuver"), ("oscar@dehors.invalid", "refuser")])
        {
            await RegisterAsync(email);
            var newcomer = Instance.Stranger();
            await newcomer.SendAsync(await newcomer.OpenAsync(await Instance.LinkAsync(email)), "main form");
            var id = (await Instance.MemberAsync(email))!.Id;
            await Instance.WorkAsync();
            await admin.SendAsync(await admin.OpenAsync($"/administration/membres/{id}"), $"[formaction$='/{answer}']");
        }

        await RegisterAsync("odile@dehors.invalid");
        await admin.SendAsync(await admin.OpenAsync("/administration/courriels"), "#essai form");
        await Instance.WorkAsync();
    }

    // The revue to readers and to members, what could not be announced, a source that fails.
    private async Task VeilleAsync()
    {
        await using var mastodon = new FakeMastodon(Instance.Clock) { Lost = _ => Task.CompletedTask };
        var veille = await AnnouncingGroup.CreateAsync(Scene);
        await Scene.SetVeilleAsync(veille.Group, p => p.ServesTerritory = true);
        await veille.AddMastodonAsync(mastodon.Address, FakeMastodon.Token);
        var reader = Instance.Stranger();
        await reader.SendAsync(await reader.OpenAsync("/veille/abonnement"), "form:has([name='Email'])", ("Email", "lectrice@dehors.invalid"));
        await Instance.WorkAsync();
        var asked = Letter.Of(Instance.Mails().Last(m => m.Contains("lectrice@dehors.invalid", StringComparison.Ordinal)));
        await reader.SendAsync(await reader.OpenAsync(asked.LinkTo("/veille/abonnement/")), "main form");
        await Scene.PlaceAsync(veille.Group, veille.Animator, new PlacedCard("Un article"));
        await Scene.PublishAsync(veille.Group, veille.Animator, "La fibre arrive", audience: Platform.Content.Audience.Public);
        await veille.SendAsync();
        mastodon.Lost = null;
        Instance.Clock.Advance(TimeSpan.FromHours(2));
        await veille.SendAsync();

        await using var db = Instance.Open(Viewer.System);
        var source = new Source { Address = "https://flux.invalid/rss", Title = "Un flux", NextFetchAt = Scene.Now, Fault = SourceFault.HttpError, FaultStatus = 404, FailingSince = Scene.Now.AddDays(-8) };
        db.Add(source);
        db.Add(new GroupSource { GroupId = veille.Group.Id, SourceId = source.Id, Source = source, AddedById = veille.Animator.Id, AddedAt = Scene.Now });
        await db.SaveChangesAsync();
        await JobAsync("veille-pannes");

        // Finds by mail are answered.
        await Instance.SendAsync(new SentMail { From = veille.Animator.Email!, To = $"veille-{veille.Group.Slug}@essai.invalid", Subject = "À lire", Text = "À lire :\nhttps://ville.invalid/marches" });
    }

    private async Task IncomingAsync()
    {
        var member = await MemberAsync("Nina Essai", MailLevel.NewThreads);
        await Scene.TopicAsync(_group, _owner, "Un autre fil");
        await GatherAsync();
        var mail = await Instance.LastMailAsync(member);
        SentMail Answer(string text) => new() { From = member.Email!, Name = member.Name, To = mail.AnswerTo(), Text = text, InReplyTo = mail.MessageId };
        await Instance.SendAsync(Answer("Une réponse perdue.") with { To = $"reponse+{MailKeys.New()}@essai.invalid" });
        await Instance.SendAsync(Answer("Vraiment de moi ?") with { Headers = [Fail] });
        await Instance.SendAsync(Answer("STOP"));
        await Instance.SendAsync(Answer("Bonjour,\n\nje suis à la retraite, merci de ne plus m'envoyer ces courriels.\n\nCordialement"));
        await Instance.SendAsync(new SentMail { From = "inconnu@dehors.invalid", To = $"groupe-{_group.Slug}@essai.invalid", Subject = "Bonjour", Text = "Qui êtes-vous ?" });
        await Instance.WorkAsync();
    }

    private async Task DaysAsync()
    {
        foreach (var day in (string[])["24", "25", "26", "27", "28", "29", "30"])
        {
            await _stage.RunAtAsync($"2026-11-{day} 07:00");
            _stage.To($"2026-11-{day} 08:00");
            await JobAsync("requests");
        }

        _stage.To("2026-12-01 08:00");
        await JobAsync("invitations");
        // Nobody made summaries for a day.
        _stage.To("2026-12-02 12:00");
        await JobAsync("mail-alarms");
    }

    private async Task<Member> MemberAsync(string name, MailLevel level)
    {
        var member = await Scene.MemberAsync(name);
        await Scene.JoinAsync(_group, member, level: level);
        return member;
    }

    private async Task RegisterAsync(string email)
    {
        var visitor = Instance.Stranger();
        await visitor.SendAsync(await visitor.OpenAsync("/inscription"), "[name='FullName']", ("FullName", "Odile Essai"), ("Email", email), ("Password", Accounts.Password));
        await Instance.WorkAsync();
    }

    private async Task GatherAsync()
    {
        await Instance.WorkAsync();
        Instance.Clock.Advance(TimeSpan.FromMinutes(4));
        await Instance.WorkAsync();
    }

    private async Task JobAsync(string key)
    {
        await Instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == key).RunAsync(default);
        await Instance.SettleAsync();
    }

    // A trial is in no queue.
    private async Task<IReadOnlyList<MailOfKind>> ReadAsync()
    {
        await using var db = Instance.Open(Viewer.System);
        var kinds = (await db.Mails.Select(m => new { m.MessageId, m.Kind }).Distinct().ToListAsync()).ToDictionary(m => m.MessageId, m => m.Kind);
        return [.. ReceivedMail.AllOf(Instance).Select(m => new MailOfKind(kinds.GetValueOrDefault(m.Field("Message-ID").Trim('<', '>')) ?? "administration.essai", m))];
    }
}
