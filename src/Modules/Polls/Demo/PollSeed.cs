using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Demo;

/// <summary>The polls of the demo territory: of each kind one that is open and one that is closed, with votes, some concluded, and one with places; as many in each copy of its groups.</summary>
internal sealed class PollSeed(BallotTags tags, Dates dates) : IDemoSeed
{
    private const int ClosesAt = 18;

    // Where each pair of polls stands, among the groups of a copy: most where most is settled.
    private static readonly int[] Places = [4, 0, 1, 4, 2, 4, 4, 4];

    private static readonly SeededPoll[] Polls =
    [
        new(PollKind.OneChoice, "Quel thème pour notre prochaine rencontre ?", "Nous avons une matinée en janvier. Le thème qui l’emporte est préparé par deux volontaires.", ["L’accessibilité des sites", "Les marchés publics", "La sobriété numérique", "L’archivage des courriels"], Reasons: ["C’est ce qu’on nous demande le plus.", "Nous avons un cas concret à montrer."]),
        new(PollKind.OneChoice, "Où nous réunir en février ?", "", ["Crest", "Die", "Valence"], Days: -20, Conclusion: "Nous irons à **Crest**, où la salle est prêtée. Le covoiturage s’organise sur la page de la rencontre."),
        new(PollKind.Multiple, "Quelles formations organiser au printemps ?", "Deux au plus chacun : nous n’avons le budget que de trois.", ["Tableur avancé", "Rédaction claire", "Cartographie libre", "Animer une réunion à distance"], Most: 2),
        new(PollKind.Multiple, "Quels documents traduire en facile à lire ?", "", ["Le guide des démarches", "Le règlement de la cantine", "La lettre d’information"], Days: -12, Most: 2),
        new(PollKind.Approval, "Quel nom donner à la lettre du réseau ?", "Cochez tous ceux qui vous conviendraient.", ["Le Fil", "La Passerelle", "Entre nous", "Le Relais"], Takes: true),
        new(PollKind.Approval, "Quel jour pour les permanences ?", "", ["Lundi", "Mardi", "Jeudi"], Days: -31, Conclusion: "Le **jeudi** convient au plus grand nombre."),
        new(PollKind.Ranking, "Dans quel ordre traiter ces chantiers ?", "Nous les prendrons l’un après l’autre, dans cet ordre.", ["Refaire le site", "Ouvrir nos données", "Former les accueils", "Changer de messagerie"]),
        new(PollKind.Ranking, "Quel logiciel de visioconférence garder ?", "", ["BigBlueButton", "Jitsi", "Visio"], Days: -40, Conclusion: "Les deux comptes donnent le même premier : nous le gardons un an."),
        new(PollKind.Points, "Comment partager le budget d’animation ?", "Dix points chacun.", ["Déplacements", "Intervenants", "Impression", "Convivialité"]),
        new(PollKind.Points, "Que préparer pour le salon ?", "", ["Une plaquette", "Une démonstration", "Des témoignages filmés"], Days: -9),
        new(PollKind.Dates, "Une date pour le comité de janvier", "Deux heures, en salle ou à distance.", []),
        new(PollKind.Dates, "Quand visiter le tiers-lieu ?", "", [], Days: -15, Conclusion: "La date est confirmée, elle est dans l’agenda."),
        new(PollKind.Consent, "Adopter la charte d’accueil des nouveaux membres", "Le texte a été relu par trois d’entre nous. Il s’appliquerait dès le mois prochain.", [], Reasons: ["Je propose d’ajouter un parrain pour chaque nouveau membre."], Quorum: 5),
        new(PollKind.Consent, "Publier le compte rendu de nos rencontres", "Sans les noms des absents.", [], Days: -25, Quorum: 4, Conclusion: "Aucune objection : les comptes rendus sont publiés à partir de maintenant."),
        new(PollKind.OneChoice, "Quel atelier pour la journée du réseau ?", "Chaque salle a ses places. Qui change d’avis rend la sienne.", ["Écrire pour être lu", "Réparer un ordinateur", "Cartographier sa commune"], Seats: [3, 8, null]),
    ];

