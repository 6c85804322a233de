using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Demo;

/// <summary>The articles of the demo territory: what its members tell of what they did, with one that waits for its hour and one that is being written.</summary>
internal sealed class ArticleSeed : IDemoSeed
{
    public int Order => 20;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        var sources = context.Texts.Read<ArticleSource[]>("articles");
        var published = new Dictionary<DemoPost, (ArticleSource Source, Guid? Cover, DemoMember? With)>(ReferenceEqualityComparer.Instance);
        foreach (var (source, group) in sources.Where(s => s.State == ArticleState.Published).SelectMany(s => context.Groups.Where(g => g.Pattern == s.Group), (s, g) => (s, g)))
        {
            var post = Post(context, source, group);
            Guid? cover = source.CoverHue is { } hue ? await context.StoreAsync(new DemoFile("couverture.png", WovenPicture.Png(hue)), post.At, cancellation) : null;
            var with = source.Shared ? post.Group.WritersAt(source.DaysAgo).FirstOrDefault(m => m.Id != post.Author.Id) : null;
            published.Add(post, (source, cover, with));
        }

        await context.PublishAsync(published.Keys, (post, item, body) => Rows(post, item, body, published[post]), cancellation);
        foreach (var source in sources.Where(s => s.State != ArticleState.Published)) await context.InsertAsync([Draft(context, source)], cancellation);
    }

    private static IEnumerable<object> Rows(DemoPost post, ContentItem item, RenderedBody body, (ArticleSource Source, Guid? Cover, DemoMember? With) made)
    {
        item.Excerpt = Excerpt.Cut(made.Source.Summary, ContentItem.ExcerptLength);
        item.HasCoAuthors = made.With is not null;
        yield return new Article
        {
            Id = item.Id,
            Item = item,
            Summary = made.Source.Summary,
            Body = post.Body,
            BodyHtml = body.Html,
            BodyRenderer = body.Renderer,
            CoverFileId = made.Cover,
            CoverText = made.Cover is null ? null : made.Source.CoverText,
            Series = made.Source.Series,
            SeriesKey = made.Source.Series is { } series ? Slug.Of(series) : null,
            WordCount = ReadingTime.Words(made.Source.Summary) + ReadingTime.Words(post.Body),
        };
        if (made.With is { } with) yield return new CoAuthor { ItemId = item.Id, MemberId = with.Id, OrganisationId = with.OrganisationId, Position = 1 };
    }

    private static DemoPost Post(DemoContext context, ArticleSource source, DemoGroup group)
    {
        var random = context.Random.Fork(group.Copy == 1 ? $"article/{source.Title}" : $"article/{group.Copy}/{source.Title}");
        var writers = group.WritersAt(source.DaysAgo) is { Count: > 0 } there ? there : group.Animators;
        return new()
        {
            Kind = ArticlesModule.ArticleKind,
            Group = group,
            Author = random.Pick(writers),
            Title = source.Title,
            Body = source.Body,
            At = context.At(source.DaysAgo, source.Hour, random.Below(60)),
            Audience = group.IsHidden ? Audience.Group : source.Audience,
            Tags = source.Tags,
            IsPinned = source.Pinned,
            FeaturedAt = source.Featured && group.Copy == 1 ? context.At(source.DaysAgo - 1, 9, 0) : null,
            Thanks = random.Below(6),
            Useful = random.Below(8),
            Answers = [.. source.Comments.Select((comment, index) => new DemoAnswer { Author = random.Pick(writers), At = context.At(Math.Max(0, source.DaysAgo - 1 - index), 9 + index, random.Below(60)), Body = comment })],
        };
    }

    // Of the demo account that animates, so that whoever looks around finds them.
    private static ArticleDraft Draft(DemoContext context, ArticleSource source)
    {
        var group = context.Groups.First(g => g.Slug == source.Group);
        var author = group.Animators.FirstOrDefault(a => a.Account is not null) ?? group.Animators[0];
        var draft = new ArticleDraft
        {
            Id = context.NewKey(),
            GroupId = group.Id,
            Title = source.Title,
            Summary = source.Summary,
            Body = source.Body,
            Tags = string.Join(", ", source.Tags),
            Audience = source.Audience,
            CreatedById = author.Id,
            UpdatedAt = context.At(1, source.Hour, 20),
            PublishAt = source.State == ArticleState.Scheduled ? context.At(-NextMonday(context), 8, 0) : null,
            ScheduledById = source.State == ArticleState.Scheduled ? author.Id : null,
        };
        draft.Authors.Add(new DraftAuthor { DraftId = draft.Id, MemberId = author.Id, Position = 0 });
        return draft;
    }

    private static int NextMonday(DemoContext context) => (DayOfWeek.Monday - context.Today.DayOfWeek + 7) % 7 is var days && days == 0 ? 7 : days;

    private enum ArticleState
    {
        Published = 0,
        Scheduled = 1,
        Draft = 2,
    }

    private sealed record ArticleSource(
        string Group, string Title, string Summary, string Body, int DaysAgo, int Hour, Audience Audience, string[] Tags, string[] Comments,
        bool Pinned = false, bool Shared = false, bool Featured = false, string? Series = null, int? CoverHue = null, string? CoverText = null, ArticleState State = ArticleState.Published);
}
