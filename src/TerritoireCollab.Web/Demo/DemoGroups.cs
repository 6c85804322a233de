using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Web.Demo;

/// <summary>The groups of the demo territory, with who is in them.</summary>
internal sealed class DemoGroups(DemoTexts texts, DemoRandom random, Func<int, int, int, DateTime> at, Func<Guid> newKey)
{
    private const string Watch = "veille-numerique";
    private const int OldestGroupDays = 1_100;

    private readonly GroupSource[] _sources = texts.Read<GroupSource[]>("groups");
    private readonly TerritorySource _territory = texts.Read<TerritorySource>("territory");
    private readonly List<DemoGroup> _groups = [];
    private readonly List<(DemoMember Account, Activity Activity)> _requests = [];

    /// <summary>Every group, copy after copy.</summary>
    public IReadOnlyList<DemoGroup> Groups => _groups;

    /// <summary>Requests to join that the demo accounts have to answer.</summary>
    public IReadOnlyList<(DemoMember Account, Activity Activity)> Requests => _requests;

    /// <summary>Makes the nine groups of a copy among its members, and returns their rows.</summary>
    public IReadOnlyList<object> Gather(int copy, IReadOnlyList<DemoMember> members)
    {
        var rows = new List<object>();
        var groupsOf = members.ToDictionary(m => m.Id, _ => 0);
        foreach (var source in _sources.OrderByDescending(s => s.Slug == Watch))
        {
            var draw = random.Fork($"groupe/{source.Slug}/{copy}");
            var seats = Seats(draw, source, copy, members, groupsOf);
            foreach (var seat in seats) groupsOf[seat.Member.Id]++;
            Add(rows, draw, source, copy, seats, members);
        }

        return rows;
    }

    private void Add(List<object> rows, DemoRandom draw, GroupSource source, int copy, List<DemoSeat> seats, IReadOnlyList<DemoMember> members)
    {
        var created = at(seats.Max(s => s.DaysHere) + draw.Between(1, 40), 9, 0);
        var row = new Group
        {
            Id = newKey(),
            Slug = copy == 1 ? source.Slug : $"{source.Slug}-{copy}",
            Name = copy == 1 ? source.Name : $"{source.Name} {copy}",
            FoldedName = FoldedName.Of(copy == 1 ? source.Name : $"{source.Name} {copy}"),
            Summary = source.Summary,
            Purpose = source.Purpose,
            Kind = source.GroupKind,
            Visibility = source.IsHidden ? GroupVisibility.Hidden : GroupVisibility.AllMembers,
            Joining = source.GroupJoining,
            Ceiling = source.IsHidden ? Audience.Group : Audience.Public,
            Hue = source.Hue / 10 * 10,
            JoinQuestion = source.JoinQuestion,
            Charter = source.Charter,
            CharterVersion = source.Charter is null ? 0 : 1,
            Welcome = source.Welcome,
            Announcement = source.Announcement,
            CreatedAt = created,
            LastActivityAt = created,
            MemberCount = seats.Count,
        };
        var group = new DemoGroup
        {
            Id = row.Id, Slug = row.Slug, Pattern = source.Slug, Copy = copy, Name = row.Name, Kind = row.Kind, IsHidden = source.IsHidden,
            Seats = seats, Tags = source.Tags, LastActivityAt = created,
        };
        _groups.Add(group);
        rows.Add(row);
        rows.Add(IndexConsumer.OfGroup(row));
        foreach (var seat in seats) AddSeat(rows, draw, row, seat);
        if (copy == 1 && _territory.Requests.TryGetValue(source.Slug, out var texts)) Request(rows, draw, row, group, members, texts);
    }

    private void AddSeat(List<object> rows, DemoRandom draw, Group group, DemoSeat seat)
    {
        var since = seat.Role == GroupRole.Owner ? group.CreatedAt : at(seat.DaysHere, draw.Between(8, 19), draw.Below(60));
        rows.Add(new Membership
        {
            Id = newKey(),
            GroupId = group.Id,
            MemberId = seat.Member.Id,
            Role = seat.Role,
            State = MembershipState.Active,
            Origin = seat.Role == GroupRole.Owner ? MembershipOrigin.Founder : group.Joining switch
            {
                GroupJoining.Free => MembershipOrigin.Joined,
                GroupJoining.OnRequest => MembershipOrigin.Accepted,
                _ => MembershipOrigin.Invited,
            },
            Since = since,
            CharterAccepted = group.CharterVersion,
            MailLevel = seat.Level,
            LastVisitAt = at(seat.Member.Account is null ? draw.Between(1, 50) : draw.Between(2, 5), draw.Between(8, 20), draw.Below(60)),
        });
        rows.Add(new Activity { Id = newKey(), Kind = ActivityKinds.MemberJoined, GroupId = group.Id, ActorId = seat.Member.Id, SubjectId = seat.Member.Id, At = since, DispatchedAt = since });
    }

