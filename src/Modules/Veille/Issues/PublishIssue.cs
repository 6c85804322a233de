using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>What a program writes of an issue; what is absent stays as it was prepared.</summary>
/// <param name="Title">Title beside the number, or null.</param>
/// <param name="Body">The introduction, in Markdown, or null.</param>
public sealed record WrittenIssue(string? Title, string? Body)
{
    /// <summary>Breaks a rule for each thing wrong with it.</summary>
    public void Check(Rules rules)
    {
        if (Title is not null) rules.Text(Title, nameof(Title), ContentItem.TitleLength);
        PrepareIssue.CheckIntroduction(rules, Body, nameof(Body));
    }
}

/// <summary>
/// Publishes an issue: exactly once, whoever asks and however many ask at the same time. Its row is claimed, then all that follows is
/// written in the same transaction; whoever comes later is given what was published.
/// </summary>
internal sealed class PublishIssue(AppDb database, Rights rights, ModuleCatalog modules, OpenIssue open, Bodies bodies, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Publishes the issue of that number and returns its short identifier; that of before when it was published already.</summary>
    /// <param name="viewer">Who publishes, and so speaks in it.</param>
    /// <param name="groupSlug">The group.</param>
    /// <param name="number">Its number: a click too late publishes no other.</param>
    /// <param name="audience">Who may read it; as the group's veille is set when null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="NotFoundException">No such group or issue, no veille, or the viewer does not animate it.</exception>
    /// <exception cref="InvalidInputException">Nothing to publish, or an audience that the group does not allow.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string groupSlug, int number, Audience? audience, CancellationToken cancellation) =>
        database.TransactAsync(viewer, async (db, token) =>
        {
            var standing = await AnimatedAsync(db, groupSlug, token);
            var issue = await db.Set<Issue>().AsNoTracking().FirstOrDefaultAsync(i => i.GroupId == standing.GroupId && i.Number == number, token) ?? throw new NotFoundException();
            return (await OnceAsync(db, standing, issue.Id, audience, token)).ShortId;
        }, cancellation);

    /// <summary>Publishes a text at once, with what is placed: for programs. What is absent stays as it was prepared.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<string> WrittenAsync(Viewer viewer, string groupSlug, WrittenIssue input, Audience? audience, CancellationToken cancellation) =>
        database.TransactAsync(viewer, async (db, token) =>
        {
            var standing = await AnimatedAsync(db, groupSlug, token);
            var rules = new Rules();
            input.Check(rules);
            CheckAudience(rules, audience, standing);
            rules.Demand();

            await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
            var issue = await open.ExecuteAsync(db, standing.GroupId, token);
            (issue.Title, issue.Introduction) = (input.Title?.Trim() ?? issue.Title, input.Body ?? issue.Introduction);
            issue.Version++;
            await db.SaveChangesAsync(token);
            return (await OnceAsync(db, standing, issue.Id, audience, token)).ShortId;
        }, cancellation);

    /// <summary>Publishes an issue whose hour has come, in the name of whoever said that it is ready; nothing when it has left, or was taken back.</summary>
    /// <returns>Whether it left now.</returns>
    /// <exception cref="NotFoundException">The group has no veille any more, or that person does not animate it.</exception>
    /// <exception cref="InvalidInputException">Nothing to publish.</exception>
    public Task<bool> DueAsync(Viewer viewer, Guid issueId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var issue = await db.Set<Issue>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == issueId, token) ?? throw new NotFoundException();
        if (issue.State != IssueState.Ready || issue.PublishAt > now) return false;
        if (!await db.Members.AnyAsync(m => m.Id == viewer.MemberId && m.State == MemberState.Active, token)) throw new NotFoundException();

        var slug = await db.Groups.Where(g => g.Id == issue.GroupId).Select(g => g.Slug).FirstOrDefaultAsync(token) ?? throw new NotFoundException();
        return (await OnceAsync(db, await AnimatedAsync(db, slug, token), issueId, null, token)).IsFirst;
    }, cancellation);

    /// <summary>Who reads the revue of a group: as its veille is set, never wider than the group allows.</summary>
    public static Audience AudienceOf(VeilleProfile? profile, Standing standing)
    {
        var wanted = profile?.Audience ?? Audience.Platform;
        return wanted <= standing.Ceiling ? wanted : standing.Ceiling;
    }

    /// <summary>Refuses an issue without an article nor a word.</summary>
    /// <exception cref="InvalidInputException">There is nothing to publish.</exception>
    public static async Task DemandSomethingAsync(AppDbContext db, Issue issue, CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(issue.Introduction)) return;
        if (!await db.Set<PoolEntry>().AnyAsync(e => e.IssueId == issue.Id && e.State == PoolState.Placed, cancellation)) throw new InvalidInputException(nameof(IssueInput.Introduction), IssueTexts.NothingToPublish);
    }

    private static void CheckAudience(Rules rules, Audience? audience, Standing standing) =>
        rules.Check(audience is not { } wanted || (Enum.IsDefined(wanted) && wanted <= standing.Ceiling), nameof(ContentInput.Audience), PlatformTexts.AudienceTooWide);

    private async Task<Standing> AnimatedAsync(AppDbContext db, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        return rights.Allows(VeilleModule.Curate, standing) ? standing : throw new NotFoundException();
    }

    private async Task<(string ShortId, bool IsFirst)> OnceAsync(AppDbContext db, Standing standing, Guid issueId, Audience? audience, CancellationToken cancellation)
    {
        // The group first, as whoever moves a card does: a move goes before, or waits and finds the card published. Then the issue itself.
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, cancellation);
        var claimed = await db.Set<Issue>().Where(i => i.Id == issueId && i.State != IssueState.Published)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IssueState.Published).SetProperty(i => i.Version, i => i.Version + 1), cancellation);
        db.ChangeTracker.Clear();
        var issue = await db.Set<Issue>().FirstAsync(i => i.Id == issueId, cancellation);
        if (claimed == 0) return (await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(i => i.Id == issue.ItemId).Select(i => i.ShortId).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException(), false);

        await DemandSomethingAsync(db, issue, cancellation);
        var item = await WriteAsync(db, standing, issue, audience, cancellation);
        await db.SaveChangesAsync(cancellation);
        return (item.ShortId, true);
    }

    private async Task<ContentItem> WriteAsync(AppDbContext db, Standing standing, Issue issue, Audience? audience, CancellationToken cancellation)
    {
        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, cancellation);
        var articles = await ChosenArticles.ReadAsync(db, standing.GroupId, issue.Id, profile, cancellation);

        var introduction = issue.Introduction ?? "";
        var input = new ContentInput { Title = IssueTitle.Stored(issue.Number, issue.Title), Body = introduction, Audience = audience ?? AudienceOf(profile, standing) };
        var rules = new Rules();
        CheckAudience(rules, input.Audience, standing);
        rules.Demand();

        var body = await bodies.RenderAsync(db, introduction, cancellation);
        var item = await writer.CreateAsync(db, standing, VeilleModule.IssueKind, input, body, cancellation);
        if (introduction.Length == 0) item.Excerpt = Excerpt.Cut(string.Join(" · ", articles.Select(a => a.Title)), ContentItem.ExcerptLength);
        db.Add(new PublishedIssue { Id = item.Id, Item = item, Number = issue.Number, Week = issue.Week, Body = introduction, BodyHtml = body.Html, BodyRenderer = body.Renderer, CoverFileId = issue.CoverFileId, CoverText = issue.CoverText });
        db.AddRange(articles.Select((a, position) => Freeze(a, item, position)));
        foreach (var entry in articles.Select(a => a.Entry))
        {
            entry.State = PoolState.Published;
            entry.Version++;
        }

        (issue.ItemId, issue.PublishAt) = (item.Id, item.CreatedAt);
        return item;
    }

    private static IssueArticle Freeze(ChosenArticle chosen, ContentItem item, int position) => new()
    {
        ItemId = item.Id,
        Item = item,
        GroupId = item.GroupId,
        EntryId = chosen.Entry.Id,
        Position = position,
        Rubric = chosen.Entry.Rubric,
        Title = chosen.Title,
        Address = chosen.News.Address,
        SourceName = chosen.SourceName,
        Author = chosen.News.Author,
        DatedAt = chosen.News.PublishedAt,
        Line = chosen.Entry.Line,
        Excerpt = EnterPool.Cut(chosen.Excerpt, News.ExcerptLength),
        FinderId = chosen.FinderId,
        FindId = chosen.FinderId is null ? null : chosen.Entry.FindId,
        PublishedAt = item.CreatedAt,
    };
}
