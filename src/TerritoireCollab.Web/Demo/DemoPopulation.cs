using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Web.Demo;

/// <summary>The people and organisations of the demo territory.</summary>
internal sealed class DemoPopulation(NewMembers accounts, DemoTexts texts, DemoRandom random, Func<int, int, int, DateTime> at, DateOnly today, string passwordHash)
{
    /// <summary>Members of one copy of the territory, the demo accounts of the first one included.</summary>
    public const int MembersInCopy = 263;

    /// <summary>Members of the veille.</summary>
    public const int WatchersInCopy = 19;

    private static readonly (string Kind, int Share)[] Shares = [("collectivite", 128), ("entreprise", 79), ("association", 34), ("etablissement", 22)];

    private static readonly HashSet<string> Elected = ["maire", "premier adjoint", "adjoint au numérique", "conseiller municipal délégué", "vice-président chargé de l’aménagement"];
    private static readonly HashSet<string> OnlyInCommune = ["maire", "premier adjoint", "adjoint au numérique", "conseiller municipal délégué", "secrétaire général de mairie"];
    private static readonly HashSet<string> OnlyOne = ["maire", "premier adjoint", "adjoint au numérique", "directeur général des services", "vice-président chargé de l’aménagement", "secrétaire général de mairie", "directeur", "président", "trésorier"];

    private readonly PeopleSource _people = texts.Read<PeopleSource>("people");
    private readonly TerritorySource _territory = texts.Read<TerritorySource>("territory");
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _handles = [];
    private readonly HashSet<(Guid, string)> _posts = [];
    private readonly List<object> _rows = [];
    private readonly List<DemoMember> _members = [];
    private readonly OrganisationSource[] _sources = texts.Read<OrganisationSource[]>("organisations");
    private Organisation[] _organisations = [];

    /// <summary>Everybody, copy after copy.</summary>
    public IReadOnlyList<DemoMember> Members => _members;

    /// <summary>The organisations.</summary>
    public IReadOnlyList<object> Organise(Func<Guid> newKey)
    {
        _organisations = [.. _sources.Select(s => new Organisation
        {
            Id = newKey(), Slug = Slug.Of(s.Name), Name = s.Name, FoldedName = FoldedName.Of(s.Name), Kind = s.OrganisationKind, Commune = s.Commune,
        })];
        return _organisations;
    }

    /// <summary>Makes the members of a copy, and returns their rows.</summary>
    public IReadOnlyList<object> Populate(int copy)
    {
        _rows.Clear();
        var draw = random.Fork($"membres/{copy}");
        var first = _members.Count;
        if (copy == 1) foreach (var account in _territory.Accounts) Add(draw, Account(account));
        Watch(draw, first);
        foreach (var (kind, share) in Shares)
        {
            var wanted = share - _members.Skip(first).Count(m => m.OrganisationKind == OrganisationSource.KindOf(kind));
            for (var n = 0; n < wanted; n++) Add(draw, Somebody(draw, kind, null));
        }

        return [.. _rows];
    }

    // Ten organisations take part in the veille: each has one member in it, and some have more, nineteen in all.
    private void Watch(DemoRandom draw, int first)
    {
        var places = _sources.Index().Where(s => s.Item.Veille).Select(s => s.Index).ToArray();
        var watchers = _members.Skip(first).Where(m => m.WatchesNews).ToList();
        var missing = places.Where(p => watchers.All(w => w.OrganisationId != _organisations[p].Id)).ToList();
        for (var n = watchers.Count; n < WatchersInCopy; n++)
        {
            var place = missing.Count > 0 ? missing[0] : draw.Pick(places);
            missing.Remove(place);
            Add(draw, Somebody(draw, _sources[place].Kind, place));
        }
    }

    private Person Account(AccountSource source)
    {
        var place = Array.FindIndex(_sources, s => s.Name == source.Organisation);
        return new Person(source.Name, source.Name.Split(' ')[0], source.Feminine, source.Kind, place, source.Function, source.Commune, source.Presentation,
            source.Key == "elue" ? DemoRole.Elected : RoleOf(source.Kind, ""), source.Key, true, 520);
    }

    private Person Somebody(DemoRandom draw, string kind, int? watchedPlace)
    {
        var feminine = draw.Chance(54);
        var first = draw.Pick(feminine ? _people.FirstNames.Feminine : _people.FirstNames.Masculine);
        var name = $"{first} {draw.Pick(_people.Surnames)}";
        while (!_names.Add(name))
        {
            first = draw.Pick(feminine ? _people.FirstNames.Feminine : _people.FirstNames.Masculine);
            name = $"{first} {draw.Pick(_people.Surnames)}";
        }

        var place = watchedPlace ?? draw.Pick(_sources.Index().Where(s => s.Item.Kind == kind).Select(s => s.Index).ToArray());
        var function = Function(draw, kind, place);
        var presentation = draw.Chance(70) ? draw.Pick(_people.Presentations.Where(p => p.Kind == kind || p.Kind == "tous").ToArray()).Text : null;
        var days = watchedPlace is not null || draw.Chance(84) ? draw.Between(430, 980) : draw.Between(6, 400);
        return new Person(name, first, feminine, kind, place, Capitalized(feminine ? function.F : function.M), _sources[place].Commune, presentation, RoleOf(kind, function.M), null, watchedPlace is not null, days);
    }

