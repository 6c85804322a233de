using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Wiki.Tree;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>What a new page begins with.</summary>
/// <param name="Parent">Short identifier of the page that it goes under.</param>
/// <param name="Template">Key of a template of the house, or short identifier of a page of the group that is one.</param>
/// <param name="Title">Title, from the link that asked for the page.</param>
/// <param name="Source">Short identifier of a content to make it from.</param>
public sealed record NewPageInput(string? Parent, string? Template, string? Title, string? Source);

/// <summary>Reads what the form of a new page shows.</summary>
internal sealed class NewPage(AppDb database, Rights rights, KeepDrafts drafts, LinkContents sources, PageLinks links)
{
    /// <summary>Key of the draft of a new page in a group.</summary>
    public static string DraftKey(Guid groupId) => $"page-nouvelle/{groupId:N}";

    /// <summary>The form.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no pages.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write a page there.</exception>
    public async Task<PageForm> ExecuteAsync(Viewer viewer, string groupSlug, NewPageInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, WikiModule.Create, groupSlug, cancellation);
        var tree = await PageTree.ReadAsync(db, standing.GroupId, cancellation);
        var source = await sources.ReadAsync(db, input.Source, cancellation);
        var template = tree.Find(ShortIds.FromSegment(input.Template));
        var copied = template is { IsTemplate: true } ? await BodyAsync(db, standing.GroupId, template.Id, cancellation) : PageTemplates.Of(input.Template)?.Body();
        var draft = source is null && copied is null ? await drafts.ReadAsync(viewer, DraftKey(standing.GroupId), cancellation) : null;
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            Title = Cut(input.Title ?? source?.Item.Title ?? ""),
            Body = source?.Body ?? copied ?? draft ?? "",
            Tags = source?.Tags ?? "",
            Audience = standing.ProposedAudience,
            Parent = tree.Find(ShortIds.FromSegment(input.Parent)) is { } parent ? (parent.ShortId, parent.Title) : null,
            Templates = [.. tree.All().Where(p => p.Page.IsTemplate).Select(p => (p.Page.ShortId, p.Page.Title))],
        };
    }

    private async Task<string> BodyAsync(AppDbContext db, Guid groupId, Guid id, CancellationToken cancellation) =>
        await links.EditedAsync(db, groupId, await db.Set<WikiPage>().Where(p => p.Id == id).Select(p => p.Body).FirstAsync(cancellation), cancellation);

    private static string Cut(string title) => title.Length > ContentItem.TitleLength ? title[..ContentItem.TitleLength] : title;
}
