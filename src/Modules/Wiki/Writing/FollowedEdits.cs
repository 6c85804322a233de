using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Wiki.Resources;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>Tells those who follow a page that it was rewritten, once for each time somebody sits down to it.</summary>
internal sealed class FollowedEdits(TimeProvider clock)
{
    private static readonly TimeSpan Sitting = TimeSpan.FromMinutes(30);

    /// <summary>Records that the page was rewritten; the caller saves.</summary>
    public async Task RecordAsync(AppDbContext db, WikiPage page, Guid editor, CancellationToken cancellation)
    {
        if (db.Revisions.Local.FirstOrDefault(r => r.TargetId == page.Id) is not { } before) return;

        var now = clock.GetUtcNow().UtcDateTime;
        var since = now - Sitting;
        if (await db.Activities.AnyAsync(a => a.ItemId == page.Id && a.Kind == ActivityKinds.ItemRewritten && a.ActorId == editor && a.At > since, cancellation)) return;

        db.Activities.Add(new Activity
        {
            Kind = ActivityKinds.ItemRewritten,
            ItemId = page.Id,
            GroupId = page.Item.GroupId,
            ActorId = editor,
            Particulars = new ActivityParticulars { Note = Summary(before.Body, page.Body, before.Comment) }.ToJson(),
            At = now,
        });
    }

    /// <summary>What changed, in words, with what its editor says of it.</summary>
    public static string Summary(string older, string newer, string? comment)
    {
        var parts = TextDiff.Between(older, newer);
        var words = WikiTexts.ChangedWords.With(Words(parts, DiffKind.Added), Words(parts, DiffKind.Removed));
        return string.IsNullOrWhiteSpace(comment) ? words : $"{comment.Trim()} ({words})";
    }

    private static int Words(IEnumerable<DiffPart> parts, DiffKind kind) => parts.Where(p => p.Kind == kind).Sum(p => p.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
}