    private void Request(List<object> rows, DemoRandom draw, Group group, DemoGroup seats, IReadOnlyList<DemoMember> members, string[] texts)
    {
        var kind = group.Kind == GroupKind.Firms ? DemoRole.Firm : DemoRole.Officer;
        var outside = members.Where(m => m.Role == kind && m.Account is null && seats.Seats.All(s => s.Member.Id != m.Id)).ToArray();
        foreach (var (index, member) in draw.Sample(outside, texts.Length).Index())
        {
            var asked = at(1 + index, draw.Between(8, 19), draw.Below(60));
            var activity = new Activity { Id = newKey(), Kind = ActivityKinds.JoinRequested, GroupId = group.Id, ActorId = member.Id, At = asked, DispatchedAt = asked };
            rows.Add(new Membership { Id = newKey(), GroupId = group.Id, MemberId = member.Id, State = MembershipState.Requested, Since = asked, RequestText = texts[index], CharterAccepted = group.CharterVersion });
            rows.Add(activity);
            _requests.AddRange(seats.Animators.Where(a => a.Account is not null).Select(a => (a, activity)));
        }
    }

    private List<DemoSeat> Seats(DemoRandom draw, GroupSource source, int copy, IReadOnlyList<DemoMember> members, Dictionary<Guid, int> groupsOf)
    {
        var fixedRoles = copy == 1 ? _territory.Seats[source.Slug] : [];
        var chosen = members.Where(m => m.Account is { } account && fixedRoles.ContainsKey(account)).ToList();
        var pool = members.Where(m => m.Account is null && Suits(source, m)).ToList();

        // Those who are in few groups first, so that hardly anybody is in none.
        if (source.Slug == Watch) chosen.AddRange(pool);
        else chosen.AddRange(pool.Select(m => (Member: m, Weight: (groupsOf[m.Id] * 0.7) + draw.Fraction())).OrderBy(m => m.Weight).Take(source.Members - chosen.Count).Select(m => m.Member));

        var roles = Roles(draw, source, chosen, fixedRoles);
        return [.. chosen.Select(m => new DemoSeat(m, roles[m.Id], Math.Min(m.DaysHere, OldestGroupDays) - (m.DaysHere > 420 ? draw.Below(9) : draw.Below(3)), Level(draw, m)))];
    }

    private static bool Suits(GroupSource source, DemoMember member) => source switch
    {
        { Slug: Watch } => member.WatchesNews,
        { IsHidden: true } => member.Role == DemoRole.Officer || (member.Role == DemoRole.Elected && member.Name.Length % 3 == 0),
        { Kind: "entreprises" } => member.OrganisationKind != OrganisationKind.LocalAuthority,
        _ => member.OrganisationKind != OrganisationKind.Firm,
    };

    // An owner, one to three animators, some readers in large groups; the demo accounts keep the roles of the text.
    private static Dictionary<Guid, GroupRole> Roles(DemoRandom draw, GroupSource source, List<DemoMember> chosen, Dictionary<string, GroupRole> fixedRoles)
    {
        var roles = chosen.ToDictionary(m => m.Id, m => m.Account is { } account ? fixedRoles[account] : GroupRole.Member);
        var others = chosen.Where(m => m.Account is null && m.DaysHere > 420).ToList();
        var animators = draw.Between(1, 3) - roles.Values.Count(r => r == GroupRole.Animator);
        var heads = draw.Sample(others, animators + 1);
        var at = 0;
        if (!roles.ContainsValue(GroupRole.Owner)) roles[heads[at++].Id] = GroupRole.Owner;
        for (var n = 0; n < animators; n++) roles[heads[at++].Id] = GroupRole.Animator;
        if (source.Members > 40)
            foreach (var reader in draw.Sample(others.Where(m => roles[m.Id] == GroupRole.Member).ToList(), draw.Between(2, 4))) roles[reader.Id] = GroupRole.Reader;
        return roles;
    }

    // Whoever tries the accounts meets every level.
    private static MailLevel Level(DemoRandom draw, DemoMember member) => member.Account switch
    {
        "animatrice" => MailLevel.Everything,
        "agent" => MailLevel.DailyDigest,
        "elue" or "entreprise" => MailLevel.WeeklyDigest,
        not null => MailLevel.NewThreads,
        null => draw.Below(100) switch
        {
            < 40 => MailLevel.WeeklyDigest,
            < 55 => MailLevel.DailyDigest,
            < 75 => MailLevel.NewThreads,
            < 90 => MailLevel.Everything,
            _ => MailLevel.Nothing,
        },
    };
}
