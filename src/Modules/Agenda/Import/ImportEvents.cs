using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Calendars;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Import;

/// <summary>What becomes of an event of a file.</summary>
public enum ImportFate
{
    /// <summary>It is made.</summary>
    New = 0,
    /// <summary>The import made it before, nobody changed it since, and the file says something else now.</summary>
    Update = 1,
    /// <summary>It is there, and says the same.</summary>
    Same = 2,
    /// <summary>It is there, and somebody changed it since: it stays.</summary>
    Changed = 3,
    /// <summary>It is there, and somebody else's: it stays.</summary>
    NotMine = 4,
    /// <summary>It is in the trash of the group.</summary>
    InTrash = 5,
    /// <summary>It is one of this group's own events.</summary>
    Own = 6,
}

/// <summary>An event of a file, and what would become of it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Fate">What would become of it.</param>
/// <param name="ShortId">The one that is there, or null.</param>
/// <param name="Version">Its version.</param>
public sealed record PlannedImport(ImportedEvent Event, ImportFate Fate, string? ShortId = null, int Version = 0);

/// <summary>What an import would do, or did.</summary>
/// <param name="Events">Each event, in the order of the file.</param>
/// <param name="Skipped">What is left out, and why.</param>
public sealed record ImportPlan(IReadOnlyList<PlannedImport> Events, IReadOnlyList<string> Skipped)
{
    /// <summary>How many of them share that fate.</summary>
    public int Count(ImportFate fate) => Events.Count(e => e.Fate == fate);
}

