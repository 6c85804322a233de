using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Content;

/// <summary>Those who write a content together: named in a form, kept in order, shown wherever the author is.</summary>
public static class CoAuthors
{
    /// <summary>Most of them on one content.</summary>
    public const int Most = 10;

    /// <summary>Names typed, separated by commas: as the list of members has them, or as one writes after « @ ».</summary>
    /// <returns>The members in the order typed; who cannot be told is a broken rule at <paramref name="field"/>.</returns>
    public static async Task<IReadOnlyList<Guid>> FindAsync(AppDbContext db, Guid groupId, string? typed, string field, Rules rules, CancellationToken cancellation)
    {
        var words = (typed ?? "").Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (words.Count == 0) return [];
        if (words.Count > Most)
        {
            rules.Check(false, field, PlatformTexts.TooManyAuthors.With(Most));
            return [];
        }

        var handles = words.ConvertAll(w => w.TrimStart('@').ToLowerInvariant());
        var names = words.ConvertAll(w => FoldedName.Of(w));
        var found = await db.Memberships.Where(m => m.GroupId == groupId && m.State == MembershipState.Active && m.Role >= GroupRole.Member && m.Member!.State == MemberState.Active)
            .Where(m => handles.Contains(m.Member!.Handle) || names.Contains(m.Member.FoldedName))
            .Select(m => new { m.MemberId, m.Member!.Handle, m.Member.FoldedName }).ToListAsync(cancellation);
        var members = new List<Guid>();
        foreach (var (index, word) in words.Index())
        {
            var those = word.StartsWith('@') ? found.Where(f => f.Handle == handles[index]).ToList() : [.. found.Where(f => f.FoldedName == names[index] || f.Handle == handles[index])];
            if (those.Count == 1) members.Add(those[0].MemberId);
            else rules.Check(false, field, those.Count == 0 ? PlatformTexts.AuthorUnknown.With(word) : PlatformTexts.AuthorAmbiguous.With(word, string.Join(", ", those.Select(t => "@" + t.Handle))));
        }

        return [.. members.Distinct()];
    }

    /// <summary>
    /// Writes who wrote a content with its author, who is left out of <paramref name="members"/>; whoever comes new follows it. The organisation of somebody
    /// who stays is that of the first day. The caller saves.
    /// </summary>
    public static async Task SetAsync(AppDbContext db, ContentItem item, IEnumerable<Guid> members, CancellationToken cancellation)
    {
        var wanted = members.Where(m => m != item.AuthorId).Distinct().ToList();
        var present = item.HasCoAuthors ? await db.CoAuthors.Where(a => a.ItemId == item.Id).ToListAsync(cancellation) : [];
        db.CoAuthors.RemoveRange(present.Where(a => !wanted.Contains(a.MemberId)));
        var added = wanted.Where(w => present.TrueForAll(p => p.MemberId != w)).ToList();
        var organisations = added.Count == 0 ? [] : await db.Affiliations.Where(a => added.Contains(a.MemberId) && a.IsPrincipal && a.Until == null)
            .Select(a => new { a.MemberId, a.OrganisationId }).ToListAsync(cancellation);
        var followed = added.Count == 0 ? [] : await db.Subscriptions.Where(s => s.ItemId == item.Id && added.Contains(s.MemberId)).Select(s => s.MemberId).ToListAsync(cancellation);
        foreach (var (index, member) in wanted.Index())
        {
            if (present.Find(p => p.MemberId == member) is { } kept) kept.Position = index + 1;
            else db.CoAuthors.Add(new CoAuthor { ItemId = item.Id, Item = item, MemberId = member, OrganisationId = organisations.Find(o => o.MemberId == member)?.OrganisationId, Position = index + 1 });
        }

        foreach (var member in added.Except(followed)) db.Subscriptions.Add(new Subscription { ItemId = item.Id, MemberId = member, Following = Following.Followed });
        item.HasCoAuthors = wanted.Count > 0;
    }

    /// <summary>The co-authors of a content, in order; asked only when there are any.</summary>
    public static async Task<IReadOnlyList<AuthorView>> OfAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        if (!item.HasCoAuthors) return [];

        var itemId = item.Id;
        return await db.CoAuthors.AsNoTracking().Where(a => a.ItemId == itemId).OrderBy(a => a.Position)
            .Select(a => new AuthorView(a.MemberId, a.Member!.Name, a.Member.Handle, a.Organisation!.Name)).ToListAsync(cancellation);
    }

    /// <summary>The co-authors of many contents, in order; asked only when there are any.</summary>
    public static async Task<ILookup<Guid, AuthorView>> OfAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0) return Array.Empty<AuthorView>().ToLookup(_ => Guid.Empty);

        var found = await db.CoAuthors.AsNoTracking().Where(a => ids.Contains(a.ItemId)).OrderBy(a => a.Position)
            .Select(a => new { a.ItemId, Author = new AuthorView(a.MemberId, a.Member!.Name, a.Member.Handle, a.Organisation!.Name) }).ToListAsync(cancellation);
        return found.ToLookup(a => a.ItemId, a => a.Author);
    }
}
