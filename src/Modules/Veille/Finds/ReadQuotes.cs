using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A marked passage in the API.</summary>
public sealed record ApiQuote
{
    /// <summary>Identifier.</summary>
    public required Guid Id { get; init; }
    /// <summary>The passage, plain text.</summary>
    public required string Text { get; init; }
    /// <summary>What is said of it, plain text, or null.</summary>
    public string? Note { get; init; }
    /// <summary>Who marked it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary>When.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Address of its place on the page of the find.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads marked passages for programs, with the rights of the screens.</summary>
internal sealed class ReadQuotes(AppDb database, Rights rights, PlatformOptions site)
{
    /// <summary>Those of a find, in the order in which they were marked.</summary>
    /// <exception cref="NotFoundException">The find is absent or invisible, or the viewer is no member of its group.</exception>
    public async Task<IReadOnlyList<ApiQuote>> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.ShortId == shortId && i.Kind == VeilleModule.FindKind, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        if (!standing.IsMember && !viewer.SeesAll) throw new NotFoundException();

        var page = site.Absolute(VeilleAddress.Find(standing.Slug, shortId, item.Title)).AbsoluteUri;
        return [.. (await rights.QuotesOfAsync(db, item.Id, standing, cancellation)).Select(q => new ApiQuote
        {
            Id = q.Id, Text = q.Text, Note = q.Note, Author = new(q.Author.Handle, q.Author.Name, q.Author.Organisation), CreatedAt = q.At, Url = $"{page}#p-{q.Id:N}",
        })];
    }
}
