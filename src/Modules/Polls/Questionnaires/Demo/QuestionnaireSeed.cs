using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Polls.Questionnaires.Answering;

namespace TerritoireCollab.Polls.Questionnaires.Demo;

/// <summary>The questionnaires of the demo territory: one with names that is open, one without that is closed, both with answers, in each copy of its groups.</summary>
internal sealed class QuestionnaireSeed(Dates dates) : IDemoSeed
{
    private const int ClosesAt = 18;

    private static readonly Seeded[] Questionnaires =
    [
        new("Vos besoins de formation pour l’an prochain", "Cinq minutes pour préparer ensemble le programme. Vos réponses servent à choisir les dates et les intervenants.", InDays: 9, Ago: 3, IsAnonymous: false,
        [
            new() { Number = 1, Kind = PartKind.Section, Text = "Vous", Help = "Pour proposer des rencontres près de chez vous." },
            new() { Number = 2, Kind = PartKind.ShortText, Text = "Votre fonction", IsRequired = true },
            new() { Number = 3, Kind = PartKind.OneChoice, Text = "Où vous est-il facile de venir ?", IsRequired = true, Choices = ["Valence", "Crest", "Die", "Montélimar"], TakesOther = true },
            new() { Number = 4, Kind = PartKind.Section, Text = "Vos besoins" },
            new() { Number = 5, Kind = PartKind.SeveralChoices, Text = "Quels sujets vous intéressent ?", Choices = ["Rédiger clairement", "Cartographie libre", "Accessibilité", "Archivage"], TakesOther = true },
            new() { Number = 6, Kind = PartKind.Scale, Text = "Êtes-vous à l’aise avec les outils de travail à distance ?", From = 1, To = 5, FromWord = "pas du tout", ToWord = "tout à fait", IsRequired = true },
            new() { Number = 7, Kind = PartKind.Ranking, Text = "Quelle forme préférez-vous ?", Choices = ["Une journée sur place", "Deux demi-journées", "En ligne, le midi"] },
            new() { Number = 8, Kind = PartKind.Date, Text = "À partir de quand seriez-vous disponible ?" },
            new() { Number = 9, Kind = PartKind.LongText, Text = "Autre chose à nous dire ?" },
            new() { Number = 10, Kind = PartKind.Grid, Text = "Quand seriez-vous libre ?", Choices = ["Le matin", "L’après-midi", "En soirée"], Columns = ["Jamais", "Parfois", "Souvent"] },
            new() { Number = 11, Kind = PartKind.File, Text = "Un programme qui vous a plu ?", Takes = FilesTaken.Documents },
        ],
        ["Secrétaire de mairie", "Chargée de mission", "Directrice des services", "Conseiller numérique", "Élue", "Agent d’accueil"],
        ["Merci d’éviter le mercredi.", "Un exemple pris dans une petite commune serait utile."]),
        new("Que pensez-vous de nos rencontres ?", "Anonyme, pour que chacun réponde librement. Les résultats sont lus par tous les membres.", InDays: -6, Ago: 20, IsAnonymous: true,
        [
            new() { Number = 1, Kind = PartKind.Grid, Text = "Qu’en dites-vous ?", Choices = ["Le lieu", "Les horaires", "Les sujets"], Columns = ["À revoir", "Convient", "Très bien"], IsRequired = true },
            new() { Number = 2, Kind = PartKind.Scale, Text = "Les conseilleriez-vous à un collègue ?", From = 0, To = 10, FromWord = "non", ToWord = "oui, tout de suite", IsRequired = true },
            new() { Number = 3, Kind = PartKind.Number, Text = "Combien de minutes mettez-vous pour venir ?", From = 0, To = 240 },
            new() { Number = 4, Kind = PartKind.LongText, Text = "Que changer en premier ?" },
        ],
        [], ["Commencer à l’heure.", "Plus de temps pour échanger entre nous.", "Des supports envoyés avant."], ResultsFor.Members),
    ];

