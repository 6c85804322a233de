using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Versions;

/// <summary>A version of a page.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Editor">Who made it.</param>
/// <param name="EditorHandle">Handle of who made it.</param>
/// <param name="At">When.</param>
/// <param name="Size">Its length, in characters.</param>
/// <param name="Change">How much longer it is than the one before.</param>
/// <param name="Comment">What its editor says was changed.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Saves">How many times it was saved in one sitting.</param>
public sealed record VersionRow(int Number, string Editor, string EditorHandle, DateTime At, int Size, int Change, string? Comment, string? Name, int Saves);

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
    private const int Most = 2_000;
    private const int PageSize = 30;

    private sealed record Edit(string Editor, string Handle, DateTime At, string? Comment, string? Name, int SizeBefore);

    private sealed record Head(WikiPage Page, Standing Standing, string Author, string Handle);

    /// <summary>The list.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or no page.</exception>
    public async Task<VersionsView> ListAsync(Viewer viewer, string shortId, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, shortId, cancellation);
        var all = await AllAsync(db, head, cancellation);
        var shown = Sittings(all);
        var pages = Math.Max(1, (shown.Count + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        return new(head.Standing, shortId, head.Page.Item.Title, [.. shown.Skip((at - 1) * PageSize).Take(PageSize)], all.Count, MayWrite(head)) { Page = at, PageCount = pages };
    }

    /// <summary>A version as it is read.</summary>
    /// <exception cref="NotFoundException">No such page or version.</exception>
    public async Task<VersionPair> OneAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, shortId, cancellation);
        var all = await AllAsync(db, head, cancellation);
        var version = await TextAsync(db, head, all, number, cancellation);
        var html = (await bodies.RenderAsync(db, version.Body, cancellation)).Html;
        return new(head.Standing, shortId, head.Page.Item.Title, version, version, all.Count, MayWrite(head)) { Html = PageHtml.For(html, version.Body, new Dictionary<string, LinkedPage>(), null).Html };
    }

    /// <summary>Two versions, the older one first however they were asked for, with the titles of today in their links.</summary>
    /// <exception cref="NotFoundException">No such page or version.</exception>
    public async Task<VersionPair> PairAsync(Viewer viewer, string shortId, int one, int other, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, shortId, cancellation);
        var all = await AllAsync(db, head, cancellation);
        var older = await TextAsync(db, head, all, Math.Min(one, other), cancellation);
        var newer = await TextAsync(db, head, all, Math.Max(one, other), cancellation);
        var shown = await links.EditedAsync(db, head.Standing.GroupId, [older.Body, newer.Body], cancellation);
        return new(head.Standing, shortId, head.Page.Item.Title, older with { Body = shown[0] }, newer with { Body = shown[1] }, all.Count, MayWrite(head));
    }

    /// <summary>The edit that made a version; null for the first.</summary>
    public static IQueryable<Platform.Revisions.Revision> EditOf(AppDbContext db, Guid id, int number) => InOrder(db, id).Skip(number - 2).Take(1);

    private static IQueryable<Platform.Revisions.Revision> InOrder(AppDbContext db, Guid id) => db.Revisions.Where(r => r.TargetId == id).OrderBy(r => r.At).ThenBy(r => r.Version).ThenBy(r => r.Id);

    private bool MayWrite(Head head) => rights.Allows(PageRights.ToWrite(head.Page.Writers), head.Standing);

    private async Task<Head> HeadAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var found = await db.Set<WikiPage>().AsNoTracking().Include(p => p.Item).ThenInclude(i => i.Author).FirstOrDefaultAsync(p => p.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        return new(found, await rights.StandingAsync(db, found.Item.GroupId, cancellation), found.Item.Author!.Name, found.Item.Author.Handle);
    }

    // Version n is what the nth edit replaced, and the last one what stands now.
    private static async Task<List<VersionRow>> AllAsync(AppDbContext db, Head head, CancellationToken cancellation)
    {
        var edits = await InOrder(db, head.Page.Id).AsNoTracking().Take(Most).Select(r => new Edit(r.Editor!.Name, r.Editor.Handle, r.At, r.Comment, r.Name, r.Body.Length)).ToListAsync(cancellation);
        var sizes = edits.Select(e => e.SizeBefore).Append(head.Page.Body.Length).ToList();
        var rows = new List<VersionRow> { new(1, head.Author, head.Handle, head.Page.Item.CreatedAt, sizes[0], sizes[0], null, head.Page.FirstName, 1) };
        foreach (var (at, edit) in edits.Index()) rows.Add(new(at + 2, edit.Editor, edit.Handle, edit.At, sizes[at + 1], sizes[at + 1] - sizes[at], edit.Comment, edit.Name, 1));
        return rows;
    }

    private static List<VersionRow> Sittings(List<VersionRow> all)
    {
        var shown = new List<VersionRow>();
        foreach (var row in all)
        {
            if (shown is [.., { Name: null } last] && last.EditorHandle == row.EditorHandle && row.At - last.At <= Sitting && last.Number > 1)
                shown[^1] = row with { Change = last.Change + row.Change, Saves = last.Saves + 1, Comment = string.Join(" · ", new[] { last.Comment, row.Comment }.Where(c => c is { Length: > 0 }).Distinct()) };
            else shown.Add(row);
        }

        shown.Reverse();
        return shown;
    }

    private static async Task<VersionText> TextAsync(AppDbContext db, Head head, List<VersionRow> all, int number, CancellationToken cancellation)
    {
        if (number < 1 || number > all.Count) throw new NotFoundException();
        if (number == all.Count) return new(number, head.Page.Item.Title, head.Page.Body, all[^1]);

        var text = await InOrder(db, head.Page.Id).AsNoTracking().Skip(number - 1).Select(r => new { r.Title, r.Body }).FirstAsync(cancellation);
        return new(number, text.Title ?? head.Page.Item.Title, text.Body, all[number - 1]);
    }
}
