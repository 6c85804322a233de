using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Revisions;

namespace TerritoireCollab.Wiki.Versions;

/// <summary>Somebody who wrote in a version.</summary>
/// <param name="Name">Name.</param>
/// <param name="Handle">Handle.</param>
public sealed record VersionWriter(string Name, string Handle);

/// <summary>
/// The versions that come from writing together. A shared text is handed over at each pause of a few seconds; what the same people hand over within one
/// sitting is one version. All who wrote in it are on record, each as an activity that nobody is told of.
/// </summary>
internal static class JointVersions
{
    /// <summary>Kind of the activity that says that a member wrote in a version.</summary>
    public const string Written = "wiki.page.written";

    private static readonly TimeSpan Sitting = TimeSpan.FromMinutes(10);

    /// <summary>Writes down that the page is about to become another text: as a version of its own, or as more of the last one where that is of the same sitting.</summary>
    public static async Task RecordAsync(AppDbContext db, ContentItem item, string before, CoeditedBody body, DateTime now, CancellationToken cancellation)
    {
        var editor = body.Writers[^1];
        if (await LastOfSittingAsync(db, item.Id, body.Writers, now, cancellation) is { } last)
        {
            (last.EditorId, last.At) = (editor, now);
            return;
        }

        var revision = new Revision { Id = Guid.CreateVersion7(), TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = before, EditorId = editor, At = now, Version = item.Version };
        db.Revisions.Add(revision);
        // Dispatched as soon as written: there is nothing to do about it.
        db.Activities.AddRange(body.Writers.Select(w => new Activity { Kind = Written, ItemId = item.Id, GroupId = item.GroupId, ActorId = w, At = w == editor ? now : body.Since, Quiet = true, Particulars = Mark(revision.Id), DispatchedAt = now }));
    }

    /// <summary>Who wrote in each version that was written together in that time, by the edit that made it, in the order of their names.</summary>
    public static async Task<ILookup<Guid, VersionWriter>> WritersAsync(AppDbContext db, Guid pageId, DateTime from, DateTime until, CancellationToken cancellation)
    {
        var since = from - Sitting;
        var written = await db.Activities.AsNoTracking().Where(a => a.ItemId == pageId && a.Kind == Written && a.At >= since && a.At <= until)
            .OrderBy(a => a.Actor!.FoldedName).Select(a => new { a.Particulars, a.Actor!.Name, a.Actor.Handle }).ToListAsync(cancellation);
        return written.ToLookup(w => Guid.TryParse(ActivityParticulars.Of(w.Particulars).Note, out var id) ? id : Guid.Empty, w => new VersionWriter(w.Name, w.Handle));
    }

    /// <summary>Whether the text that an edit made was handed over in several steps, so that some that were read in between are no version any more.</summary>
    public static Task<bool> IsJointAsync(AppDbContext db, Guid pageId, Guid revisionId, CancellationToken cancellation)
    {
        var mark = Mark(revisionId);
        return db.Activities.AnyAsync(a => a.ItemId == pageId && a.Kind == Written && a.Particulars == mark, cancellation);
    }

    // A version that was given a name, or of which somebody said what it changes, stays as it is.
    private static async Task<Revision?> LastOfSittingAsync(AppDbContext db, Guid pageId, IReadOnlyList<Guid> writers, DateTime now, CancellationToken cancellation)
    {
        var last = await db.Revisions.Where(r => r.TargetId == pageId).OrderByDescending(r => r.At).ThenByDescending(r => r.Version).Select(r => new { r.Id, r.Name, r.Comment }).FirstOrDefaultAsync(cancellation);
        if (last is not { Name: null, Comment: null }) return null;

        var mark = Mark(last.Id);
        var written = await db.Activities.Where(a => a.ItemId == pageId && a.Kind == Written && a.Particulars == mark).Select(a => new { a.ActorId, a.At }).ToListAsync(cancellation);
        if (written.Count == 0 || now - written.Min(w => w.At) > Sitting || !written.Select(w => w.ActorId).ToHashSet().SetEquals(writers)) return null;

        return await db.Revisions.FirstAsync(r => r.Id == last.Id, cancellation);
    }

    private static string Mark(Guid revisionId) => new ActivityParticulars { Note = revisionId.ToString() }.ToJson();
}
