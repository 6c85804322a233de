using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Invitations;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Groups.Home;

/// <summary>As whom an animator looks at the home page.</summary>
public enum SeenAs
{
    /// <summary>As oneself.</summary>
    Self = 0,
    /// <summary>As an ordinary member of the group.</summary>
    Member = 1,
    /// <summary>As another member of the platform.</summary>
    Visitor = 2,
    /// <summary>As somebody without an account, whom the page itself asks to sign in.</summary>
    Anonymous = 3,
}

/// <summary>A content on the home page.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">Address from the root.</param>
/// <param name="AuthorName">Author.</param>
/// <param name="At">Last activity.</param>
/// <param name="Answers">Comments that can be read.</param>
public sealed record HomeItem(string Title, string Address, string AuthorName, DateTime At, int Answers)
{
    /// <summary>What its tool says of it instead of author, moment and comments.</summary>
    public string? Line { get; init; }

    /// <summary>A sentence or two, or null.</summary>
    public string? Text { get; init; }
}

/// <summary>What a tool has of newest.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Items">Its newest contents; may be empty.</param>
/// <param name="MayCreate">Whether the viewer may create in it.</param>
/// <param name="IsShown">Whether its block stands on the page.</param>
public sealed record HomeTool(Tool Tool, IReadOnlyList<HomeItem> Items, bool MayCreate, bool IsShown = true);

/// <summary>Somebody on the home page.</summary>
/// <param name="Name">Name.</param>
/// <param name="Handle">Handle.</param>
/// <param name="Organisation">Organisation spoken for, if any.</param>
public sealed record HomePerson(string Name, string Handle, string? Organisation);

/// <summary>The home page of a group, for members and for others.</summary>
public sealed record GroupHomeView
{
    /// <summary>The group as the viewer, or the one looked as, stands to it.</summary>
    public required Standing Standing { get; init; }
    /// <summary>As whom it is shown.</summary>
    public required SeenAs SeenAs { get; init; }
    /// <summary>Whether it is hidden from the one looked as.</summary>
    public bool IsHiddenFromThem { get; init; }
    /// <summary>Whom it gathers.</summary>
    public required GroupKind Kind { get; init; }
    /// <summary>Presentation, as sanitised HTML.</summary>
    public required string PurposeHtml { get; init; }
    /// <summary>Welcome for newcomers, as sanitised HTML; null for those who are no newcomers.</summary>
    public string? WelcomeHtml { get; init; }
    /// <summary>Charter, as sanitised HTML.</summary>
    public string? CharterHtml { get; init; }
    /// <summary>Whether the member accepted an older charter than today's.</summary>
    public bool MustAcceptCharter { get; init; }
    /// <summary>The cover picture, if any.</summary>
    public Guid? CoverFileId { get; init; }
    /// <summary>The emblem, if any.</summary>
    public Guid? LogoFileId { get; init; }
    /// <summary>What the animators tell their members on top of the page, as sanitised HTML; null when they tell nothing.</summary>
    public string? AnnouncementHtml { get; init; }
    /// <summary>Creation.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Whether entering goes by a page with a question or a charter.</summary>
    public required bool AsksFirst { get; init; }
    /// <summary>Whether an invitation waits for the viewer.</summary>
    public bool IsInvited { get; init; }
    /// <summary>Those who animate it.</summary>
    public required IReadOnlyList<HomePerson> Animators { get; init; }
    /// <summary>Members of less than a month, newest first.</summary>
    public IReadOnlyList<HomePerson> Newcomers { get; init; } = [];
    /// <summary>On top for members.</summary>
    public IReadOnlyList<HomeItem> Pinned { get; init; } = [];
    /// <summary>Each tool with its newest; for others than members, those tools that have something for them.</summary>
    public IReadOnlyList<HomeTool> Tools { get; init; } = [];
    /// <summary>For others: what they may read of the tools without a block, newest first.</summary>
    public IReadOnlyList<HomeItem> Published { get; init; } = [];
    /// <summary>For animators: requests that wait.</summary>
    public int RequestCount { get; init; }
    /// <summary>Whether the viewer may change the settings.</summary>
    public bool MayEdit { get; init; }
    /// <summary>Whether the launch kit is offered: to the animators of a young group who have not done with it.</summary>
    public bool OffersLaunch { get; init; }
    /// <summary>Whether the viewer may invite.</summary>
    public bool MayInvite { get; init; }

