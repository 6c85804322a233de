using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Markup;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Issues;

/// <summary>
/// What the territory's revue gives to programs: the articles that were chosen, the issues, and both kinds of lists. Never more than an
/// excerpt of what others wrote, and never what the reader may not see.
/// </summary>
internal sealed class RevueFeeds(AppDb database, Rights rights, ModuleCatalog modules, IEnumerable<IContentFace> faces, PlatformOptions platform)
{
    private const int MostArticles = 80;
    private const int MostIssues = 40;

    private static readonly DateTimeOffset Never = new(2011, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The articles that were published, the newest first.</summary>
    /// <exception cref="NotFoundException">No group serves the territory for that reader, or nothing that somebody without a key may read.</exception>
    public async Task<Feed> SelectionAsync(Viewer viewer, string self, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, profile) = await ServingAsync(db, cancellation);
        var rows = await ArticlesAsync(db, standing.GroupId, cancellation);
        if (rows.Count == 0 && !viewer.IsSignedIn) throw new NotFoundException();

        var name = profile.Name ?? standing.Name;
        return Make(standing, self, "/veille", IssueTexts.FeedSelectionTitle.With(name), rows.Count == 0 ? Never : rows.Max(r => r.ChangedAt), [.. rows.Select(Entry)]);
    }

    /// <summary>The issues, each whole, the newest first.</summary>
    /// <inheritdoc cref="SelectionAsync"/>
    public async Task<Feed> IssuesAsync(Viewer viewer, string self, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, profile) = await ServingAsync(db, cancellation);
        var rows = await db.Set<PublishedIssue>().AsNoTracking().Where(i => i.Item.GroupId == standing.GroupId).OrderByDescending(i => i.Number).Take(MostIssues)
            .Select(i => new { i.Id, i.Number, i.CoverFileId, i.CoverText, i.Item, Author = i.Item.Author!.Name }).ToListAsync(cancellation);
        if (rows.Count == 0 && !viewer.IsSignedIn) throw new NotFoundException();

