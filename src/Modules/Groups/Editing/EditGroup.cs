using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Search;

namespace TerritoireCollab.Groups.Editing;

/// <summary>The settings of a group as they are.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Input">What can be changed.</param>
/// <param name="Version">The version that it was read from.</param>
/// <param name="CoverFileId">The cover picture, if any.</param>
/// <param name="LogoFileId">The emblem, if any.</param>
/// <param name="MayEdit">Whether it can be changed: not in an archived group.</param>
/// <param name="MayArchive">Whether the viewer archives it and takes it out of the archive.</param>
public sealed record GroupSettingsView(Standing Standing, GroupInput Input, int Version, Guid? CoverFileId, Guid? LogoFileId, bool MayEdit, bool MayArchive);

/// <summary>A change of settings.</summary>
/// <param name="Input">All of them.</param>
/// <param name="Version">The version that was read; null to overwrite whatever there is.</param>
/// <param name="ConfirmsNarrowing">Whether existing content may become readable by fewer people.</param>
public sealed record EditGroupInput(GroupInput Input, int? Version, bool ConfirmsNarrowing);

/// <summary>Reads and changes the settings of a group.</summary>
internal sealed class EditGroup(AppDb database, Rights rights, ModuleCatalog modules, SecurityLog log, TimeProvider clock)
{
    /// <summary>The settings.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<GroupSettingsView> ReadAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        if (!standing.IsAnimator) rights.Require(GroupPermissions.Edit, standing);

