using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>Which édito, and which page of its comments.</summary>
/// <param name="GroupSlug">The group; null for the one that serves the territory.</param>
/// <param name="Segment">Its part of the address at the territory's, or its short identifier.</param>
/// <param name="Place">Where in its comments.</param>
public sealed record ReadEditorialInput(string? GroupSlug, string Segment, DiscussionPlace Place);

/// <summary>An édito with its comments.</summary>
public sealed record EditorialView
{
    /// <summary>The édito.</summary>
    public required Editorial Editorial { get; init; }
    /// <summary>What it has as any content.</summary>
    public required ContentView Content { get; init; }
    /// <summary>The text, sanitised HTML.</summary>
    public required string Html { get; init; }
    /// <summary>Name of the revue.</summary>
    public required string RevueName { get; init; }
    /// <summary>Whether the group serves the territory: whoever may read it there does so at <c>/veille</c>.</summary>
    public required bool ServesTerritory { get; init; }
    /// <summary>Other éditos, the latest first.</summary>
    public required IReadOnlyList<EditorialRow> Others { get; init; }

    /// <summary>Who wrote it.</summary>
    public AuthorView Author => Content.Author;

    /// <summary>Its comments, with its row and its group.</summary>
    public CommentsView Comments => Content.Comments;

    /// <summary>Tags.</summary>
    public IEnumerable<string> Tags => Content.Tags.Select(t => t.Name);

    /// <summary>What the viewer chose for it.</summary>
    public Following? Following => Content.Following;

    /// <summary>Whether the viewer may correct it.</summary>
    public bool MayCorrect => Content.MayEdit;

    /// <summary>Whether the viewer may put it into the trash.</summary>
    public bool MayRemove => Content.MayRemove;

    /// <summary>The group.</summary>
    public Standing Standing => Content.Standing;

    /// <summary>The shared row.</summary>
    public ContentItem Item => Content.Item;
}

/// <summary>Reads an édito: whoever may read its content row reads it, signed in or not.</summary>
internal sealed class ReadEditorial(AppDb database, Rights rights, ModuleCatalog modules, ReadContent contents)
{
    private const int MostOthers = 5;

    /// <summary>The édito.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<EditorialView> ExecuteAsync(Viewer viewer, ReadEditorialInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var slug = input.GroupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var head = await HeadAsync(db, standing.GroupId, input.Segment, cancellation) ?? throw new NotFoundException();
        var item = head.Editorial.Item;
        var others = await ListEditorials.LatestAsync(db, standing.GroupId, MostOthers + 1, cancellation);
        return new()
        {
            Editorial = head.Editorial,
            Content = AtItsAddress(await contents.ExecuteAsync(db, item, standing, input.Place, cancellation), head.Editorial, input.GroupSlug is null),
            Html = Headings.UnderTheTitle(head.Editorial.Html()),
            RevueName = head.RevueName ?? standing.Name,
            ServesTerritory = head.ServesTerritory,
            Others = [.. others.Where(o => o.ShortId != item.ShortId).Take(MostOthers)],
        };
    }

    private static ContentView AtItsAddress(ContentView view, Editorial editorial, bool isTerritory) => view with
    {
        Comments = view.Comments with
        {
            Address = (isTerritory ? VeilleAddress.TerritoryEditorial(editorial.Slug) : VeilleAddress.Editorial(view.Standing.Slug, view.Item.ShortId, view.Item.Title))[1..],
            Home = isTerritory ? "veille" : $"groupes/{view.Standing.Slug}",
        },
    };

    private static async Task<Head?> HeadAsync(AppDbContext db, Guid groupId, string segment, CancellationToken cancellation)
    {
        var editorials = db.Set<Editorial>().AsNoTracking().Include(e => e.Item).Where(e => e.Item.GroupId == groupId);
        // No slug begins like a short identifier: its fifth sign is a hyphen.
        editorials = ShortIds.FromSegment(segment) is { } shortId ? editorials.Where(e => e.Item.ShortId == shortId) : editorials.Where(e => e.Slug == segment);
        if (await editorials.FirstOrDefaultAsync(cancellation) is not { } editorial) return null;

        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == groupId, cancellation);
        return new(editorial, profile?.Name, profile?.ServesTerritory ?? false);
    }

    private sealed record Head(Editorial Editorial, string? RevueName, bool ServesTerritory);
}
