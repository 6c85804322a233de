using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Groups.Editing;
using TerritoireCollab.Groups.Listing;
using TerritoireCollab.Groups.Memberships;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Groups;

/// <summary>Groups for programs: <c>/api/v1/groups</c>. The same handlers as the screens, so the same rules.</summary>
internal static class GroupsApi
{
    private const int LongestCursor = 1000;

    public static void MapGroupsApi(this IEndpointRouteBuilder endpoints)
    {
        var groups = endpoints.MapGroup("/api/v1/groups").AddEndpointFilter<ApiGuard>().WithTags("groups");
        groups.MapGet("", ListAsync).WithName("listGroups").WithSummary(GroupsTexts.ApiList);
        groups.MapPost("", CreateAsync).WithName("createGroup").WithSummary(GroupsTexts.ApiCreate);
        groups.MapGet("/{slug}", ReadAsync).WithName("readGroup").WithSummary(GroupsTexts.ApiRead);
        groups.MapPatch("/{slug}", EditAsync).WithName("changeGroup").WithSummary(GroupsTexts.ApiEdit);
        groups.MapGet("/{slug}/members", ListMembersAsync).WithName("listGroupMembers").WithSummary(GroupsTexts.ApiListMembers);
        groups.MapPost("/{slug}/members", AddMemberAsync).WithName("addGroupMember").WithSummary(GroupsTexts.ApiAddMember);
        groups.MapDelete("/{slug}/members/{id:guid}", RemoveMemberAsync).WithName("removeGroupMember").WithSummary(GroupsTexts.ApiRemoveMember);
        groups.MapPost("/{slug}/join", JoinAsync).WithName("joinGroup").WithSummary(GroupsTexts.ApiJoin);
    }

