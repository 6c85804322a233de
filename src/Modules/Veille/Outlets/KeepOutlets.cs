using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>An outlet as its form posts it.</summary>
public sealed record OutletInput
{
    /// <summary>What the animators call it.</summary>
    public string? Name { get; init; }
    /// <summary>The instance, or where documents are sent.</summary>
    public string? Address { get; init; }
    /// <summary>The token or the signing secret; empty keeps the one that is stored.</summary>
    public string? Secret { get; init; }
    /// <summary>Words after the title; heard for Mastodon alone.</summary>
    public string? Message { get; init; }
}

/// <summary>An outlet in the list.</summary>
/// <param name="Id">Key.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Name">What the animators call it.</param>
/// <param name="Host">Where it is.</param>
/// <param name="IsPaused">Whether nothing is sent.</param>
/// <param name="Announcements">What was announced there last, the latest first.</param>
public sealed record OutletRow(Guid Id, OutletKind Kind, string Name, string Host, bool IsPaused, IReadOnlyList<AnnouncementRow> Announcements);

/// <summary>An announcement in the list.</summary>
/// <param name="Id">Key.</param>
/// <param name="Title">What is announced.</param>
/// <param name="State">How far it is.</param>
/// <param name="Sentence">The same in words.</param>
/// <param name="RemoteAddress">Where it can be read, or null.</param>
public sealed record AnnouncementRow(Guid Id, string Title, AnnouncementState State, string Sentence, string? RemoteAddress);

/// <summary>The outlets of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">In the order in which they were added.</param>
/// <param name="MayEdit">Whether anything can be changed: not in an archived group.</param>
/// <param name="IsGroupPublic">Whether the group may publish for everybody at all.</param>
/// <param name="IsRevuePublic">Whether its revue is for everybody.</param>
public sealed record OutletsView(Standing Standing, IReadOnlyList<OutletRow> Rows, bool MayEdit, bool IsGroupPublic, bool IsRevuePublic);

/// <summary>What the form of an outlet shows: never its secret.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Input">What is set.</param>
public sealed record OutletForm(Standing Standing, OutletKind Kind, OutletInput Input);

/// <summary>Keeps the outlets of a group. To whoever does not curate its veille there is no such place.</summary>
internal sealed class KeepOutlets(AppDb database, Rights rights, ModuleCatalog modules, OutletSecrets secrets, AnnounceWake wake, FetchOptions fetch, Dates dates, SecurityLog log, TimeProvider clock)
{
    /// <summary>Outlets that a group may have.</summary>
    public const int Most = 10;

    private const int Shown = 3;