    /// <summary>Whether nothing was published in it yet.</summary>
    public bool IsQuiet => Pinned.Count == 0 && Tools.All(t => t.Items.Count == 0);
}

/// <summary>Reads the home page of a group and notes the visit.</summary>
internal sealed class ReadGroupHome(AppDb database, Rights rights, ModuleCatalog modules, Faces faces, IEnumerable<IHomeBlock> blocks, TimeProvider clock, Dates dates)
{
    // What a welcome says in the place of the first name of whoever reads it.
    private const string FirstNamePlace = "{prenom}";

    private const int Newest = 5;

    // Nine tools stand under one another on a phone.
    private const int NewestOfATool = 4;

    private readonly Dictionary<string, IHomeBlock> _blocks = blocks.ToDictionary(b => b.Tool);
    private static readonly TimeSpan NewFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan NewcomerFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan VisitStep = TimeSpan.FromMinutes(5);

    /// <summary>The page.</summary>
    /// <exception cref="NotFoundException">Absent, or hidden from the viewer.</exception>
    public async Task<GroupHomeView> ExecuteAsync(Viewer viewer, string slug, SeenAs seenAs, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var own = await rights.StandingAsync(db, slug, cancellation);
        if (seenAs == SeenAs.Self || !own.IsAnimator) return await ReadAsync(db, own, SeenAs.Self, cancellation);

        if (seenAs != SeenAs.Member && own.Visibility == GroupVisibility.Hidden) return Hidden(own, seenAs);

        await using var theirs = database.Open(seenAs switch { SeenAs.Member => Viewer.AnyMemberOf(own.GroupId), SeenAs.Visitor => Viewer.AnyMember, _ => Viewer.Anonymous });

        return await ReadAsync(theirs, await rights.StandingAsync(theirs, slug, cancellation), seenAs, cancellation);
    }

    private static GroupHomeView Hidden(Standing own, SeenAs seenAs) => new()
    {
        Standing = own with { Role = null },
        SeenAs = seenAs,
        IsHiddenFromThem = true,
        Kind = default,
        PurposeHtml = "",
        CreatedAt = default,
        AsksFirst = false,
        Animators = [],
    };

    private async Task<GroupHomeView> ReadAsync(AppDbContext db, Standing standing, SeenAs seenAs, CancellationToken cancellation)
    {
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == standing.GroupId, cancellation);
        var membership = standing.IsMember
            ? await db.Memberships.AsNoTracking().FirstOrDefaultAsync(m => m.GroupId == group.Id && m.MemberId == db.Viewer.MemberId, cancellation)
            : null;
        var now = clock.GetUtcNow().UtcDateTime;
        if (membership is not null && (membership.LastVisitAt is null || now - membership.LastVisitAt > VisitStep)) await NoteVisitAsync(db, membership, now, cancellation);

