using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Mime;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>
/// What gathers the mails of a thread in a mail program: identifiers computed from the content, never random, so that a mail can name
/// its parent without our having kept what was sent (RFC 5322, 3.6.4).
/// </summary>
internal static class ThreadIds
{
    // RFC 5322 sets no bound; what is longer than that is cut or refused by some servers.
    private const int MostReferences = 20;

    /// <summary>Of a content (number 0) or of one of its answers, without angle brackets.</summary>
    public static string Of(string shortId, int number, string domain) => number == 0 ? $"fil.{shortId}@{domain}" : $"fil.{shortId}.msg.{number}@{domain}";

    /// <summary>
    /// Identifiers of a thread's posts that were written by mail, by number: the copies that the others get keep the one that the author's own program knows,
    /// so that an answer finds its place there too.
    /// </summary>
    public static async Task<IReadOnlyDictionary<int, string>> WrittenByMailAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var found = await db.PostedByMail
            .Where(p => p.MessageId != null && p.CommentId == null && p.ItemId == item.Id).Select(p => new { Number = 0, p.MessageId })
            .Concat(from p in db.PostedByMail join c in db.Comments on p.CommentId equals c.Id where p.MessageId != null && c.ItemId == item.Id select new { c.Number, p.MessageId })
            .ToListAsync(cancellation);
        return found.Where(f => MessageIds.IsUsable(f.MessageId)).DistinctBy(f => f.Number).ToDictionary(f => f.Number, f => f.MessageId!);
    }

    /// <summary>Numbers of the ancestors of an answer, root first: the content, the first-level answer, the answer answered.</summary>
    public static IReadOnlyList<int> Ancestors(int rootNumber, int number, int? parentNumber)
    {
        List<int> all = [.. new[] { 0, rootNumber, parentNumber ?? 0 }.Distinct().Where(n => n != number)];
        return all.Count <= MostReferences ? all : [all[0], .. all[^(MostReferences - 1)..]];
    }
}