    public int Order => 66;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        foreach (var copy in context.Groups.GroupBy(g => g.Copy).OrderBy(c => c.Key)) await PublishAsync(context, [.. copy], cancellation);
    }

    private Task PublishAsync(DemoContext context, DemoGroup[] groups, CancellationToken cancellation)
    {
        var random = context.Random.Fork($"questionnaires/{groups[0].Copy}");
        var home = groups.FirstOrDefault(g => g.Pattern == "veille-numerique") ?? groups[0];
        var planned = Questionnaires.Select((q, n) => Plan(context, random.Fork($"{n}"), home, q)).ToList();
        var byPost = planned.ToDictionary<Planned, DemoPost>(p => p.Post, ReferenceEqualityComparer.Instance);
        return context.PublishAsync(planned.Select(p => p.Post), (post, item, body) => Rows(context, byPost[post], item, body), cancellation);
    }

    private static Planned Plan(DemoContext context, DemoRandom random, DemoGroup group, Seeded pattern) => new(new DemoPost
    {
        Kind = PollsModule.QuestionnaireKindKey,
        Group = group,
        Author = group.Animators[0],
        Title = pattern.Title,
        Body = pattern.Body,
        At = context.At(pattern.Ago, random.Between(8, 17), random.Below(60)),
        Audience = Audience.Group,
        Tags = random.Sample(group.Tags, random.Between(0, 1)),
        Thanks = random.Below(2),
    }, pattern, context.Today.AddDays(pattern.InDays), random.Fork("reponses"));

    private IEnumerable<object> Rows(DemoContext context, Planned plan, ContentItem item, RenderedBody body)
    {
        var pattern = plan.Pattern;
        yield return new Questionnaire
        {
            Id = item.Id, Body = plan.Post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer, Parts = FormParts.Write(pattern.Parts),
            IsAnonymous = pattern.IsAnonymous, ResultsFor = pattern.ResultsFor, ClosesAt = dates.Utc(plan.Day, ClosesAt), RemindBefore = 48,
        };
        var seats = plan.Post.Group.Seats.Where(s => s.Role >= GroupRole.Member && s.Member.Account is null).ToList();
        foreach (var (at, seat) in plan.Random.Sample(seats, Math.Min(seats.Count, plan.Random.Between(8, 14))).Index())
        {
            var random = plan.Random.Fork($"{at}");
            var member = seat.Member.Id;
            yield return new Respondent { ItemId = item.Id, PersonId = member, MemberId = member };
            yield return new AnswerSheet
            {
                Id = context.NewKey(), ItemId = item.Id, PersonId = pattern.IsAnonymous ? null : member, AnsweredAt = pattern.IsAnonymous ? null : context.Past(item.CreatedAt.AddHours(2 + (at * 3))),
                Answers = AnswerText.Write(pattern.Parts.Where(p => p.IsQuestion && p.Kind != PartKind.File && (p.IsRequired || random.Chance(60))).ToDictionary(p => p.Number, p => Answer(p, pattern, plan, at, random))),
            };
        }
    }

    private static IReadOnlyList<string> Answer(FormPart part, Seeded pattern, Planned plan, int at, DemoRandom random) => part.Kind switch
    {
        PartKind.ShortText => [pattern.Words[at % Math.Max(1, pattern.Words.Count)]],
        PartKind.LongText => [random.Pick(pattern.Remarks)],
        PartKind.OneChoice => [random.Below(9) == 0 ? "=Nyons" : Text(1 + random.Below(part.Choices.Count))],
        PartKind.SeveralChoices => [.. random.Sample([.. Enumerable.Range(1, part.Choices.Count)], random.Between(1, 3)).Order().Select(Text)],
        PartKind.Scale => [Text(Math.Max(part.From!.Value + random.Below(part.To!.Value - part.From.Value + 1), part.From.Value + random.Below(part.To.Value - part.From.Value + 1)))],
        PartKind.Grid => [.. Enumerable.Range(1, part.Choices.Count).Select(row => $"{Text(row)}:{Text(1 + Math.Max(random.Below(part.Columns.Count), random.Below(part.Columns.Count)))}")],
        PartKind.Ranking => [.. random.Sample([.. Enumerable.Range(1, part.Choices.Count)], part.Choices.Count).Select(Text)],
        PartKind.Date => [plan.Day.AddDays(14 * (1 + random.Below(3))).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        _ => [Text(5 * random.Between(1, 14))],
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Seeded(string Title, string Body, int InDays, int Ago, bool IsAnonymous, IReadOnlyList<FormPart> Parts, IReadOnlyList<string> Words, IReadOnlyList<string> Remarks, ResultsFor ResultsFor = ResultsFor.Animators);

    private sealed record Planned(DemoPost Post, Seeded Pattern, DateOnly Day, DemoRandom Random);
}
