using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>A published issue as it is announced.</summary>
internal sealed class AnnouncedIssue(PlatformOptions platform) : IAnnounced
{
    /// <inheritdoc />
    public string Kind => VeilleModule.IssueKind;

    /// <inheritdoc />
    public async Task<AnnouncedText?> ReadAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        var issue = await (
            from i in db.Set<PublishedIssue>().AsNoTracking()
            where i.Id == id
            join g in db.Groups on i.Item.GroupId equals g.Id
            where db.GroupTools.Any(t => t.GroupId == g.Id && t.ToolKey == VeilleModule.ToolKey && t.Enabled)
            from p in db.Set<VeilleProfile>().Where(p => p.GroupId == g.Id).DefaultIfEmpty()
            select new { i.Number, i.Item, g.Slug, Publication = p.Name ?? g.Name, IsTerritory = p != null && p.ServesTerritory }).FirstOrDefaultAsync(cancellation);
        if (issue is null) return null;

        return new AnnouncedText
        {
            Event = "revue.published",
            Id = issue.Item.ShortId,
            Publication = issue.Publication,
            Number = issue.Number,
            Title = IssueTitle.Full(issue.Number, issue.Item.Title),
            Summary = issue.Item.Excerpt,
            Address = platform.Absolute(issue.IsTerritory ? VeilleAddress.TerritoryIssue(issue.Number) : VeilleAddress.NumberedIssue(issue.Slug, issue.Number)),
            PublishedAt = issue.Item.CreatedAt,
            Articles = await db.Set<IssueArticle>().AsNoTracking().Where(a => a.ItemId == id).OrderBy(a => a.Position)
                .Select(a => new AnnouncedArticle(a.Title, a.Address, a.SourceName, a.Author, a.Rubric, a.Line, a.Excerpt)).ToListAsync(cancellation),
        };
    }
}