/// <summary>
/// Brings events of a file into a group's agenda. What an import made is known again by its identifier: another import of it updates what nobody changed
/// since, and says what it leaves. Nobody is told of each: an import is quiet.
/// </summary>
internal sealed class ImportEvents(AppDb database, Rights rights, PublishContent publish, EditContent edit, EventDates dates, PlatformOptions platform, TimeProvider clock)
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>Most events of one file.</summary>
    public const int Most = 500;

    /// <summary>Name of the field of the file.</summary>
    public const string Field = "Fichier";

    /// <summary>What would be done: nothing is written.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no agenda.</exception>
    /// <exception cref="ForbiddenException">The viewer may not announce events there.</exception>
    /// <exception cref="InvalidInputException">No file of events, too large, or too many in it.</exception>
    public async Task<ImportPlan> PlanAsync(Viewer viewer, string groupSlug, byte[] bytes, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, AgendaModule.CreateEvent, groupSlug, cancellation);
        var read = Read(bytes);
        var found = await FindAsync(db, standing.GroupId, read.Events.Select(e => e.Uid).ToList(), cancellation);
        return new([.. read.Events.Select(e => Planned(e, found.GetValueOrDefault(e.Uid), standing))], read.Skipped);
    }

    /// <summary>Does it. A file sent twice leaves what sending it once leaves.</summary>
    /// <inheritdoc cref="PlanAsync"/>
    public async Task<ImportPlan> ExecuteAsync(Viewer viewer, string groupSlug, byte[] bytes, Audience audience, CancellationToken cancellation)
    {
        var plan = await PlanAsync(viewer, groupSlug, bytes, cancellation);
        var (done, skipped) = (new List<PlannedImport>(), plan.Skipped.ToList());
        foreach (var planned in plan.Events)
        {
            try
            {
                if (planned.Fate == ImportFate.New) await MakeAsync(viewer, groupSlug, planned.Event, audience, cancellation);
                if (planned.Fate == ImportFate.Update) await UpdateAsync(viewer, planned, cancellation);
                done.Add(planned);
            }
            catch (InvalidInputException invalid)
            {
                skipped.Add(AgendaTexts.SkippedLine.With(planned.Event.Title, invalid.Rules[0].Message));
            }
        }

        return new(done, skipped);
    }

    private ReadEventFile Read(byte[] bytes)
    {
        if (bytes.Length > MaxLength) throw new InvalidInputException(Field, AgendaTexts.FileTooLarge.With(MaxLength / 1024 / 1024));

        var isCalendar = bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).IndexOf("BEGIN:V"u8) >= 0;
        var read = (isCalendar ? null : EventTable.Read(bytes, platform.TimeZone)) ?? new EventFile(platform).Read(bytes, Field);
        if (read.Events.Count > Most) throw new InvalidInputException(Field, AgendaTexts.FileTooMany.With(read.Events.Count, Most));

        return read.Events.Count == 0 && read.Skipped.Count == 0 ? throw new InvalidInputException(Field, AgendaTexts.FileWithoutEvents) : read;
    }

    // What the group has of these identifiers, in its trash too; its own events are known by theirs.
    private async Task<Dictionary<string, AgendaEvent>> FindAsync(AppDbContext db, Guid groupId, List<string> uids, CancellationToken cancellation)
    {
        var host = "@" + platform.BaseUrl.Host;
        var own = uids.Where(u => u.EndsWith(host, StringComparison.Ordinal)).Select(u => u[..^host.Length]).ToList();
        var found = new Dictionary<string, AgendaEvent>(StringComparer.Ordinal);
        var all = db.Set<AgendaEvent>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).AsNoTracking().Include(e => e.Item).Where(e => e.Item.GroupId == groupId);
        foreach (var some in uids.Chunk(400))
            foreach (var e in await all.Where(e => e.Uid != null && some.Contains(e.Uid)).ToListAsync(cancellation)) found[e.Uid!] = e;
        foreach (var some in own.Chunk(400))
            foreach (var e in await all.Where(e => some.Contains(e.Item.ShortId)).ToListAsync(cancellation)) found.TryAdd(WriteCalendar.UidOf(e, platform), e);
        return found;
    }

    private PlannedImport Planned(ImportedEvent e, AgendaEvent? present, Standing standing) => present is null ? new(e, ImportFate.New) : new(e, present switch
    {
        { Item.DeletedAt: not null } => ImportFate.InTrash,
        { ImportedVersion: null } => ImportFate.Own,
        _ when present.ImportedHash == e.Hash() => ImportFate.Same,
        _ when present.ImportedVersion != present.Item.Version => ImportFate.Changed,
        _ when !rights.Allows(GroupPermissions.EditItem, standing, present.Item.AuthorId) => ImportFate.NotMine,
        _ => ImportFate.Update,
    }, present.Item.ShortId, present.Item.Version);

    private Task<string> MakeAsync(Viewer viewer, string groupSlug, ImportedEvent imported, Audience audience, CancellationToken cancellation) => publish.ExecuteAsync(viewer, groupSlug, new Publication<AgendaEvent>
    {
        Permission = AgendaModule.CreateEvent,
        Kind = AgendaModule.EventKindKey,
        Content = ContentOf(imported, audience) with { IsQuiet = true },
        Check = async (db, standing, rules) =>
        {
            // One import after the other: of two at once the second finds what the first made.
            await ContentWriter.HoldCeilingAsync(db, standing.GroupId, cancellation);
            rules.Check(!await db.Set<AgendaEvent>().AnyAsync(e => e.Uid == imported.Uid && e.Item.GroupId == standing.GroupId, cancellation), Field, AgendaTexts.SkippedTwice);
        },
        Make = item =>
        {
            var e = imported.Into(new AgendaEvent { Id = item.Id, Item = item, Uid = imported.Uid, ImportedVersion = item.Version, ImportedHash = imported.Hash() });
            if (imported.IsCancelled) e.CancelledAt = clock.GetUtcNow().UtcDateTime;
            return e;
        },
        With = async (db, e, standing) =>
        {
            db.AddRange(imported.ChangesOf(e.Id));
            await dates.SpreadAsync(db, e, standing.GroupId, cancellation);
        },
    }, cancellation);

    private async Task UpdateAsync(Viewer viewer, PlannedImport planned, CancellationToken cancellation)
    {
        var imported = planned.Event;
        await edit.ExecuteAsync(viewer, planned.ShortId!, new Rewriting<AgendaEvent>
        {
            Content = ContentOf(imported, null) with { Tags = await TagsAsync(viewer, planned.ShortId!, cancellation) },
            Version = planned.Version,
            With = async (db, e) =>
            {
                var before = e.StartLocal;
                imported.Into(e).Sequence++;
                e.Item.UpdatedAt = clock.GetUtcNow().UtcDateTime;
                e.CancelledAt = imported.IsCancelled ? e.CancelledAt ?? clock.GetUtcNow().UtcDateTime : null;
                (e.ImportedVersion, e.ImportedHash) = (e.Item.Version, imported.Hash());
                await EventDates.KeepAnswersAsync(db, e.Id, e.StartLocal - before, cancellation);
                await db.Set<DateChange>().Where(c => c.ItemId == e.Id).ExecuteDeleteAsync(cancellation);
                db.AddRange(imported.ChangesOf(e.Id));
                await dates.SpreadAsync(db, e, e.Item.GroupId, cancellation);
            },
        }, cancellation);
    }

    // A file knows nothing of the tags that people gave: they stay.
    private async Task<string> TagsAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return (await edit.ReadAsync<AgendaEvent>(db, GroupPermissions.EditItem, shortId, cancellation)).Tags;
    }

    private static ContentInput ContentOf(ImportedEvent imported, Audience? audience) => new() { Title = imported.Title, Body = imported.Body, IsBodyOptional = true, Audience = audience };
}
