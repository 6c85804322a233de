using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Links;

namespace TerritoireCollab.Articles.Writing;

/// <summary>What the form of an article shows.</summary>
public sealed record ArticleForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Key of the draft, or the one that a new draft will have; empty for what was published.</summary>
    public Guid Id { get; init; }
    /// <summary>Short identifier of what was published; null for a draft.</summary>
    public string? ShortId { get; init; }
    /// <summary>Title.</summary>
    public string Title { get; init; } = "";
    /// <summary>The lead.</summary>
    public string Summary { get; init; } = "";
    /// <summary>Markdown as it is saved.</summary>
    public string SavedBody { get; init; } = "";
    /// <summary>Markdown shown: what was saved, or what was kept while typing and not saved.</summary>
    public string Body { get; init; } = "";
    /// <summary>Tags separated by commas.</summary>
    public string Tags { get; init; } = "";
    /// <summary>Name of its series; empty for none.</summary>
    public string Series { get; init; } = "";
    /// <summary>Names of the series that the group has.</summary>
    public IReadOnlyList<string> UsualSeries { get; init; } = [];
    /// <summary>Who reads or will read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>Names of those who write it with its author.</summary>
    public string CoAuthors { get; init; } = "";
    /// <summary>Whether it takes or will take comments.</summary>
    public bool IsCommentable { get; init; } = true;
    /// <summary>Whether an animator has closed it to comments: its authors do not open it again.</summary>
    public bool IsClosed { get; init; }
    /// <summary>Address of the cover picture, relative to the base, or null.</summary>
    public string? CoverAddress { get; init; }
    /// <summary>What it shows.</summary>
    public string CoverText { get; init; } = "";
    /// <summary>Files that it has.</summary>
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];
    /// <summary>Short identifier of the content that it is made from, if any.</summary>
    public string? Source { get; init; }
    /// <summary>When it is to be published (UTC), if somebody said so.</summary>
    public DateTime? PublishAt { get; init; }
    /// <summary>Why it was not published at its hour.</summary>
    public string? Failure { get; init; }
    /// <summary>Its version; 0 for a new draft.</summary>
    public int Version { get; init; }
    /// <summary>Whether somebody else saved after the text shown was kept.</summary>
    public bool IsOvertaken { get; init; }
    /// <summary>Key under which the text is kept while one writes.</summary>
    public required string DraftKey { get; init; }

    /// <summary>Whether it was never saved.</summary>
    public bool IsNew => Version == 0;
}

/// <summary>What to choose from before an article is made from a content.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Source">The content.</param>
/// <param name="Answers">Its answers.</param>
public sealed record SourceChoice(Standing Standing, SourceView Source, IReadOnlyList<SourceAnswer> Answers);

/// <summary>Draft as its future readers will see it.</summary>
/// <param name="Form">What was saved.</param>
/// <param name="Html">Sanitised HTML.</param>
/// <param name="Words">Words, for the time that reading takes.</param>
/// <param name="Authors">Authors in order, with the organisation of today.</param>
public sealed record DraftPreview(ArticleForm Form, string Html, int Words, IReadOnlyList<AuthorView> Authors);

/// <summary>Reads a draft for its authors.</summary>
internal sealed class ReadDraft(AppDb database, Rights rights, Bodies bodies, LinkContents links, SourceAnswers answers)
{
    /// <summary>What to choose from before an article is made from a content with answers; null where there is nothing to choose, or where it was begun already.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write articles there.</exception>
    public async Task<SourceChoice?> ChoiceAsync(Viewer viewer, string groupSlug, string source, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, ArticlesModule.WriteArticle, groupSlug, cancellation);
        if (await links.ReadAsync(db, source, cancellation) is not { } from || await KeptAsync(db, KeyOf(standing.GroupId, from.Item.ShortId), cancellation) is not null) return null;

