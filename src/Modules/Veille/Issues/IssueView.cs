using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Veille.Issues;

/// <summary>An issue as its readers get it: the same whether it is being prepared or published.</summary>
public sealed record IssueView
{
    /// <summary>Its number.</summary>
    public required int Number { get; init; }
    /// <summary>Its ISO 8601 week, such as 202648.</summary>
    public required int Week { get; init; }
    /// <summary>Title beside the number, or null.</summary>
    public string? Title { get; init; }
    /// <summary>The animator's word, sanitised HTML; empty for none.</summary>
    public required string IntroductionHtml { get; init; }
    /// <summary>Its cover picture, or null.</summary>
    public CoverView? Cover { get; init; }
    /// <summary>Who speaks in it; null while nobody has published it.</summary>
    public AuthorView? Author { get; init; }
    /// <summary>When it was published, or null.</summary>
    public DateTime? PublishedAt { get; init; }
    /// <summary>Last correction.</summary>
    public DateTime? CorrectedAt { get; init; }
    /// <summary>Its articles by rubric.</summary>
    public required IReadOnlyList<RubricView> Rubrics { get; init; }

    /// <summary>How many articles it has.</summary>
    public int ArticleCount => Rubrics.Sum(r => r.Articles.Count);

    /// <summary>Whether there is nothing to publish.</summary>
    public bool IsEmpty => ArticleCount == 0 && IntroductionHtml.Length == 0;
}

/// <summary>The cover picture of an issue.</summary>
/// <param name="FileId">Its file.</param>
/// <param name="Text">What it shows; empty when it only adorns.</param>
public sealed record CoverView(Guid FileId, string Text)
{
    /// <summary>The cover of that file; null without one.</summary>
    internal static CoverView? Of(Guid? file, string? text) => file is { } id ? new(id, text ?? "") : null;
}

/// <summary>What becomes of a cover picture.</summary>
/// <param name="Picture">The new picture, cleaned; null keeps what there is.</param>
/// <param name="Removes">Whether it is taken away.</param>
/// <param name="Text">What it shows, or null.</param>
public sealed record CoverChange(byte[]? Picture, bool Removes, string? Text)
{
    /// <summary>File and text of a cover after the change; the caller saves.</summary>
    internal async Task<(Guid? File, string? Text)> ApplyAsync(AppDbContext db, CoverPictures covers, Guid? present, CancellationToken cancellation)
    {
        var file = Picture is not null ? await covers.StoreAsync(db, Picture, cancellation) : Removes ? null : present;
        return (file, file is null || string.IsNullOrWhiteSpace(Text) ? null : Text.Trim());
    }
}

/// <summary>The articles of one rubric, in order.</summary>
/// <param name="Name">Its name, or null.</param>
/// <param name="Articles">In order.</param>
public sealed record RubricView(string? Name, IReadOnlyList<ArticleView> Articles)
{
    /// <summary>Articles that stand in order, gathered by rubric.</summary>
    public static IReadOnlyList<RubricView> Of(IEnumerable<(string? Rubric, ArticleView Article)> articles) =>
        [.. articles.GroupBy(a => a.Rubric, a => a.Article).Select(g => new RubricView(g.Key, [.. g]))];
}

/// <summary>An article of the web as the revue tells of it.</summary>
public sealed record ArticleView
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }
    /// <summary>Where it comes from.</summary>
    public required string SourceName { get; init; }
    /// <summary>Author of the page, or null.</summary>
    public string? Author { get; init; }
    /// <summary>Date of the page.</summary>
    public required DateTime DatedAt { get; init; }
    /// <summary>What the animator says of it, or null.</summary>
    public string? Line { get; init; }
    /// <summary>Excerpt, plain text; empty for none.</summary>
    public required string Excerpt { get; init; }
    /// <summary>Who found it, or null when a source brought it.</summary>
    public FinderView? Finder { get; init; }
    /// <summary>Its discussion, as far as the reader may see it.</summary>
    public DiscussionLink? Discussion { get; init; }

    /// <summary>A published article, without who found it and where it is discussed.</summary>
    internal static ArticleView Of(IssueArticle article) => new()
    {
        Id = article.Id,
        Title = article.Title,
        Address = article.Address,
        SourceName = article.SourceName,
        Author = article.Author,
        DatedAt = article.DatedAt,
        Line = article.Line,
        Excerpt = article.Excerpt,
    };
}

/// <summary>Who found an article.</summary>
/// <param name="Name">Name as shown.</param>
/// <param name="Handle">Handle.</param>
public sealed record FinderView(string Name, string Handle);

/// <summary>Where an article is discussed.</summary>
/// <param name="Address">From the root.</param>
/// <param name="CommentCount">Comments there.</param>
public sealed record DiscussionLink(string Address, int CommentCount);