    public int Order => 65;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        foreach (var copy in context.Groups.GroupBy(g => g.Copy).OrderBy(c => c.Key)) await PublishAsync(context, [.. copy], cancellation);
    }

    private Task PublishAsync(DemoContext context, DemoGroup[] groups, CancellationToken cancellation)
    {
        var random = context.Random.Fork($"sondages/{groups[0].Copy}");
        var planned = Polls.Select((p, n) => Plan(context, random.Fork($"{n}"), groups[Places[n / 2] % groups.Length], p)).ToList();
        var byPost = planned.ToDictionary<Planned, DemoPost>(p => p.Post, ReferenceEqualityComparer.Instance);
        return context.PublishAsync(planned.Select(p => p.Post), (post, item, body) => Rows(context, byPost[post], item, body), cancellation);
    }

    private static Planned Plan(DemoContext context, DemoRandom random, DemoGroup group, SeededPoll pattern)
    {
        // What is open closes in some days; what is closed was open for a week.
        var closesIn = pattern.Days == 0 ? random.Between(2, 9) : pattern.Days;
        var askedAgo = pattern.Days == 0 ? random.Between(1, 4) : 7 - pattern.Days;
        var writers = group.WritersAt(askedAgo);
        return new(new DemoPost
        {
            Kind = PollsModule.PollKindKey,
            Group = group,
            Author = random.Pick(pattern.Kind == PollKind.Consent || writers.Count == 0 ? group.Animators : writers),
            Title = pattern.Title,
            Body = pattern.Body,
            At = context.At(askedAgo, random.Between(8, 17), random.Below(60)),
            Audience = group.IsHidden || random.Chance(60) ? Audience.Group : Audience.Platform,
            Tags = random.Sample(group.Tags, random.Between(0, 1)),
            Thanks = random.Below(2),
        }, pattern, context.Today.AddDays(closesIn), random.Fork("votes"));
    }

    private IEnumerable<object> Rows(DemoContext context, Planned plan, ContentItem item, RenderedBody body)
    {
        var (pattern, isClosed) = (plan.Pattern, plan.Pattern.Days < 0);
        var closes = dates.Utc(plan.Day, ClosesAt);
        var poll = new Poll
        {
            Id = item.Id, Body = plan.Post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer,
            Kind = pattern.Kind, Secrecy = Creating.PollDetails.UsualSecrecy(pattern.Kind), Showing = pattern.Kind == PollKind.Dates || pattern.Seats.Count > 0 ? Showing.Always : Showing.AfterVote,
            ClosesAt = closes, SettledAt = isClosed ? closes : null, Quorum = pattern.Quorum, Least = 1, Most = pattern.Most, Points = 10, RemindBefore = 24, TakesOptions = pattern.Takes,
        };
        if (!isClosed) poll.Seal = tags.NewSeal(poll.Secrecy);
        if (pattern.Conclusion is { } conclusion && isClosed)
            (poll.Conclusion, poll.ConclusionHtml, poll.ConcludedAt) = (conclusion, RichText.Render(conclusion, RichTextContext.Empty), closes.AddHours(20));
        var options = Options(plan, poll);
        if (isClosed && pattern.Kind == PollKind.Dates) poll.ConfirmedOption = 1;

        poll.LastOption = options.Count;
        yield return poll;
        foreach (var option in options) yield return option;
        foreach (var row in Votes(context, plan, poll, PollWords.Options(poll, options))) yield return row;
    }

    private List<PollOption> Options(Planned plan, Poll poll) => plan.Pattern.Kind == PollKind.Dates
        ? [.. Enumerable.Range(1, 4).Select(n => Date(poll, n, plan.Day.AddDays(5 + (n * 2))))]
        : [.. plan.Pattern.Options.Select((text, at) => new PollOption { ItemId = poll.Id, Number = at + 1, Position = at + 1, Text = text, Places = plan.Pattern.Seats.ElementAtOrDefault(at) })];

    private PollOption Date(Poll poll, int number, DateOnly day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        var hour = number % 2 == 0 ? 14 : 18;
        return new() { ItemId = poll.Id, Number = number, Position = number, Text = "", StartUtc = dates.Utc(day, hour), EndUtc = dates.Utc(day, hour + 2) };
    }

    private IEnumerable<object> Votes(DemoContext context, Planned plan, Poll poll, IReadOnlyList<PollOption> options)
    {
        var seats = plan.Post.Group.Seats.Where(s => s.Role >= GroupRole.Member).ToList();
        var given = new List<IReadOnlyDictionary<int, int>>();
        foreach (var (at, seat) in plan.Random.Sample(seats, Math.Min(seats.Count, plan.Random.Between(4, 12))).Index())
        {
            var random = plan.Random.Fork($"{at}");
            var member = seat.Member.Id;
            var taken = OptionPlaces.Taken(poll.Kind, given);
            var vote = Vote(poll, [.. options.Where(o => o.Places is not { } most || taken.GetValueOrDefault(o.Number) < most)], random);
            given.Add(vote);
            yield return new PollVoter { ItemId = poll.Id, VoterId = member, MemberId = member };
            yield return new PollBallot
            {
                Id = context.NewKey(), ItemId = poll.Id, Tag = tags.Of(poll, member) ?? context.NewKey().ToString("N"), Marks = Marks.Write(vote),
                Reason = at < plan.Pattern.Reasons.Count ? plan.Pattern.Reasons[at] : null,
            };
        }
    }

    private static Dictionary<int, int> Vote(Poll poll, IReadOnlyList<PollOption> options, DemoRandom random) => poll.Kind switch
    {
        PollKind.OneChoice => new() { [Leaning(options, random)] = 1 },
        PollKind.Multiple => random.Sample(options, random.Between(1, poll.Most)).ToDictionary(o => o.Number, _ => 1),
        PollKind.Approval => random.Sample(options, random.Between(1, options.Count - 1)).ToDictionary(o => o.Number, _ => 1),
        PollKind.Ranking => random.Sample(options, random.Between(2, options.Count)).Select((o, at) => (o.Number, Rank: at + 1)).ToDictionary(r => r.Number, r => r.Rank),
        PollKind.Points => Shared(options, random),
        PollKind.Dates => options.ToDictionary(o => o.Number, _ => random.Below(6) switch { 0 or 1 => 0, 2 => Marks.IfNeedBe, _ => Marks.Yes }),
        _ => new() { [random.Below(8) == 0 ? ConsentAnswers.Abstain : ConsentAnswers.Agree] = 1 },
    };

    // The first options are a little better liked, so that somebody wins.
    private static int Leaning(IReadOnlyList<PollOption> options, DemoRandom random) => options[Math.Min(random.Below(options.Count), random.Below(options.Count))].Number;

    private static Dictionary<int, int> Shared(IReadOnlyList<PollOption> options, DemoRandom random)
    {
        var first = random.Between(4, 6);
        var chosen = random.Sample(options, 2);
        return new() { [chosen[0].Number] = first, [chosen[1].Number] = 10 - first };
    }

    private sealed record SeededPoll(
        PollKind Kind, string Title, string Body, IReadOnlyList<string> Options, int Days = 0, int Most = 0, bool Takes = false, int? Quorum = null, string? Conclusion = null, IReadOnlyList<string>? Reasons = null, IReadOnlyList<int?>? Seats = null)
    {
        public IReadOnlyList<string> Reasons { get; } = Reasons ?? [];

        public IReadOnlyList<int?> Seats { get; } = Seats ?? [];
    }

    private sealed record Planned(DemoPost Post, SeededPoll Pattern, DateOnly Day, DemoRandom Random);
}