        var found = await answers.ListAsync(db, from.Item, cancellation);
        return found.Count == 0 ? null : new(standing, from, found);
    }

    /// <summary>The form of a new draft, begun with what was kept, or with the content that it is to be made from.</summary>
    /// <param name="viewer">Who writes.</param>
    /// <param name="groupSlug">The group.</param>
    /// <param name="source">Short identifier of the content that it is made from, or null.</param>
    /// <param name="quoted">Numbers of its answers that are quoted.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write articles there.</exception>
    public async Task<ArticleForm> NewAsync(Viewer viewer, string groupSlug, string? source, IReadOnlyCollection<int> quoted, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, ArticlesModule.WriteArticle, groupSlug, cancellation);
        var from = await links.ReadAsync(db, source, cancellation);
        var key = KeyOf(standing.GroupId, from?.Item.ShortId);
        var kept = await KeptAsync(db, key, cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            Id = Guid.CreateVersion7(),
            Title = from?.Item.Title ?? "",
            Body = kept?.Text ?? (from is null ? "" : from.Body + await SourceAnswers.QuoteAsync(db, from.Item, quoted, cancellation)),
            Tags = from?.Tags ?? "",
            UsualSeries = await SeriesName.UsualAsync(db, standing.GroupId, cancellation),
            Audience = from is { Item.Audience: var theirs } && theirs < standing.ProposedAudience ? theirs : standing.ProposedAudience,
            Source = from?.Item.ShortId,
            DraftKey = key,
        };
    }

    /// <summary>The form of a draft.</summary>
    /// <exception cref="NotFoundException">Absent, or the viewer is none of its authors.</exception>
    /// <exception cref="ForbiddenException">The viewer writes articles there no more.</exception>
    public async Task<ArticleForm> ExecuteAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, ArticlesModule.WriteArticle, groupSlug, cancellation);
        var draft = await DraftRights.RequireDraftAsync(db, standing.GroupId, id, cancellation);
        return await FormAsync(db, standing, draft, cancellation);
    }

    /// <summary>The draft as it will be read.</summary>
    /// <exception cref="NotFoundException">Absent, or the viewer is none of its authors.</exception>
    public async Task<DraftPreview> PreviewAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        var draft = await DraftRights.RequireDraftAsync(db, standing.GroupId, id, cancellation);
        var form = await FormAsync(db, standing, draft, cancellation);
        var html = (await bodies.RenderAsync(db, draft.Body, cancellation)).Html;
        var members = draft.Authors.ConvertAll(a => a.MemberId);
        var organisations = await db.Affiliations.Where(a => members.Contains(a.MemberId) && a.IsPrincipal && a.Until == null).Select(a => new { a.MemberId, a.Organisation!.Name }).ToListAsync(cancellation);
        return new(form, html, ReadingTime.Words(draft.Summary) + ReadingTime.Words(draft.Body),
            [.. draft.Authors.Select(a => new AuthorView(a.MemberId, a.Member!.Name, a.Member.Handle, organisations.Find(o => o.MemberId == a.MemberId)?.Name))]);
    }

    /// <summary>The cover of a draft; null without one.</summary>
    /// <exception cref="NotFoundException">Absent, or the viewer is none of its authors.</exception>
    public async Task<StoredFile?> CoverAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var me = viewer.MemberId;
        return await db.Set<ArticleDraft>().AsNoTracking().Where(d => d.Id == id && d.Group!.Slug == groupSlug && d.Authors.Any(a => a.MemberId == me)).Select(d => d.Cover).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Key under which the text of a draft is kept while one writes.</summary>
    public static string KeyOf(Guid draftId) => $"article/{draftId:N}";

    /// <summary>Key of a new draft in a group, made from a content or from nothing.</summary>
    public static string KeyOf(Guid groupId, string? source) => $"article-nouveau/{groupId:N}" + (source is null ? "" : "/" + source);

    /// <summary>The text kept under that key and not saved, with the moment.</summary>
    public static Task<Draft?> KeptAsync(AppDbContext db, string key, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return db.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.MemberId == me && d.Key == key, cancellation);
    }

    private static async Task<ArticleForm> FormAsync(AppDbContext db, Standing standing, ArticleDraft draft, CancellationToken cancellation)
    {
        var kept = await KeptAsync(db, KeyOf(draft.Id), cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            Id = draft.Id,
            Title = draft.Title,
            Summary = draft.Summary,
            SavedBody = draft.Body,
            Body = kept?.Text ?? draft.Body,
            Tags = draft.Tags,
            Series = draft.Series ?? "",
            UsualSeries = await SeriesName.UsualAsync(db, standing.GroupId, cancellation),
            // A ceiling that was lowered since is the widest that can be chosen.
            Audience = draft.Audience <= standing.Ceiling ? draft.Audience : standing.Ceiling,
            CoAuthors = string.Join(", ", draft.Authors.Where(a => a.MemberId != draft.CreatedById).Select(a => a.Member!.Name)),
            IsCommentable = draft.IsCommentable,
            CoverAddress = draft.CoverFileId is { } cover ? $"groupes/{standing.Slug}/articles/brouillons/{draft.Id:N}/couverture?v={cover:N}" : null,
            CoverText = draft.CoverText ?? "",
            Files = [.. draft.Files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => new AttachedFile(f.Id, f.Name, f.File!.Length))],
            Source = draft.SourceShortId,
            PublishAt = draft.PublishAt,
            Failure = draft.Failure,
            Version = draft.Version,
            IsOvertaken = kept is not null && kept.Text != draft.Body && kept.SavedAt < draft.UpdatedAt,
            DraftKey = KeyOf(draft.Id),
        };
    }
}