    /// <summary>A page of a list.</summary>
    /// <param name="Items">In order.</param>
    /// <param name="Next">What <c>after</c> must be for the next page; null on the last.</param>
    public sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);

    /// <summary>A group.</summary>
    public sealed record GroupBody
    {
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public required string Summary { get; init; }
        public string? Body { get; init; }
        public string? BodyHtml { get; init; }
        public required string Kind { get; init; }
        public required string Visibility { get; init; }
        public required string Joining { get; init; }
        public required string Ceiling { get; init; }
        public required string DefaultAudience { get; init; }
        public string? JoinQuestion { get; init; }
        public string? Charter { get; init; }
        /// <summary>What stands on top of its home page; for its members alone, while it stands there.</summary>
        public string? Announcement { get; init; }
        /// <summary>Address of its emblem.</summary>
        public string? LogoUrl { get; init; }
        public required int Hue { get; init; }
        public required int MemberCount { get; init; }
        public required DateTime CreatedAt { get; init; }
        public required DateTime LastActivityAt { get; init; }
        public DateTime? ArchivedAt { get; init; }
        public string? State { get; init; }
        public string? Role { get; init; }
        public required int Version { get; init; }
    }

    /// <summary>What can be set of a group; what is left out stays as it is, or takes its default.</summary>
    public sealed record GroupPatch
    {
        public string? Name { get; init; }
        public string? Summary { get; init; }
        public string? Body { get; init; }
        public string? Kind { get; init; }
        public string? Visibility { get; init; }
        public string? Joining { get; init; }
        public string? Ceiling { get; init; }
        public string? DefaultAudience { get; init; }
        public string? JoinQuestion { get; init; }
        public string? Charter { get; init; }
        public string? Welcome { get; init; }
        /// <summary>Announcement on top of the home page; an empty text takes it away.</summary>
        public string? Announcement { get; init; }
        /// <summary>Last day of the announcement.</summary>
        public DateOnly? AnnouncementUntil { get; init; }
        public string? DefaultMailLevel { get; init; }
        /// <summary>Whether mails tell the titles of its contents alone.</summary>
        public bool? MailsTitlesOnly { get; init; }
        public int? Hue { get; init; }
        public int? Version { get; init; }
        public bool ConfirmNarrowing { get; init; }
    }

    /// <summary>A member of a group.</summary>
    public sealed record MemberBody(Guid Id, string Name, string Handle, string? Function, string? Organisation, string Role, string Origin, DateTime Since);

    /// <summary>Somebody to add.</summary>
    public sealed record AddMemberBody(string? Handle, string? Role);

    /// <summary>What is asked on entering.</summary>
    public sealed record JoinBody(string? Answer, bool AcceptCharter);

    /// <summary>Where the membership stands now.</summary>
    public sealed record JoinedBody(string State);

    private static async Task<PageOf<GroupBody>> ListAsync(string? after, int? limit, ListGroups groups, CurrentViewer current, CancellationToken cancellation)
    {
        var (name, slug) = Cursor(after);
        var size = PageCursor.Limit(limit);
        var rows = await groups.AfterAsync(current.Viewer, name, slug, size + 1, cancellation);
        return new([.. rows.Take(size).Select(r => Of(r.Group, r.State, role: null, withText: false))], rows.Count > size ? Cursor(rows[size - 1].Group.FoldedName, rows[size - 1].Group.Slug) : null);
    }

    private static async Task<GroupBody> ReadAsync(string slug, ListGroups groups, CurrentViewer current, Dates dates, PlatformOptions site, CancellationToken cancellation)
    {
        var (group, standing) = await groups.OneAsync(current.Viewer, slug, cancellation);
        return Of(group, standing.State, standing.Role, withText: true) with
        {
            Announcement = standing.IsMember && !(group.AnnouncementUntil < dates.Today) ? group.Announcement : null,
            LogoUrl = group.LogoFileId is { } logo ? site.Absolute($"/groupes/{group.Slug}/logo?v={logo:N}").ToString() : null,
        };
    }

    private static async Task<Created<GroupBody>> CreateAsync(GroupPatch body, CreateGroup create, ListGroups groups, CurrentViewer current, Dates dates, PlatformOptions site, CancellationToken cancellation)
    {
        var input = Merge(new GroupInput { Name = "", Summary = "" }, body);
        var slug = await create.ExecuteAsync(current.Viewer, Guid.CreateVersion7(), input, cancellation);
        return TypedResults.Created($"/api/v1/groups/{slug}", await ReadAsync(slug, groups, current, dates, site, cancellation));
    }

    private static async Task<GroupBody> EditAsync(string slug, GroupPatch body, EditGroup edit, ListGroups groups, CurrentViewer current, Dates dates, PlatformOptions site, CancellationToken cancellation)
    {
        var present = await edit.ReadAsync(current.Viewer, slug, cancellation);
        await edit.ExecuteAsync(current.Viewer, slug, new EditGroupInput(Merge(present.Input with { Tools = null }, body), body.Version ?? present.Version, body.ConfirmNarrowing), cancellation);
        return await ReadAsync(slug, groups, current, dates, site, cancellation);
    }

    private static async Task<PageOf<MemberBody>> ListMembersAsync(string slug, string? after, int? limit, ListMembers members, CurrentViewer current, CancellationToken cancellation)
    {
        var (name, handle) = Cursor(after);
        var size = PageCursor.Limit(limit);
        var rows = await members.AfterAsync(current.Viewer, slug, name, handle, size + 1, cancellation);
        return new([.. rows.Take(size).Select(r => new MemberBody(r.Id, r.Name, r.Handle, r.Function, r.Organisation, Word(r.Role), Word(r.Origin), r.Since))],
            rows.Count > size ? Cursor(rows[size - 1].FoldedName, rows[size - 1].Handle) : null);
    }

    private static async Task<Results<Created, NoContent>> AddMemberAsync(string slug, AddMemberBody body, ManageMember manage, CurrentViewer current, CancellationToken cancellation)
    {
        var role = body.Role is null ? GroupRole.Member : Parse<GroupRole>(body.Role, "role");
        return await manage.AddAsync(current.Viewer, slug, body.Handle ?? "", role, cancellation) ? TypedResults.Created($"/api/v1/groups/{slug}/members") : TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveMemberAsync(string slug, Guid id, ManageMember manage, LeaveGroup leave, CurrentViewer current, CancellationToken cancellation)
    {
        if (id == current.Viewer.MemberId) await leave.ExecuteAsync(current.Viewer, slug, cancellation);
        else await manage.RemoveAsync(current.Viewer, slug, id, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<JoinedBody> JoinAsync(string slug, JoinBody? body, JoinGroup join, CurrentViewer current, CancellationToken cancellation) =>
        new(await join.ExecuteAsync(current.Viewer, slug, new JoinInput(body?.Answer, body?.AcceptCharter == true), cancellation) == JoinOutcome.Joined ? Word(MembershipState.Active) : Word(MembershipState.Requested));

    private static GroupBody Of(Group group, MembershipState? state, GroupRole? role, bool withText) => new()
    {
        Slug = group.Slug,
        Name = group.Name,
        Summary = group.Summary,
        Body = withText ? group.Purpose : null,
        BodyHtml = withText ? RichText.Render(group.Purpose, RichTextContext.Empty) : null,
        Kind = Word(group.Kind),
        Visibility = Word(group.Visibility),
        Joining = Word(group.Joining),
        Ceiling = Word(group.Visibility == GroupVisibility.Hidden ? Audience.Group : group.Ceiling),
        DefaultAudience = Word(group.DefaultAudience),
        JoinQuestion = withText ? group.JoinQuestion : null,
        Charter = withText ? group.Charter : null,
        Hue = group.Hue,
        MemberCount = group.MemberCount,
        CreatedAt = group.CreatedAt,
        LastActivityAt = group.LastActivityAt,
        ArchivedAt = group.ArchivedAt,
        State = state is { } s ? Word(s is MembershipState.RequestedAgain ? MembershipState.Requested : s) : null,
        Role = role is { } r ? Word(r) : null,
        Version = group.Version,
    };

    private static GroupInput Merge(GroupInput present, GroupPatch body) => present with
    {
        Name = body.Name ?? present.Name,
        Summary = body.Summary ?? present.Summary,
        Purpose = body.Body ?? present.Purpose,
        Kind = Parse(body.Kind, "kind", present.Kind),
        Visibility = Parse(body.Visibility, "visibility", present.Visibility),
        Joining = Parse(body.Joining, "joining", present.Joining),
        Ceiling = Parse(body.Ceiling, "ceiling", present.Ceiling),
        DefaultAudience = Parse(body.DefaultAudience, "defaultAudience", present.DefaultAudience),
        JoinQuestion = body.JoinQuestion ?? present.JoinQuestion,
        Charter = body.Charter ?? present.Charter,
        Welcome = body.Welcome ?? present.Welcome,
        Announcement = body.Announcement ?? present.Announcement,
        AnnouncementUntil = body.AnnouncementUntil ?? (body.Announcement is null ? present.AnnouncementUntil : null),
        DefaultMailLevel = Parse(body.DefaultMailLevel, "defaultMailLevel", present.DefaultMailLevel),
        MailsTitlesOnly = body.MailsTitlesOnly ?? present.MailsTitlesOnly,
        Hue = body.Hue ?? present.Hue,
    };

    private static TEnum Parse<TEnum>(string? word, string field, TEnum otherwise) where TEnum : struct, Enum => word is null ? otherwise : Parse<TEnum>(word, field);

    private static TEnum Parse<TEnum>(string word, string field) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(word[0]) ? value : throw new InvalidInputException(field, GroupsTexts.ChooseOne);

    private static string Word<TEnum>(TEnum value) where TEnum : struct, Enum
    {
        var word = value.ToString();
        return char.ToLowerInvariant(word[0]) + word[1..];
    }

    private static string Cursor(string name, string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{name}\n{key}"));

    private static (string? Name, string? Key) Cursor(string? after)
    {
        if (string.IsNullOrEmpty(after)) return (null, null);
        if (after.Length >= LongestCursor || !Base64Url.IsValid(after)) throw PageCursor.Unknown();

        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after)).Split('\n') is [var name, var key] ? (name, key) : throw PageCursor.Unknown();
    }
}