        var bodies = await faces.Single(f => f.Kind == VeilleModule.IssueKind).BodiesAsync(db, [.. rows.Select(r => r.Id)], cancellation);
        return Make(standing, self, "/veille/revues", profile.Name ?? standing.Name, rows.Count == 0 ? Never : rows.Max(r => r.Item.UpdatedAt), [.. rows.Select(r => new FeedEntry
        {
            Id = $"urn:territoire:{r.Item.ShortId}",
            Title = IssueTitle.Full(r.Number, r.Item.Title),
            Link = platform.Absolute(VeilleAddress.TerritoryIssue(r.Number)),
            Published = r.Item.CreatedAt,
            Updated = r.Item.UpdatedAt,
            Authors = [r.Author],
            Summary = r.Item.Excerpt,
            ContentHtml = Cover(r.Number, r.CoverFileId, r.CoverText, r.Item.Audience) + Sanitizer.WithAbsoluteLinks(RichText.Render(bodies.GetValueOrDefault(r.Id, ""), RichTextContext.Empty), platform.BaseUrl),
            Comments = platform.Absolute(VeilleAddress.TerritoryIssue(r.Number) + "#commentaires"),
        })]);
    }

    // A feed reader has no session: it is shown what everybody may see.
    private string Cover(int number, Guid? file, string? text, Audience audience) => file is null || audience != Audience.Public ? ""
        : $"<p><img src=\"{platform.Absolute(VeilleAddress.TerritoryIssue(number) + "/couverture").AbsoluteUri}\" alt=\"{WebUtility.HtmlEncode(text)}\" /></p>";

    /// <summary>The articles as a list of links, issue by issue.</summary>
    /// <inheritdoc cref="SelectionAsync"/>
    public async Task<OpmlDocument> SelectionListAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, profile) = await ServingAsync(db, cancellation);
        var rows = await ArticlesAsync(db, standing.GroupId, cancellation);
        if (rows.Count == 0 && !viewer.IsSignedIn) throw new NotFoundException();

        var changed = rows.Count == 0 ? Never : rows.Max(r => r.ChangedAt);
        return new OpmlDocument
        {
            Title = IssueTexts.FeedSelectionTitle.With(profile.Name ?? standing.Name),
            DateCreated = changed,
            DateModified = changed,
            OwnerName = profile.Name ?? standing.Name,
            Outlines = [.. rows.GroupBy(r => (r.Number, r.IssueTitle)).Select(issue => (OpmlOutline)new OpmlFolder
            {
                Text = IssueTitle.Full(issue.Key.Number, issue.Key.IssueTitle),
                Children = [.. issue.Select(r => new OpmlLink { Text = Legible(r.Article.Title, r.Article.Address), Address = new Uri(r.Article.Address), Categories = r.Article.Rubric is { } rubric ? [rubric] : [] })],
            })],
        };
    }

    /// <summary>
    /// The sources: to members of the group all of them, to other readers of the revue, when the group says so, those whose address may hold no
    /// secret of the group.
    /// </summary>
    /// <exception cref="NotFoundException">No group serves the territory for that reader, or its sources are not listed for them.</exception>
    public async Task<OpmlDocument> SourcesAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, profile) = await ServingAsync(db, cancellation);
        if (!standing.IsMember && !(profile.ListsSources && ListIssues.MayRead(viewer, PublishIssue.AudienceOf(profile, standing)))) throw new NotFoundException();

        // The list is the group's own: read as its members read it, then cut to what it shows to others.
        await using var inside = database.Open(Viewer.AnyMemberOf(standing.GroupId));
        var followed = await inside.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == standing.GroupId && s.Source!.Selectors == null && (standing.IsMember || !s.IsMuted))
            .Include(s => s.Source).OrderBy(s => s.AddedAt).ThenBy(s => s.Id).ToListAsync(cancellation);
        var shown = followed.Where(s => IsWeb(s.Source!.Address) && (standing.IsMember || IsOpen(s.Source.Address))).ToList();
        var changed = shown.Count == 0 ? Never : new DateTimeOffset(shown.Max(s => s.AddedAt), TimeSpan.Zero);
        return new OpmlDocument
        {
            Title = IssueTexts.SourcesTitle.With(profile.Name ?? standing.Name),
            DateCreated = changed,
            DateModified = changed,
            OwnerName = profile.Name ?? standing.Name,
            Outlines =
            [
                .. shown.Where(s => s.Folder is not null).GroupBy(s => s.Folder!).Select(f => (OpmlOutline)new OpmlFolder { Text = f.Key, Children = [.. f.Select(Outline)] }),
                .. shown.Where(s => s.Folder is null).Select(Outline),
            ],
        };
    }

    private async Task<(Standing Standing, VeilleProfile Profile)> ServingAsync(AppDbContext db, CancellationToken cancellation)
    {
        var slug = (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        return (standing, await db.Set<VeilleProfile>().AsNoTracking().FirstAsync(p => p.GroupId == standing.GroupId, cancellation));
    }

    private static Task<List<Row>> ArticlesAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) => (
        from a in db.Set<IssueArticle>().AsNoTracking()
        where a.GroupId == groupId && a.Item.GroupId == groupId
        join i in db.Set<PublishedIssue>() on a.ItemId equals i.Id
        orderby a.PublishedAt descending, a.Position
        select new Row(a, i.Number, i.Item.Title, i.Item.UpdatedAt)).Take(MostArticles).ToListAsync(cancellation);

    private Feed Make(Standing standing, string self, string page, string title, DateTimeOffset updated, IReadOnlyList<FeedEntry> entries) => new()
    {
        Id = platform.Absolute(page == "/veille" ? "/veille/flux" : page).AbsoluteUri,
        Title = title,
        Description = standing.Summary,
        Link = platform.Absolute(page),
        Self = platform.Absolute(self),
        Language = "fr",
        Updated = updated,
        Entries = entries,
    };

    private FeedEntry Entry(Row row)
    {
        var article = row.Article;
        var address = new Uri(article.Address);
        var issue = platform.Absolute(VeilleAddress.TerritoryIssue(row.Number));
        return new FeedEntry
        {
            Id = $"urn:territoire:article:{article.Id:N}",
            Title = article.Title,
            Link = address,
            Published = article.PublishedAt,
            Authors = [article.Author ?? article.SourceName],
            Categories = article.Rubric is { } rubric ? [rubric] : [],
            Summary = string.Join("\n", new[] { article.Line, article.Excerpt }.Where(t => !string.IsNullOrWhiteSpace(t))) is { Length: > 0 } summary ? summary : null,
            ContentHtml = Content(article, issue, IssueTitle.Numbered(row.Number)),
            Comments = new Uri(issue, "#commentaires"),
            Source = new FeedSource { Title = article.SourceName, Address = new Uri(address.GetLeftPart(UriPartial.Authority)), Updated = article.DatedAt },
        };
    }

    private static string Content(IssueArticle article, Uri issue, string number)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrWhiteSpace(article.Line)) text.Append(Ui.Components.Html.Of($"<p>{article.Line}</p>").Value);
        if (article.Excerpt.Length > 0) text.Append(Ui.Components.Html.Of($"<blockquote><p>{article.Excerpt}</p></blockquote>").Value);
        text.Append(Ui.Components.Html.Of($"<p><a href=\"{article.Address}\">{article.SourceName}</a>{(article.Author is { } author ? $", {author}" : "")} · <a href=\"{issue.AbsoluteUri}\">{number}</a></p>").Value);
        return Sanitizer.Clean(text.ToString());
    }

    private static OpmlOutline Outline(GroupSource followed) => new OpmlSubscription
    {
        Text = Legible(followed.Name ?? followed.Source!.Title, followed.Source!.Address),
        FeedAddress = new Uri(followed.Source.Address),
        SiteAddress = followed.Source.SiteAddress is { } site && IsWeb(site) ? new Uri(site) : null,
        Description = followed.Source.Description,
    };

    private static string Legible(string text, string address) => text.Any(char.IsLetterOrDigit) ? text : ChosenArticles.HostOf(address);

    private static bool IsWeb(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    // A user name, a password or a query may be a key that a site gave to the group alone.
    private static bool IsOpen(string address) => new Uri(address) is { UserInfo.Length: 0, Query.Length: 0 };

    private sealed record Row(IssueArticle Article, int Number, string IssueTitle, DateTime ChangedAt);
}
