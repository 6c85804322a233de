using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Rides;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Agenda.Demo;

/// <summary>The dates of the demo territory: forty-two in each copy of its nine groups, some of them series, those that are over with minutes.</summary>
internal sealed class EventSeed(EventDates dates) : IDemoSeed
{
    private const int EventsInCopy = 42;
    private const int GroupsInCopy = 9;
    private const int PastOnes = 12;
    private const int MostRegistered = 14;
    private const int RideEvery = 8;
    private const int SeatsOffered = 3;

    private static readonly string[] Towns = ["Crest", "Die", "Valence", "Romans-sur-Isère", "Montélimar", "Nyons", "Dieulefit", "Saint-Vallier", "Livron-sur-Drôme", "Bourdeaux"];
    private static readonly string[] Halls = ["Salle des fêtes", "Maison des associations", "Médiathèque", "Mairie, salle du conseil", "Tiers-lieu de la gare", "Pépinière d’entreprises"];

    private static readonly SeededEvent[] ForAuthorities =
    [
        new("Réunion du comité de pilotage", "Point sur les actions engagées, budget et calendrier du trimestre.", EventKind.Meeting, 14, 2, Agenda: "les actions engagées et le budget"),
        new("Atelier : simplifier nos formulaires", "Chacun apporte un formulaire qui pose problème ; on le récrit ensemble.", EventKind.Workshop, 9, 3, Agenda: "quatre formulaires récrits"),
        new("Formation à l’accessibilité des documents", "Titres, listes, textes de remplacement : une matinée pratique, sur vos propres documents.", EventKind.Training, 9, 3, Places: 12, Questions: "Repas : sur place / tiré du sac *\nUn document à travailler ensemble ?"),
        new("Rencontre des secrétaires de mairie", "Un moment pour partager ce qui marche et ce qui coince.", EventKind.Meeting, 14, 2, Rule: "FREQ=MONTHLY;BYDAY=2TU", Agenda: "les échanges de bonnes pratiques"),
        new("Permanence numérique", "Sans rendez-vous, pour toutes les questions du quotidien.", EventKind.Other, 10, 2, Rule: "FREQ=WEEKLY;BYDAY=TH"),
    ];

    private static readonly SeededEvent[] ForFirms =
    [
        new("Petit déjeuner des entreprises", "Deux entreprises présentent ce qu’elles cherchent, autour d’un café.", EventKind.Meeting, 8, 2, Rule: "FREQ=MONTHLY;BYDAY=1FR", Agenda: "deux présentations et leurs suites"),
        new("Visite d’atelier", "Une heure sur place, puis échanges. Chaussures fermées nécessaires.", EventKind.PublicEvent, 14, 2, Places: 15, Questions: "Votre pointure, pour les chaussures prêtées ?"),
        new("Formation : répondre à un marché public", "Du dossier de candidature au mémoire technique, avec un cas réel.", EventKind.Training, 9, 7, Places: 10, Questions: "Avez-vous déjà répondu à un marché ? : oui / non *"),
        new("Soirée recrutement", "Les métiers qui recrutent, les personnes qui cherchent : une soirée pour se rencontrer.", EventKind.PublicEvent, 18, 3),
        new("Point trimestriel du réseau", "Bilan des projets communs et choix des prochains.", EventKind.Meeting, 17, 2, Agenda: "le bilan et les projets du trimestre"),
    ];

    // In place of what their number would give: a whole day, an online meeting, a programme.
    private static readonly Dictionary<int, SeededEvent> Others = new()
    {
        [13] = new("Journée du tilleul numérique", "Une journée ouverte à tous : démonstrations, coin café et réparation d’ordinateurs.", EventKind.PublicEvent, 0, 24, IsAllDay: true),
        [15] = new("Point mensuel en visio", "Une heure à distance : ce qui avance, ce qui bloque.", EventKind.Meeting, 11, 1, OnlineUrl: "https://visio.demo.invalid/point-mensuel"),
        [22] = new("Rencontres du numérique rural", "Une journée pour voir ce que font les autres, et repartir avec une idée à essayer.", EventKind.Workshop, 9, 8, Places: 40)
        {
            Organisations = "Fabrique du Tilleul, Amicale des bidouilleurs",
            Programme =
            [
                new(0, 30, "Accueil et café", "Hall", null), new(30, 75, "Ouverture", "Grande salle", "Colette Tilleul, présidente de la Fabrique du Tilleul"), new(90, 180, "Atelier : un formulaire en une page", "Salle bleue", "Hector Plume"),
                new(90, 180, "Atelier : la fibre expliquée", "Salle verte", "Inès Bobine"), new(180, 270, "Repas partagé", null, null), new(270, 375, "Table ronde : et l’an prochain ?", "Grande salle", "Colette Tilleul, Hector Plume"), new(375, 420, "Synthèse", "Grande salle", null),
            ],
        },
    };