    private FunctionSource Function(DemoRandom draw, string kind, int place)
    {
        var isCommune = _sources[place].Name.StartsWith("Commune ", StringComparison.Ordinal);
        var possible = _people.Functions[kind].Where(f =>
            (isCommune || !OnlyInCommune.Contains(f.M)) && (!isCommune || !f.M.StartsWith("vice-président", StringComparison.Ordinal))
            && (!OnlyOne.Contains(f.M) || !_posts.Contains((_organisations[place].Id, f.M)))).ToArray();
        var chosen = draw.Pick(possible);
        _posts.Add((_organisations[place].Id, chosen.M));
        return chosen;
    }

    private static DemoRole RoleOf(string kind, string function) => kind switch
    {
        "collectivite" => Elected.Contains(function) ? DemoRole.Elected : DemoRole.Officer,
        "entreprise" => DemoRole.Firm,
        "association" => DemoRole.Association,
        _ => DemoRole.PublicBody,
    };

    private void Add(DemoRandom draw, Person person)
    {
        _names.Add(person.Name);
        var handle = Handles.Free(Handles.From(person.Name), _handles.Contains);
        _handles.Add(handle);
        var member = Row(draw, person, handle);
        var organisation = _organisations[person.Place];
        Affiliate(draw, person, member);
        _rows.Add(IndexConsumer.OfMember(member));
        _rows.Add(member);
        _rows.AddRange(member.Affiliations.Select(a => new Affiliation
        {
            Id = a.Id, MemberId = a.MemberId, OrganisationId = a.OrganisationId, Function = a.Function, From = a.From, Until = a.Until, IsPrincipal = a.IsPrincipal,
        }));

        // The index needed the organisations by name; the rows go in flat, or the context would add the organisations again.
        member.Affiliations.Clear();
        _members.Add(new DemoMember
        {
            Id = member.Id,
            Name = person.Name,
            FirstName = person.FirstName,
            Handle = handle,
            IsFeminine = person.Feminine,
            Role = person.Role,
            OrganisationId = organisation.Id,
            OrganisationKind = organisation.Kind,
            OrganisationName = organisation.Name,
            WatchesNews = person.Watches && _sources[person.Place].Veille,
            DaysHere = person.Days,
            Account = person.Account,
        });
    }

    private Member Row(DemoRandom draw, Person person, string handle)
    {
        var member = accounts.Build(new NewMember
        {
            Name = person.Name,
            Email = $"{person.Account ?? handle}@demo.local",
            IsAdmin = person.Account == "admin",
            Welcomed = true,
            Function = person.Function,
            Commune = person.Commune,
            CreatedAt = at(person.Days, draw.Between(8, 18), draw.Below(60)),
        }, handle, passwordHash);
        member.Presentation = person.Presentation;
        // Whoever signs in with one of the accounts finds some days of news.
        member.LastSeenAt = at(person.Account is null ? draw.Between(1, 40) : 4, draw.Between(7, 21), draw.Below(60));
        member.PreviousVisitAt = member.LastSeenAt.Value.AddDays(person.Account is null ? -draw.Between(1, 9) : -3);
        member.EmailVisibility = Visibility(draw, 30, 30);
        if (draw.Chance(35))
        {
            member.PhoneNumber = $"{_territory.PhonePrefix} {draw.Below(100):D2} {draw.Below(100):D2}";
            member.PhoneVisibility = Visibility(draw, 25, 40);
        }

        return member;
    }

    private static FieldVisibility Visibility(DemoRandom draw, int everybody, int groups)
    {
        var drawn = draw.Below(100);
        if (drawn < everybody) return FieldVisibility.Members;
        return drawn < everybody + groups ? FieldVisibility.MyGroups : FieldVisibility.OnlyMe;
    }

    private void Affiliate(DemoRandom draw, Person person, Member member)
    {
        var from = today.AddDays(-person.Days - draw.Between(100, 2_500));
        member.Affiliations.Add(Post(member, person.Place, person.Function, from, null, true));
        if (person.Watches) return;

        if (draw.Chance(16))
        {
            var before = draw.Below(_sources.Length);
            var past = draw.Pick(_people.Functions[_sources[before].Kind].Where(f => !OnlyOne.Contains(f.M)).ToArray());
            if (before != person.Place) member.Affiliations.Add(Post(member, before, Capitalized(person.Feminine ? past.F : past.M), from.AddDays(-draw.Between(400, 2_000)), from.AddDays(-1), false));
        }

        if (draw.Chance(9))
        {
            var volunteer = _people.Functions["association"].First(f => f.M == "bénévole");
            var beside = draw.Pick(_sources.Index().Where(s => s.Item is { Kind: "association", Veille: false }).Select(s => s.Index).ToArray());
            if (beside != person.Place) member.Affiliations.Add(Post(member, beside, Capitalized(person.Feminine ? volunteer.F : volunteer.M), today.AddDays(-draw.Between(60, 900)), null, false));
        }
    }

    private Affiliation Post(Member member, int place, string function, DateOnly from, DateOnly? until, bool principal) => new()
    {
        Id = Guid.CreateVersion7(), MemberId = member.Id, OrganisationId = _organisations[place].Id, Organisation = _organisations[place],
        Function = function, From = from, Until = until, IsPrincipal = principal,
    };

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private sealed record Person(
        string Name, string FirstName, bool Feminine, string Kind, int Place, string Function, string Commune, string? Presentation, DemoRole Role, string? Account, bool Watches, int Days);
}
