using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>Which way a page goes among its siblings.</summary>
public enum PageStep
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>One place up.</summary>
    Up = 1,

    /// <summary>One place down.</summary>
    Down = 2,
}

/// <summary>Where a page goes, and who writes it.</summary>
/// <param name="Parent">Short identifier of the page that it goes under, empty for the top; null to leave it.</param>
/// <param name="Step">Which way among its siblings.</param>
/// <param name="Writers">Who writes it; null to leave it, as all do who animate not.</param>
/// <param name="WithUnder">Whether the pages under it are written by the same.</param>
/// <param name="IsTemplate">Whether new pages can begin as a copy of it; null to leave it.</param>
public sealed record ArrangeInput(string? Parent, PageStep Step = PageStep.None, PageWriters? Writers = null, bool WithUnder = false, bool? IsTemplate = null);

/// <summary>What the form of a page's place shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Page">The page.</param>
/// <param name="Places">Pages that it can go under, in the order of the tree.</param>
/// <param name="Siblings">The pages beside it, in order, with itself.</param>
/// <param name="HasUnder">Whether pages stand under it.</param>
/// <param name="Parent">The page that it stands under, or null.</param>
public sealed record ArrangeView(Standing Standing, PageNode Page, IReadOnlyList<PlacedPage> Places, IReadOnlyList<PageNode> Siblings, bool HasUnder, PageNode? Parent);

/// <summary>Finds a page its place in the tree, and says who writes it. What moves in one tree is decided one after the other, so that no page comes to stand under itself.</summary>
internal sealed class ArrangePage(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>The places to choose from.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not the viewer's to write.</exception>
    public async Task<ArrangeView> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (page, standing) = await rights.RequireWriterAsync(db, shortId, cancellation);
        var tree = await PageTree.ReadAsync(db, standing.GroupId, cancellation);
        var node = tree.Find(page.Id) ?? throw new NotFoundException();
        var own = tree.From(node).Select(p => p.Page.Id).ToHashSet();
        var height = tree.HeightOf(node);
        return new(
            standing, node, [.. tree.All().Where(p => !own.Contains(p.Page.Id) && p.Level + height <= WikiPage.MostLevels && rights.Allows(PageRights.ToWrite(p.Page.Writers), standing))],
            [.. tree.Under(tree.ParentOf(node))], own.Count > 1, tree.ParentOf(node));
    }

    /// <summary>Arranges the page.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not the viewer's to write, or animators alone write where it goes.</exception>
    /// <exception cref="InvalidInputException">It would stand under itself, or too deep.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, ArrangeInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var groupId = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(token);
        if (groupId != Guid.Empty) await TreeLock.TakeAsync(db, groupId, token);
        var (page, standing) = await rights.RequireWriterAsync(db, shortId, token);
        var tree = await PageTree.ReadAsync(db, standing.GroupId, token);
        var node = tree.Find(page.Id) ?? throw new NotFoundException();

        if (input.Parent is { } parent && parent != (tree.ParentOf(node)?.ShortId ?? "")) await MoveAsync(db, standing, tree, page, node, parent, token);
        if (input.Step != PageStep.None) await StepAsync(db, tree, node, input.Step, token);
        if (input.Writers is not null || input.IsTemplate is not null) await SettleAsync(db, standing, tree, page, node, input, token);
        writer.Record(db, ActivityKinds.ItemEdited, page.Item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task MoveAsync(AppDbContext db, Standing standing, PageTree tree, WikiPage page, PageNode node, string parent, CancellationToken cancellation)
    {
        var rules = new Rules();
        var under = await PageRules.ParentAsync(db, rights, standing, parent, rules, cancellation);
        rules.Check(under is null || tree.From(node).All(p => p.Page.Id != under.Id), "Parent", WikiTexts.UnderItself);
        rules.Demand();
        if (under is null) rights.Require(WikiModule.Create, standing);
        await PageRules.CheckDepthAsync(db, standing.GroupId, under, tree.HeightOf(node), rules, cancellation);
        rules.Demand();
        page.ParentId = under?.Id;
        page.LiftedFrom = null;
        page.Rank = tree.Under(under is null ? null : tree.Find(under.Id)).Select(p => p.Rank).DefaultIfEmpty(-1).Max() + 1;
    }

    private static async Task StepAsync(AppDbContext db, PageTree tree, PageNode node, PageStep step, CancellationToken cancellation)
    {
        var siblings = tree.Under(tree.ParentOf(node)).ToList();
        var at = siblings.FindIndex(s => s.Id == node.Id);
        var to = step == PageStep.Up ? at - 1 : at + 1;
        if (to < 0 || to >= siblings.Count) return;

        (siblings[at], siblings[to]) = (siblings[to], siblings[at]);
        var ids = siblings.ConvertAll(s => s.Id);
        var rows = await db.Set<WikiPage>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        foreach (var (rank, id) in ids.Index()) rows[id].Rank = rank;
    }

    private async Task SettleAsync(AppDbContext db, Standing standing, PageTree tree, WikiPage page, PageNode node, ArrangeInput input, CancellationToken cancellation)
    {
        rights.Require(GroupPermissions.Moderate, standing);
        page.IsTemplate = input.IsTemplate ?? page.IsTemplate;
        if (input.Writers is not { } writers) return;

        page.Writers = writers;
        if (!input.WithUnder) return;

        var under = tree.From(node).Select(p => p.Page.Id).ToList();
        foreach (var row in await db.Set<WikiPage>().Where(p => under.Contains(p.Id)).ToListAsync(cancellation)) row.Writers = writers;
    }
}