    public int Order => 60;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        foreach (var copy in context.Groups.GroupBy(g => g.Copy).OrderBy(c => c.Key)) await PublishAsync(context, [.. copy], cancellation);
    }

    private Task PublishAsync(DemoContext context, DemoGroup[] groups, CancellationToken cancellation)
    {
        var random = context.Random.Fork($"agenda/{groups[0].Copy}");
        var planned = Enumerable.Range(0, EventsInCopy).Select(n => Plan(context, random.Fork($"{n}"), groups[n % groups.Length], n)).ToList();
        var byPost = planned.ToDictionary<Planned, DemoPost>(p => p.Post, ReferenceEqualityComparer.Instance);
        return context.PublishAsync(planned.Select(p => p.Post), (post, item, body) => Rows(context, byPost[post], item, body), cancellation);
    }

    private static Planned Plan(DemoContext context, DemoRandom random, DemoGroup group, int number)
    {
        var patterns = group.Kind == GroupKind.Firms ? ForFirms : ForAuthorities;
        var pattern = Others.TryGetValue(number, out var other) ? other : patterns[number / GroupsInCopy % patterns.Length];
        var isPast = number < PastOnes;
        // Series begin ago, and go on.
        var inDays = pattern.Rule is not null ? -random.Between(20, 60) : isPast ? -random.Between(4, 90) : random.Between(2, 75);
        var day = context.Today.AddDays(inDays);
        while (pattern.Kind != EventKind.PublicEvent && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        var announced = Math.Max(1, -inDays) + random.Between(8, 25);
        var town = random.Pick(Towns);
        var writers = group.WritersAt(announced);
        return new(new DemoPost
        {
            Kind = AgendaModule.EventKindKey,
            Group = group,
            Author = random.Pick(writers.Count == 0 ? group.Animators : writers),
            Title = pattern.Title.Contains("Visite", StringComparison.Ordinal) || pattern.Title.Contains("Permanence", StringComparison.Ordinal) ? $"{pattern.Title} à {town}" : pattern.Title,
            Body = pattern.Body,
            At = context.At(announced, random.Between(8, 18), random.Below(60)),
            Audience = group.IsHidden ? Audience.Group : pattern.Kind == EventKind.PublicEvent ? Audience.Public : random.Chance(40) ? Audience.Platform : Audience.Group,
            Tags = random.Sample(group.Tags, random.Between(0, 1)),
            Thanks = random.Below(3),
        }, pattern, day, random.Pick(Halls), town, random.Fork("inscrits"), number % RideEvery == 0);
    }

    private IEnumerable<object> Rows(DemoContext context, Planned plan, ContentItem item, RenderedBody body)
    {
        var pattern = plan.Pattern;
        var start = plan.Day.ToDateTime(new TimeOnly(pattern.Hour, pattern.Kind == EventKind.Meeting && !pattern.IsAllDay ? 30 : 0));
        var e = new AgendaEvent
        {
            Id = item.Id, Body = plan.Post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer,
            Kind = pattern.Kind, IsAllDay = pattern.IsAllDay, StartLocal = start, EndLocal = start.AddHours(pattern.Length), TimeZone = context.TimeZone.Id, Rule = pattern.Rule is null ? null : Anchored(pattern.Rule, start),
            Place = pattern.OnlineUrl is null ? plan.Hall : null, Commune = pattern.OnlineUrl is null ? plan.Town : null, OnlineUrl = pattern.OnlineUrl, Attendance = pattern.OnlineUrl is null ? Attendance.OnSite : Attendance.Online,
            Programme = Programme.Write(pattern.Programme), Organisations = pattern.Organisations, Places = pattern.Places, Questions = pattern.Questions, Price = pattern.Kind == EventKind.Training ? "Gratuit pour les membres" : null,
        };
        var spread = dates.Spread(e, plan.Post.Group.Id, []);
        var now = context.At(0, 0, 0);
        string? minutes = null;
        if (pattern.Agenda is { } agenda && e.Rule is null && spread[0].EndUtc < now)
            minutes = $"Nous avons parlé de {agenda}. Chacun a dit où il en est, et ce qui lui manque.";

        yield return e;
        if (minutes is not null)
        {
            yield return new EventMinutes
            {
                Id = context.NewKey(), ItemId = item.Id, Key = spread[0].Key, Text = minutes, Html = Platform.Text.RichText.Render(minutes, Platform.Text.RichTextContext.Empty), WriterId = item.AuthorId, At = spread[0].EndUtc.AddDays(1),
            };
            yield return new EventDecision { Id = context.NewKey(), ItemId = item.Id, Key = spread[0].Key, Position = 0, Text = "Préparer une note pour la prochaine fois", Who = plan.Post.Author.Name, Due = plan.Day.AddDays(14) };
            yield return new EventDecision { Id = context.NewKey(), ItemId = item.Id, Key = spread[0].Key, Position = 1, Text = "Relire la note et la compléter" };
        }

        foreach (var date in spread)
        {
            date.Id = context.NewKey();
            yield return date;
        }

        var shown = spread.FirstOrDefault(d => d.EndUtc > now) ?? spread[^1];
        var registered = Registered(plan, item, e, shown, shown.EndUtc < now).ToList();
        foreach (var registration in registered) yield return registration;
        if (!plan.HasRides || shown.EndUtc < now || e.Attendance == Attendance.Online) yield break;
        foreach (var row in Rides(context, plan, shown, [.. registered.Where(r => r is { Answer: Answer.Yes, WaitingSince: null }).Select(r => r.MemberId)])) yield return row;
    }

    // One who drives and takes another along, and one who looks for a seat.
    private static IEnumerable<object> Rides(DemoContext context, Planned plan, EventDate date, List<Guid> coming)
    {
        if (coming.Count < 3) yield break;

        var ride = new Ride { Id = context.NewKey(), ItemId = date.ItemId, Key = date.Key, MemberId = coming[0], Seats = SeatsOffered, Commune = Towns.First(t => t != plan.Town), Note = "Départ de la gare, une demi-heure avant." };
        yield return ride;
        yield return new RideSeat { RideId = ride.Id, MemberId = coming[1] };
        yield return new Ride { Id = context.NewKey(), ItemId = date.ItemId, Key = date.Key, MemberId = coming[2], Seats = 0, Commune = Towns.Last(t => t != plan.Town), Note = "" };
    }

    private static IEnumerable<Registration> Registered(Planned plan, ContentItem item, AgendaEvent e, EventDate date, bool isOver)
    {
        var questions = Question.Parse(e.Questions);
        var taken = 0;
        foreach (var seat in plan.Random.Sample(plan.Post.Group.Seats, Math.Min(plan.Post.Group.Seats.Count, plan.Random.Between(3, MostRegistered))))
        {
            var answer = plan.Random.Below(10) switch { 0 => Answer.No, 1 or 2 => Answer.Maybe, _ => Answer.Yes };
            var waits = answer == Answer.Yes && e.Places is { } places && taken++ >= places;
            yield return new()
            {
                ItemId = item.Id, Key = date.Key, MemberId = seat.Member.Id, Answer = answer, AnsweredAt = item.CreatedAt.AddHours(1), WaitingSince = waits ? item.CreatedAt.AddHours(1) : null,
                Answers = answer == Answer.No ? "" : string.Join('\n', questions.Select(q => q.Choices.Count > 0 ? q.Choices[0] : "")),
                WasThere = isOver ? answer == Answer.Yes && !waits && plan.Random.Chance(85) : null,
            };
        }
    }

    // A series comes back on the day of the week that it began on.
    private static string Anchored(string rule, DateTime start)
    {
        var day = start.DayOfWeek.ToString()[..2].ToUpperInvariant();
        return rule.StartsWith("FREQ=WEEKLY", StringComparison.Ordinal) ? $"FREQ=WEEKLY;BYDAY={day}" : $"FREQ=MONTHLY;BYDAY={(start.Day > 28 ? -1 : ((start.Day - 1) / 7) + 1)}{day}";
    }

    private sealed record SeededEvent(string Title, string Body, EventKind Kind, int Hour, int Length, string? Rule = null, int? Places = null, string Questions = "", string? Agenda = null, bool IsAllDay = false, string? OnlineUrl = null)
    {
        public IReadOnlyList<Slot> Programme { get; init; } = [];

        public string? Organisations { get; init; }
    }

    private sealed record Planned(DemoPost Post, SeededEvent Pattern, DateOnly Day, string Hall, string Town, DemoRandom Random, bool HasRides);
}