        var isNew = membership is not null && (membership.LastVisitAt is null || now - membership.Since < NewFor);
        var view = new GroupHomeView
        {
            Standing = standing,
            SeenAs = seenAs,
            Kind = group.Kind,
            PurposeHtml = Render(group.Purpose) ?? "",
            WelcomeHtml = isNew || seenAs == SeenAs.Member ? await WelcomeAsync(db, group.Welcome, cancellation) : null,
            CharterHtml = Render(group.Charter),
            MustAcceptCharter = membership is not null && membership.CharterAccepted < group.CharterVersion,
            CoverFileId = group.CoverFileId,
            LogoFileId = group.LogoFileId,
            AnnouncementHtml = standing.IsMember && !(group.AnnouncementUntil < dates.Today) ? Render(group.Announcement) : null,
            CreatedAt = group.CreatedAt,
            AsksFirst = group.CharterVersion > 0 || (group.Joining == GroupJoining.OnRequest && group.JoinQuestion is not null),
            Animators = await PeopleAsync(db.Memberships.Where(m => m.GroupId == group.Id && m.State == MembershipState.Active && m.Role >= GroupRole.Animator).OrderByDescending(m => m.Role).ThenBy(m => m.Since), 6, cancellation),
        };
        view = view with { OffersLaunch = seenAs == SeenAs.Self && LaunchKit.Offers(group, standing, now) };
        return standing.IsMember ? await ForMemberAsync(db, view, now, cancellation) : await ForVisitorAsync(db, view, now, cancellation);
    }

    private async Task<GroupHomeView> ForMemberAsync(AppDbContext db, GroupHomeView view, DateTime now, CancellationToken cancellation)
    {
        var standing = view.Standing;
        var since = now - NewcomerFor;
        var newcomers = db.Memberships.Where(m => m.GroupId == standing.GroupId && m.State == MembershipState.Active && m.Since > since && m.Origin != MembershipOrigin.Founder).OrderByDescending(m => m.Since);
        var newest = await NewestAsync(db, standing, cancellation);
        var tools = new List<HomeTool>();
        foreach (var tool in standing.HomeOrder(modules.Tools)) tools.Add(await OfToolAsync(db, standing, tool, newest, cancellation));

        return view with
        {
            Pinned = [.. newest.Where(i => i.Item.PinnedAt is not null).OrderByDescending(i => i.Item.PinnedAt).Take(Newest).Select(i => Line(standing.Slug, i))],
            Tools = tools,
            Newcomers = await PeopleAsync(newcomers, Newest, cancellation),
            MayEdit = rights.Allows(GroupPermissions.Edit, standing) || rights.Allows(GroupPermissions.Own, standing),
            MayInvite = rights.Allows(GroupPermissions.ManageMembers, standing),
            RequestCount = rights.Allows(GroupPermissions.ManageMembers, standing)
                ? await db.Memberships.CountAsync(m => m.GroupId == standing.GroupId && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain) && m.Member!.State == MemberState.Active, cancellation)
                : 0,
        };
    }

    private async Task<HomeTool> OfToolAsync(AppDbContext db, Standing standing, Tool tool, IReadOnlyList<Signed> newest, CancellationToken cancellation)
    {
        var kinds = StreamedKinds(k => k.Tool == tool.Key);
        IReadOnlyList<HomeItem> items = _blocks.TryGetValue(tool.Key, out var block)
            ? [.. (await block.ReadAsync(db, standing, NewestOfATool, cancellation)).Select(l => new HomeItem(l.Title, l.Address, "", default, 0) { Line = l.Line, Text = l.Text })]
            : [.. newest.Where(i => kinds.Contains(i.Item.Kind)).OrderByDescending(i => i.Item.LastActivityAt).Take(NewestOfATool).Select(i => Line(standing.Slug, i))];
        return new(tool, items, kinds.Count > 0 && !standing.IsArchived && standing.Role >= standing.CreatorsOf(tool) && standing.Role >= GroupRole.Member, !standing.IsOffHome(tool));
    }

    // What is pinned and the newest of every tool in one question, however many tools there are: each part goes by the index on its own.
    private async Task<IReadOnlyList<Signed>> NewestAsync(AppDbContext db, Standing standing, CancellationToken cancellation)
    {
        var (group, on) = (standing.GroupId, KindsOfToolsOn(standing));
        var wanted = db.Items.Where(i => i.GroupId == group && i.PinnedAt != null && on.Contains(i.Kind)).OrderByDescending(i => i.PinnedAt).Take(Newest);
        foreach (var kind in modules.Tools.Where(t => standing.Has(t) && !_blocks.ContainsKey(t.Key)).SelectMany(t => StreamedKinds(k => k.Tool == t.Key)))
            wanted = wanted.Concat(db.Items.Where(i => i.GroupId == group && i.Kind == kind).OrderByDescending(i => i.LastActivityAt).Take(Newest));

        return [.. (await SignedAsync(wanted, cancellation)).DistinctBy(i => i.Item.Id)];
    }

    private async Task<GroupHomeView> ForVisitorAsync(AppDbContext db, GroupHomeView view, DateTime now, CancellationToken cancellation)
    {
        var standing = view.Standing;
        var readable = await ReadableKindsAsync(db, standing, cancellation);
        var tools = new List<HomeTool>();
        foreach (var tool in standing.HomeOrder(modules.Tools).Where(t => modules.Kinds.Any(k => k.Tool == t.Key && readable.Contains(k.Key))))
            tools.Add(_blocks.ContainsKey(tool.Key) ? await OfToolAsync(db, standing, tool, [], cancellation) : new(tool, [], false));

        var others = StreamedKinds(k => readable.Contains(k.Key) && !_blocks.ContainsKey(k.Tool));
        return view with
        {
            Tools = tools,
            Published = await ItemsAsync(db, standing.Slug, db.Items.Where(i => i.GroupId == standing.GroupId && others.Contains(i.Kind)).OrderByDescending(i => i.CreatedAt), cancellation),
            IsInvited = await PendingInvitation.OfViewerAsync(db, standing.GroupId, now, cancellation) is not null,
        };
    }

    // One of each kind, by the index, however many there are.
    private Task<List<string>> ReadableKindsAsync(AppDbContext db, Standing standing, CancellationToken cancellation)
    {
        var group = standing.GroupId;
        return KindsOfToolsOn(standing).Select(kind => db.Items.Where(i => i.GroupId == group && i.Kind == kind).OrderByDescending(i => i.LastActivityAt).Select(i => i.Kind).Take(1))
            .Aggregate((all, next) => all.Concat(next)).ToListAsync(cancellation);
    }

    private List<string> KindsOfToolsOn(Standing standing) => StreamedKinds(k => modules.Tool(k.Tool) is not { } tool || standing.Has(tool));

    private List<string> StreamedKinds(Func<ContentKind, bool> which) => [.. modules.Kinds.Where(k => k.Can(Capability.Streamed) && which(k)).Select(k => k.Key)];

    private async Task<IReadOnlyList<HomeItem>> ItemsAsync(AppDbContext db, string slug, IQueryable<ContentItem> items, CancellationToken cancellation)
    {
        return [.. (await SignedAsync(items.Take(Newest), cancellation)).Select(i => Line(slug, i))];
    }

    // The author's name alone: a member's whole row for each line is most of what the page would read.
    private static async Task<IReadOnlyList<Signed>> SignedAsync(IQueryable<ContentItem> items, CancellationToken cancellation) =>
        await items.AsNoTracking().Select(i => new Signed(i, i.Author!.Name)).ToListAsync(cancellation);

    private HomeItem Line(string slug, Signed signed) => new(signed.Item.Title, faces.Address(slug, signed.Item), signed.Author, signed.Item.LastActivityAt, signed.Item.CommentCount);

    private static async Task<IReadOnlyList<HomePerson>> PeopleAsync(IQueryable<Membership> memberships, int most, CancellationToken cancellation) =>
        await memberships.Where(m => m.Member!.State == MemberState.Active).Take(most).Select(m => new HomePerson(
            m.Member!.Name, m.Member.Handle,
            m.Member.Affiliations.Where(a => a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault())).ToListAsync(cancellation);

    private static Task<int> NoteVisitAsync(AppDbContext db, Membership membership, DateTime now, CancellationToken cancellation) =>
        db.Memberships.Where(m => m.Id == membership.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.LastVisitAt, now), cancellation);

    // After the Markdown, so that no sign of a name is taken for some.
    private static async Task<string?> WelcomeAsync(AppDbContext db, string? welcome, CancellationToken cancellation)
    {
        var html = Render(welcome);
        if (html?.Contains(FirstNamePlace, StringComparison.Ordinal) != true) return html;

        var me = db.Viewer.MemberId;
        var name = await db.Members.Where(m => m.Id == me).Select(m => m.Name).FirstOrDefaultAsync(cancellation);
        return html.Replace(FirstNamePlace, Html.Encoder.Encode(name is null ? GroupsTexts.FirstName : FirstName.Of(name)), StringComparison.Ordinal);
    }

    private static string? Render(string? markdown) => string.IsNullOrWhiteSpace(markdown) ? null : RichText.Render(markdown, RichTextContext.Empty);

    private sealed record Signed(ContentItem Item, string Author);
}
