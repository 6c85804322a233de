using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A card that nobody spoke of yet, to be commented.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Title">Title of the page.</param>
/// <param name="Address">Address of the page.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Audience">Who will read the find that the comment makes.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence on who will read.</param>
/// <param name="Draft">The draft that was kept.</param>
/// <param name="Find">The find that somebody made of it meanwhile: its short identifier and title.</param>
public sealed record CardView(Standing Standing, string Title, string Address, string Excerpt, Audience Audience, int PlatformMembers, string? Draft, (string ShortId, string Title)? Find);

/// <summary>Reads a card of the pool, for the first comment on it: the comment makes the find.</summary>
internal sealed class ReadCard(AppDb database, Rights rights, KeepDrafts drafts)
{
    /// <summary>Key of the draft of that comment.</summary>
    public static string DraftKey(Guid id) => $"carte/{id:N}";

    /// <summary>The card.</summary>
    /// <exception cref="NotFoundException">Absent, of another group, or invisible.</exception>
    /// <exception cref="ForbiddenException">The viewer may not bring a find there.</exception>
    public async Task<CardView> ExecuteAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Propose, groupSlug, cancellation);
        var card = await (from e in db.Set<PoolEntry>().AsNoTracking()
                          where e.Id == id && e.GroupId == standing.GroupId
                          join n in db.Set<News>() on e.NewsId equals n.Id
                          from i in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
                          select new { n.Title, n.Address, n.Excerpt, FindShortId = i == null ? null : i.ShortId, FindTitle = i == null ? null : i.Title }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return new(standing, card.Title, card.Address, card.Excerpt, standing.ProposedAudience, await EditContent.PlatformMembersAsync(db, cancellation),
            await drafts.ReadAsync(viewer, DraftKey(id), cancellation), card.FindShortId is null ? null : (card.FindShortId, card.FindTitle!));
    }
}
