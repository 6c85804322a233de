using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Versions;

/// <summary>A version of a page.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Editors">Who made it, the last one to write first; several where they wrote together.</param>
/// <param name="At">When.</param>
/// <param name="Size">Its length, in characters.</param>
/// <param name="Change">How much longer it is than the one before.</param>
/// <param name="Comment">What its editor says was changed.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Saves">How many times it was saved in one sitting.</param>
public sealed record VersionRow(int Number, IReadOnlyList<VersionWriter> Editors, DateTime At, int Size, int Change, string? Comment, string? Name, int Saves)
{
    /// <summary>Who made it, in words.</summary>
    public string Editor => string.Join(", ", Editors.Select(e => e.Name));
}

/// <summary>The versions of a page.</summary>
/// <param name="Standing">The group.</param>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Title">Title as it stands now.</param>
/// <param name="Versions">The newest first.</param>
/// <param name="Last">Number of the version that stands now.</param>
/// <param name="MayWrite">Whether the viewer may put one back and name them.</param>
public sealed record VersionsView(Standing Standing, string ShortId, string Title, IReadOnlyList<VersionRow> Versions, int Last, bool MayWrite)
{
    /// <summary>Page of the list, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Pages in all.</summary>
    public required int PageCount { get; init; }

    /// <summary>The newest version that is older than all of these; 0 where there is none.</summary>
    public required int Before { get; init; }
}

/// <summary>The text of a version.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its Markdown, as it is kept.</param>
/// <param name="Row">What the list says of it.</param>
public sealed record VersionText(int Number, string Title, string Body, VersionRow Row);

/// <summary>One or two versions of a page, to be read.</summary>
/// <param name="Standing">The group.</param>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Title">Title as it stands now.</param>
/// <param name="Older">The older one, or the only one.</param>
/// <param name="Newer">The newer one; the same as the older one when one was asked for.</param>
/// <param name="Last">Number of the version that stands now.</param>
/// <param name="MayWrite">Whether the viewer may put it back and name it.</param>
public sealed record VersionPair(Standing Standing, string ShortId, string Title, VersionText Older, VersionText Newer, int Last, bool MayWrite)
{
    /// <summary>The older one as it would be read.</summary>
    public string Html { get; init; } = "";
}

/// <summary>
/// Reads the versions of a page. The first is what its author published; each edit makes the next one. What one person saved again and again within a few
/// minutes is shown as one, unless it was given a name.
/// </summary>
internal sealed class ReadVersions(AppDb database, Rights rights, PageLinks links, Platform.Content.Bodies bodies)
{
    private static readonly TimeSpan Sitting = TimeSpan.FromMinutes(10);

    /// <summary>Most versions read at once; the older ones are asked for by their number.</summary>
    public const int Most = 2_000;

    private const int PageSize = 30;

    private sealed record Edit(Guid Id, string Editor, string Handle, DateTime At, string? Comment, string? Name, int SizeBefore);

    // The last version is the one that stands now.
    private sealed record Head(WikiPage Page, Standing Standing, int Last);