    /// <summary>The outlets.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer does not curate it.</exception>
    public async Task<OutletsView> ReadAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.BoardOfAsync(db, modules, groupSlug, cancellation);
        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, cancellation);
        var outlets = await db.Set<Outlet>().AsNoTracking().Where(o => o.GroupId == standing.GroupId).OrderBy(o => o.AddedAt).ThenBy(o => o.Id)
            .Select(o => new { Outlet = o, Last = db.Set<Announcement>().Where(a => a.OutletId == o.Id).OrderByDescending(a => a.Item.CreatedAt).Take(Shown).Select(a => new { Row = a, a.Item.Title }).ToList() })
            .ToListAsync(cancellation);
        return new(
            standing,
            outlets.ConvertAll(o => new OutletRow(o.Outlet.Id, o.Outlet.Kind, o.Outlet.Name, new Uri(o.Outlet.Address).IdnHost, o.Outlet.IsPaused,
                o.Last.ConvertAll(a => new AnnouncementRow(a.Row.Id, a.Title, a.Row.State, OutletWords.Of(a.Row, o.Outlet, dates), a.Row.RemoteAddress)))),
            rights.Allows(VeilleModule.Curate, standing), standing.Ceiling == Audience.Public, PublishIssue.AudienceOf(profile, standing) == Audience.Public);
    }

    /// <summary>An empty form.</summary>
    /// <exception cref="NotFoundException">As for the list.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public async Task<OutletForm> NewAsync(Viewer viewer, string groupSlug, OutletKind kind, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, cancellation);
        return new(standing, kind, kind == OutletKind.Mastodon ? new OutletInput { Message = OutletTexts.DefaultMessage } : new OutletInput { Secret = OutletSecrets.NewOfWebhook() });
    }

    /// <summary>An outlet, to fill the form.</summary>
    /// <exception cref="NotFoundException">As for the list, or no such outlet of the group.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public async Task<OutletForm> OneAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, outlet) = await RequireAsync(db, groupSlug, id, cancellation);
        return new(standing, outlet.Kind, new OutletInput { Name = outlet.Name, Address = outlet.Address, Message = outlet.Message });
    }

    /// <summary>Adds an outlet. What is published from now on is announced there.</summary>
    /// <exception cref="NotFoundException">As for the list.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    /// <exception cref="InvalidInputException">A field is wrong, the group is not public, or it has too many outlets.</exception>
    public Task AddAsync(Viewer viewer, string groupSlug, OutletKind kind, OutletInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, token);
        var address = Check(kind, input, needsSecret: true, new Rules()
            .Check(standing.Ceiling == Audience.Public, "", OutletTexts.GroupNotPublic)
            .Check(await db.Set<Outlet>().CountAsync(o => o.GroupId == standing.GroupId, token) < Most, "", OutletTexts.TooManyOutlets.With(Most)));
        db.Add(new Outlet
        {
            GroupId = standing.GroupId,
            Kind = kind,
            Name = input.Name!.Trim(),
            Address = address,
            Secret = secrets.Seal(input.Secret!.Trim()),
            Message = MessageOf(kind, input),
            AddedById = viewer.MemberId,
            AddedAt = clock.GetUtcNow().UtcDateTime,
        });
        log.Add(db, "veille.annonce-ajoutee", viewer.MemberId, group: standing.GroupId, detail: new Uri(address).IdnHost);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Saves the form. Another host gets no secret that was given for the one before.</summary>
    /// <exception cref="NotFoundException">As for the list, or no such outlet of the group.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    /// <exception cref="InvalidInputException">A field is wrong.</exception>
    public Task EditAsync(Viewer viewer, string groupSlug, Guid id, OutletInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (standing, outlet) = await RequireAsync(db, groupSlug, id, token);
        var isElsewhere = OutletAddress.TryRead(outlet.Kind, input.Address, fetch.AllowPrivateNetworks, out var wanted) && wanted != outlet.Address;
        var address = Check(outlet.Kind, input, isElsewhere, new Rules());
        (outlet.Name, outlet.Address, outlet.Message) = (input.Name!.Trim(), address, MessageOf(outlet.Kind, input));
        if (!string.IsNullOrWhiteSpace(input.Secret)) outlet.Secret = secrets.Seal(input.Secret.Trim());
        if (isElsewhere) log.Add(db, "veille.annonce-deplacee", viewer.MemberId, group: standing.GroupId, detail: new Uri(address).IdnHost);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Sends nothing for now, or sends again. What was published meanwhile is not announced afterwards.</summary>
    /// <exception cref="NotFoundException">As for the list, or no such outlet of the group.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public async Task PauseAsync(Viewer viewer, string groupSlug, Guid id, bool paused, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (_, outlet) = await RequireAsync(db, groupSlug, id, cancellation);
        outlet.IsPaused = paused;
        await db.SaveChangesAsync(cancellation);
        if (!paused) wake.Wake();
    }

    /// <summary>Takes an outlet away with its secret. What was announced there stays there.</summary>
    /// <exception cref="NotFoundException">As for the list, or no such outlet of the group.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public async Task RemoveAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, outlet) = await RequireAsync(db, groupSlug, id, cancellation);
        db.Remove(outlet);
        log.Add(db, "veille.annonce-retiree", viewer.MemberId, group: standing.GroupId, detail: new Uri(outlet.Address).IdnHost);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Tries an announcement again that was given up.</summary>
    /// <exception cref="NotFoundException">As for the list, or no such announcement that failed.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public async Task RetryAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, cancellation);
        var row = await db.Set<Announcement>().FirstOrDefaultAsync(a => a.Id == id && a.Outlet!.GroupId == standing.GroupId && a.State == AnnouncementState.Failed, cancellation) ?? throw new NotFoundException();
        (row.State, row.Attempts, row.NextTryAt, row.SentAt, row.Problem, row.Status) = (AnnouncementState.Pending, 0, clock.GetUtcNow().UtcDateTime, null, null, null);
        await db.SaveChangesAsync(cancellation);
        wake.Wake();
    }

    private async Task<(Standing Standing, Outlet Outlet)> RequireAsync(AppDbContext db, string groupSlug, Guid id, CancellationToken cancellation)
    {
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, cancellation);
        return (standing, await db.Set<Outlet>().FirstOrDefaultAsync(o => o.GroupId == standing.GroupId && o.Id == id, cancellation) ?? throw new NotFoundException());
    }

    private string Check(OutletKind kind, OutletInput input, bool needsSecret, Rules rules)
    {
        var isMastodon = kind == OutletKind.Mastodon;
        rules.Check(Enum.IsDefined(kind), "", OutletTexts.KindUnknown)
            .Text(input.Name, nameof(input.Name), Outlet.NameLength)
            .Check(OutletAddress.TryRead(kind, input.Address, fetch.AllowPrivateNetworks, out var address), nameof(input.Address), isMastodon ? OutletTexts.InstanceWrong : OutletTexts.AddressWrong);
        var secret = input.Secret?.Trim();
        if (!string.IsNullOrEmpty(secret)) rules.Check(isMastodon ? OutletSecrets.IsToken(secret) : OutletSecrets.KeyOf(secret) is not null, nameof(input.Secret), isMastodon ? OutletTexts.TokenWrong : OutletTexts.SecretWrong);
        else if (needsSecret) rules.Check(false, nameof(input.Secret), isMastodon ? OutletTexts.TokenNeeded : OutletTexts.SecretNeeded);
        if (isMastodon && !string.IsNullOrWhiteSpace(input.Message))
            rules.Text(input.Message, nameof(input.Message), Outlet.MessageLength).Check(PostText.Length(input.Message) <= Outlet.MessageLength, nameof(input.Message), OutletTexts.MessageTooLong.With(Outlet.MessageLength));
        rules.Demand();
        return address!;
    }

    private static string? MessageOf(OutletKind kind, OutletInput input) => kind != OutletKind.Mastodon || string.IsNullOrWhiteSpace(input.Message) ? null : input.Message.Trim();
}
