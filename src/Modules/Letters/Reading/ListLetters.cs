using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Letters.Reading;

/// <summary>A letter in a list.</summary>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Title">Title.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Handle">The handle of who wrote it.</param>
/// <param name="SentAt">When.</param>
/// <param name="CommentCount">Its answers.</param>
/// <param name="IsUrgent">Whether it left at once to everybody.</param>
public sealed record LetterRow(string ShortId, string Title, string Excerpt, string Author, string Handle, DateTime SentAt, int CommentCount, bool IsUrgent);

/// <summary>The letters of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">Of this page, the latest first.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="MayWrite">Whether the viewer writes to the whole group.</param>
public sealed record LettersView(Standing Standing, IReadOnlyList<LetterRow> Rows, int Page, int PageCount, bool MayWrite);

/// <summary>Lists the letters of a group that the reader may read.</summary>
internal sealed class ListLetters(AppDb database, Rights rights, ModuleCatalog modules)
{
    private const int PageSize = 25;

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no letters.</exception>
    public async Task<LettersView> ExecuteAsync(Viewer viewer, string groupSlug, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.LettersOfAsync(db, modules, groupSlug, cancellation);
        var letters = db.Set<Letter>().AsNoTracking().Where(l => l.Item.GroupId == standing.GroupId);
        var total = await letters.CountAsync(cancellation);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var rows = await letters.OrderByDescending(l => l.Item.CreatedAt).ThenBy(l => l.Item.ShortId).Skip((page - 1) * PageSize).Take(PageSize)
            .Select(l => new LetterRow(l.Item.ShortId, l.Item.Title, l.Item.Excerpt, l.Item.Author!.Name, l.Item.Author.Handle, l.Item.CreatedAt, l.Item.CommentCount, l.IsUrgent)).ToListAsync(cancellation);
        return new(standing, rows, page, pages, rights.Allows(LettersModule.WriteLetter, standing));
    }
}

/// <summary>Finds a group that has letters.</summary>
internal static class LetterRights
{
    /// <summary>The viewer's standing in the group.</summary>
    /// <exception cref="NotFoundException">Absent, hidden, or it has switched letters off.</exception>
    public static async Task<Standing> LettersOfAsync(this Rights rights, AppDbContext db, ModuleCatalog modules, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        return standing.Has(modules.Tool(LettersModule.ToolKey)!) ? standing : throw new NotFoundException();
    }
}