    /// <summary>The list, from the newest version on or from <paramref name="upTo"/>.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or no page.</exception>
    public async Task<VersionsView> ListAsync(Viewer viewer, string shortId, int? upTo, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, shortId, cancellation);
        var newest = Math.Clamp(upTo ?? head.Last, 1, head.Last);
        var oldest = Math.Max(1, newest - Most + 1);
        var shown = Sittings(await RowsAsync(db, head, oldest, newest, cancellation));
        var pages = Math.Max(1, (shown.Count + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        return new(head.Standing, shortId, head.Page.Item.Title, [.. shown.Skip((at - 1) * PageSize).Take(PageSize)], head.Last, MayWrite(head)) { Page = at, PageCount = pages, Before = oldest - 1 };
    }

    /// <summary>A version as it is read.</summary>
    /// <exception cref="NotFoundException">No such page or version.</exception>
    public async Task<VersionPair> OneAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, shortId, cancellation);
        var version = await TextAsync(db, head, (await EndsAsync(db, head, number, number, cancellation)).First, cancellation);
        var html = (await bodies.RenderAsync(db, version.Body, cancellation)).Html;
        return new(head.Standing, shortId, head.Page.Item.Title, version, version, head.Last, MayWrite(head)) { Html = PageHtml.For(html, version.Body, new Dictionary<string, LinkedPage>(), null).Html };
    }

    /// <summary>Two versions, the older one first however they were asked for, with the titles of today in their links.</summary>
    /// <exception cref="NotFoundException">No such page or version.</exception>
    public async Task<VersionPair> PairAsync(Viewer viewer, string shortId, int one, int other, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, shortId, cancellation);
        var (first, last) = await EndsAsync(db, head, Math.Min(one, other), Math.Max(one, other), cancellation);
        var older = await TextAsync(db, head, first, cancellation);
        var newer = await TextAsync(db, head, last, cancellation);
        var shown = await links.EditedAsync(db, head.Standing.GroupId, [older.Body, newer.Body], cancellation);
        return new(head.Standing, shortId, head.Page.Item.Title, older with { Body = shown[0] }, newer with { Body = shown[1] }, head.Last, MayWrite(head));
    }

    /// <summary>The edit that made a version; null for the first.</summary>
    public static IQueryable<Platform.Revisions.Revision> EditOf(AppDbContext db, Guid id, int number) => InOrder(db, id).Skip(number - 2).Take(1);

    private static IQueryable<Platform.Revisions.Revision> InOrder(AppDbContext db, Guid id) => db.Revisions.Where(r => r.TargetId == id).OrderBy(r => r.At).ThenBy(r => r.Version).ThenBy(r => r.Id);

    private bool MayWrite(Head head) => rights.Allows(PageRights.ToWrite(head.Page.Writers), head.Standing);

    private async Task<Head> HeadAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var found = await db.Set<WikiPage>().AsNoTracking().Include(p => p.Item).ThenInclude(i => i.Author).Where(p => p.Item.ShortId == shortId)
            .Select(p => new { Page = p, Edits = db.Revisions.Count(r => r.TargetId == p.Id) }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return new(found.Page, await rights.StandingAsync(db, found.Page.Item.GroupId, cancellation), found.Edits + 1);
    }

    // Version n is what the nth edit replaced, and the last one what stands now: the edit before made it.
    private static async Task<List<VersionRow>> RowsAsync(AppDbContext db, Head head, int first, int last, CancellationToken cancellation)
    {
        var (page, skipped) = (head.Page, Math.Max(0, first - 2));
        var edits = await InOrder(db, page.Id).AsNoTracking().Skip(skipped).Take(last - skipped).Select(r => new Edit(r.Id, r.Editor!.Name, r.Editor.Handle, r.At, r.Comment, r.Name, r.Body.Length)).ToListAsync(cancellation);
        var together = edits.Count == 0 ? null : await JointVersions.WritersAsync(db, page.Id, edits[0].At, edits[^1].At, cancellation);
        var rows = new List<VersionRow>(last - first + 1);
        for (var number = first; number <= last; number++)
        {
            var size = EditAt(number - 1)?.SizeBefore ?? page.Body.Length;
            if (EditAt(number - 2) is { } edit) rows.Add(new(number, Writers(edit, together!), edit.At, size, size - edit.SizeBefore, edit.Comment, edit.Name, 1));
            else rows.Add(new(number, [new(page.Item.Author!.Name, page.Item.Author.Handle)], page.Item.CreatedAt, size, size, null, page.FirstName, 1));
        }

        return rows;

        Edit? EditAt(int index) => edits.ElementAtOrDefault(index - skipped);
    }

    private static IReadOnlyList<VersionWriter> Writers(Edit edit, ILookup<Guid, VersionWriter> together)
    {
        var last = new VersionWriter(edit.Editor, edit.Handle);
        return [last, .. together[edit.Id].Where(w => w != last)];
    }

    private static List<VersionRow> Sittings(List<VersionRow> all)
    {
        var shown = new List<VersionRow>();
        foreach (var row in all)
        {
            if (shown is [.., { Name: null } last] && last.Editors.ToHashSet().SetEquals(row.Editors) && row.At - last.At <= Sitting && last.Number > 1)
                shown[^1] = row with { Change = last.Change + row.Change, Saves = last.Saves + 1, Comment = string.Join(" · ", new[] { last.Comment, row.Comment }.Where(c => c is { Length: > 0 }).Distinct()) };
            else shown.Add(row);
        }

        shown.Reverse();
        return shown;
    }

    // At one question as a rule: what stands between them is short without its texts.
    private static async Task<(VersionRow First, VersionRow Last)> EndsAsync(AppDbContext db, Head head, int first, int last, CancellationToken cancellation)
    {
        if (first < 1 || last > head.Last) throw new NotFoundException();
        if (last - first >= Most) return ((await RowsAsync(db, head, first, first, cancellation))[0], (await RowsAsync(db, head, last, last, cancellation))[0]);

        var rows = await RowsAsync(db, head, first, last, cancellation);
        return (rows[0], rows[^1]);
    }

    private static async Task<VersionText> TextAsync(AppDbContext db, Head head, VersionRow row, CancellationToken cancellation)
    {
        if (row.Number == head.Last) return new(row.Number, head.Page.Item.Title, head.Page.Body, row);

        var text = await InOrder(db, head.Page.Id).AsNoTracking().Skip(row.Number - 1).Select(r => new { r.Title, r.Body }).FirstAsync(cancellation);
        return new(row.Number, text.Title ?? head.Page.Item.Title, text.Body, row);
    }
}
