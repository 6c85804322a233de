using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Wiki.Resources;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>Writes a new page of a group, last among its siblings.</summary>
internal sealed class CreatePage(AppDb database, Rights rights, PublishContent publish, PageLinks links)
{
    /// <summary>Publishes the page and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no pages.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or animators alone write under that page.</exception>
    /// <exception cref="InvalidInputException">A field is empty or too long, the audience too wide, the title taken, or the tree too deep there.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string groupSlug, CreatePageInput input, CancellationToken cancellation)
    {
        var content = input.Content with { Body = input.Content.Body.ReplaceLineEndings("\n") };
        await using (var db = database.Open(viewer))
        {
            var standing = await rights.RequireAsync(db, WikiModule.Create, groupSlug, cancellation);
            if (content.Body.Length <= Bodies.MaxLength) content = content with { Body = await links.KeptAsync(db, standing.GroupId, content.Body, cancellation) };
        }

        WikiPage? parent = null;
        return await publish.ExecuteAsync(viewer, groupSlug, new Publication<WikiPage>
        {
            Permission = WikiModule.Create,
            Kind = WikiModule.PageKind,
            Content = content,
            Files = input.Files,
            Source = input.Source,
            Check = async (db, standing, rules) =>
            {
                await TreeLock.TakeAsync(db, standing.GroupId, cancellation);
                parent = await PageRules.ParentAsync(db, rights, standing, input.Parent, rules, cancellation);
                await PageRules.CheckTitleAsync(db, standing.GroupId, content.Title, content.Id, rules, cancellation);
                await PageRules.CheckDepthAsync(db, standing.GroupId, parent, 1, rules, cancellation);
                if (input.Writers is PageWriters.Animators) rights.Require(GroupPermissions.Moderate, standing);
            },
            Make = item => new WikiPage
            {
                Id = item.Id, Item = item, ParentId = parent?.Id, FoldedTitle = PageTitle.Fold(item.Title), Writers = input.Writers ?? parent?.Writers ?? PageWriters.Members,
            },
            With = async (db, page, standing) =>
            {
                var under = page.ParentId;
                page.Rank = (await db.Set<WikiPage>().Where(p => p.Item.GroupId == standing.GroupId && p.ParentId == under).MaxAsync(p => (int?)p.Rank, cancellation) ?? -1) + 1;
                await links.WriteAsync(db, page, standing.GroupId, cancellation);
                await db.SaveChangesAsync(cancellation);
                await links.FoundAsync(db, page, standing.GroupId, cancellation);
            },
        }, cancellation);
    }
}

/// <summary>The tree of a group, held until the transaction ends: what moves in it is decided one after the other.</summary>
internal static class TreeLock
{
    public static Task TakeAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) => ContentWriter.HoldCeilingAsync(db, groupId, cancellation);
}

/// <summary>What holds of every page, however it is written.</summary>
internal static class PageRules
{
    /// <summary>The page that another one goes under; null for the top.</summary>
    /// <exception cref="ForbiddenException">Animators alone write there.</exception>
    public static async Task<WikiPage?> ParentAsync(AppDbContext db, Rights rights, Standing standing, string? shortId, Rules rules, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(shortId)) return null;

        var parent = await db.Set<WikiPage>().AsNoTracking().FirstOrDefaultAsync(p => p.Item.ShortId == shortId && p.Item.GroupId == standing.GroupId, cancellation);
        rules.Check(parent is not null, "Parent", WikiTexts.ParentGone);
        if (parent is not null) rights.Require(PageRights.ToWrite(parent.Writers), standing);
        return parent;
    }

    /// <summary>Breaks a rule when another page of the group has that title: a link by title must lead to one page.</summary>
    public static async Task CheckTitleAsync(AppDbContext db, Guid groupId, string title, Guid but, Rules rules, CancellationToken cancellation)
    {
        var folded = PageTitle.Fold(title);
        if (folded.Length == 0) return;

        var other = await db.Set<WikiPage>().AnyAsync(p => p.FoldedTitle == folded && p.Item.GroupId == groupId && p.Id != but, cancellation);
        rules.Check(!other, "Title", WikiTexts.TitleTaken);
    }

    /// <summary>Breaks a rule when that many levels under <paramref name="parent"/> are too many.</summary>
    public static async Task CheckDepthAsync(AppDbContext db, Guid groupId, WikiPage? parent, int levels, Rules rules, CancellationToken cancellation)
    {
        if (parent is null) return;

        var tree = await Tree.PageTree.ReadAsync(db, groupId, cancellation);
        rules.Check(tree.Find(parent.Id) is not { } node || tree.LevelOf(node) + levels <= WikiPage.MostLevels, "Parent", WikiTexts.TooDeep);
    }
}