        var g = await db.Groups.AsNoTracking().FirstAsync(x => x.Id == standing.GroupId, cancellation);
        var input = new GroupInput
        {
            Name = g.Name, Summary = g.Summary, Purpose = g.Purpose, Kind = g.Kind, Visibility = g.Visibility, Joining = g.Joining, Ceiling = standing.Ceiling,
            DefaultAudience = g.DefaultAudience <= standing.Ceiling ? g.DefaultAudience : standing.Ceiling, JoinQuestion = g.JoinQuestion, Charter = g.Charter,
            Welcome = g.Welcome, Announcement = g.Announcement, AnnouncementUntil = g.AnnouncementUntil, DefaultMailLevel = g.DefaultMailLevel, MailsTitlesOnly = g.MailsTitlesOnly, Hue = g.Hue,
            Tools = [.. modules.Tools.Select(t => new ToolChoice(t.Key, standing.Has(t), standing.CreatorsOf(t)))],
        };
        return new(standing, input, g.Version, g.CoverFileId, g.LogoFileId, rights.Allows(GroupPermissions.Edit, standing), rights.Allows(GroupPermissions.Own, standing));
    }

    /// <summary>Changes the settings. A narrower ceiling narrows existing content in the same transaction, once the viewer has agreed to it.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    /// <exception cref="InvalidInputException">A field is wrong, somebody else changed the settings meanwhile, or existing content would be narrowed and that was not agreed to.</exception>
    public async Task ExecuteAsync(Viewer viewer, string slug, EditGroupInput input, CancellationToken cancellation)
    {
        var wanted = input.Input.Normalised();
        try
        {
            await database.TransactAsync(viewer, (db, token) => WriteAsync(db, slug, wanted, input, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || failure.IsDuplicate())
        {
            throw new InvalidInputException("", PlatformTexts.EditedMeanwhile);
        }
    }

    private async Task<bool> WriteAsync(AppDbContext db, string slug, GroupInput wanted, EditGroupInput input, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, slug, cancellation);
        wanted.Check().Demand();
        var wider = Wider(db, standing.GroupId, wanted.Ceiling);
        var concerned = wanted.Ceiling < standing.Ceiling ? await wider.CountAsync(cancellation) : 0;
        if (concerned > 0 && !input.ConfirmsNarrowing)
            throw new InvalidInputException(nameof(input.ConfirmsNarrowing), concerned == 1 ? GroupsTexts.NarrowsOne : GroupsTexts.NarrowsSome.With(concerned));

        var group = await db.Groups.FirstAsync(g => g.Id == standing.GroupId, cancellation);
        if (input.Version is { } version) db.Entry(group).Property(g => g.Version).OriginalValue = version;
        var lastCharter = await LastCharterAsync(db, group, cancellation);
        Copy(wanted, group, lastCharter);
        group.Version++;
        if (wanted.Tools is not null) await SetToolsAsync(db, group.Id, wanted.Tools, cancellation);
        db.Activities.Add(new Activity { Kind = ActivityKinds.GroupEdited, GroupId = group.Id, ActorId = db.Viewer.MemberId, At = clock.GetUtcNow().UtcDateTime, Quiet = true });
        log.Add(db, "groupe.reglages", db.Viewer.MemberId, group: group.Id, detail: $"{group.Visibility} {group.Joining} {group.Ceiling} {concerned}");
        await db.SaveChangesAsync(cancellation);
        if (wanted.Ceiling < Audience.Public) await NarrowAsync(db, group.Id, wanted.Ceiling, cancellation);
        if (wanted.Visibility == GroupVisibility.Hidden) await HideAsync(db, group.Id, cancellation);
        return true;
    }

    // What is in the trash counts too: it may come back.
    private static IQueryable<ContentItem> Wider(AppDbContext db, Guid groupId, Audience ceiling) =>
        db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(i => i.GroupId == groupId && i.Audience > ceiling);

    // The rows decide; the words of the index follow at once, so that others do not even find a title.
    private static async Task NarrowAsync(AppDbContext db, Guid groupId, Audience ceiling, CancellationToken cancellation)
    {
        await Wider(db, groupId, ceiling).ExecuteUpdateAsync(set => set.SetProperty(i => i.Audience, ceiling).SetProperty(i => i.Version, i => i.Version + 1), cancellation);
        var scope = ceiling == Audience.Group ? SearchScopes.Group(groupId) : SearchScopes.Platform;
        string[] wide = ceiling == Audience.Group ? [SearchScopes.Public, SearchScopes.Platform] : [SearchScopes.Public];
        await db.SearchDocuments.Where(d => d.GroupId == groupId && d.ItemId != null && wide.Contains(d.Scope)).ExecuteUpdateAsync(set => set.SetProperty(d => d.Scope, scope), cancellation);
    }

    // The group's own entry would go on telling its name until the index is brought up to date.
    private static Task HideAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var scope = SearchScopes.Group(groupId);
        return db.SearchDocuments.Where(d => d.TargetId == groupId).ExecuteUpdateAsync(set => set.SetProperty(d => d.Scope, scope), cancellation);
    }

    // The version is 0 while there is no charter; a charter that comes later is a newer one than any that somebody accepted.
    private static async Task<int> LastCharterAsync(AppDbContext db, Group group, CancellationToken cancellation) =>
        Math.Max(group.CharterVersion, await db.Memberships.Where(m => m.GroupId == group.Id).MaxAsync(m => (int?)m.CharterAccepted, cancellation) ?? 0);

    private static void Copy(GroupInput from, Group to, int lastCharter)
    {
        if (from.Charter is null) to.CharterVersion = 0;
        else if (from.Charter != to.Charter) to.CharterVersion = lastCharter + 1;
        (to.Name, to.FoldedName, to.Summary, to.Purpose) = (from.Name, CreateGroup.Fold(from.Name), from.Summary, from.Purpose);
        (to.Kind, to.Visibility, to.Joining, to.Ceiling, to.DefaultAudience) = (from.Kind, from.Visibility, from.Joining, from.Ceiling, from.DefaultAudience);
        (to.JoinQuestion, to.Charter, to.Welcome, to.DefaultMailLevel, to.Hue) = (from.JoinQuestion, from.Charter, from.Welcome, from.DefaultMailLevel, from.Hue / 10 * 10 ?? to.Hue);
        (to.MailsTitlesOnly, to.Announcement, to.AnnouncementUntil) = (from.MailsTitlesOnly, from.Announcement, from.AnnouncementUntil);
    }

    private async Task SetToolsAsync(AppDbContext db, Guid groupId, IReadOnlyList<ToolChoice> choices, CancellationToken cancellation)
    {
        var present = await db.GroupTools.Where(t => t.GroupId == groupId).ToListAsync(cancellation);
        foreach (var choice in choices.Where(c => modules.Tool(c.Key) is not null))
        {
            if (present.Find(t => t.ToolKey == choice.Key) is { } row) (row.Enabled, row.Creators) = (choice.Enabled, choice.Creators);
            else db.GroupTools.Add(new GroupTool { GroupId = groupId, ToolKey = choice.Key, Enabled = choice.Enabled, Creators = choice.Creators });
        }
    }
}

/// <summary>Archives a group, which then is read-only, and takes it out of the archive.</summary>
internal sealed class ArchiveGroup(AppDb database, Rights rights, SecurityLog log, TimeProvider clock)
{
    /// <summary>Archives or brings back.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not the owner.</exception>
    public Task ExecuteAsync(Viewer viewer, string slug, bool archived, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Own, slug, token);
        DateTime? at = archived ? clock.GetUtcNow().UtcDateTime : null;
        var changed = await db.Groups.Where(g => g.Id == standing.GroupId && (g.ArchivedAt != null) != archived)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.ArchivedAt, at).SetProperty(g => g.Version, g => g.Version + 1), token);
        if (changed == 0) return false;

        log.Add(db, archived ? "groupe.archive" : "groupe.desarchive", viewer.MemberId, group: standing.GroupId);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
