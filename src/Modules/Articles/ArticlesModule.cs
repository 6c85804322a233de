using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Articles.Demo;
using TerritoireCollab.Articles.Faces;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Articles;

/// <summary>Articles, written by several hands, prepared in peace and published when they are ready.</summary>
public sealed class ArticlesModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "articles";

    /// <summary>Key of the kind of content.</summary>
    public const string ArticleKind = "articles.article";

    /// <summary>Prepare an article, and publish one of which one is an author.</summary>
    public static readonly Permission WriteArticle = new() { Key = "articles.article.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>The tool.</summary>
    public static readonly Tool Articles = new() { Key = ToolKey, Name = () => ArticlesTexts.Articles, Icon = "file-text", Order = 20, CreateLabel = () => ArticlesTexts.WriteTitle, FromSource = () => ArticlesTexts.FromSource };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool => Articles;

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = ArticleKind,
            Tool = ToolKey,
            Name = () => ArticlesTexts.Article,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed
                | Capability.Attachable | Capability.Taggable | Capability.Reactable | Capability.Followable | Capability.Featured,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services
        .AddMailKinds(LeftInDraft.NoticeKind, NamedInDraft.NoticeKind)
        .AddSingleton<IContentFace, ArticleFace>().AddSingleton<IHomeBlock, ArticleBlock>().AddSingleton<IGroupNotice, LeftInDraft>().AddSingleton<IGroupNotice, NamedInDraft>().AddSingleton<IFileHolder, HoldPictures>().AddSingleton<IDemoSeed, ArticleSeed>()
        .AddSingleton<SourceAnswers>().AddSingleton<ReadDraft>().AddSingleton<SaveDraft>().AddSingleton<DropDraft>().AddSingleton<ScheduleDraft>().AddSingleton<PublishDraft>().AddSingleton<EditArticle>()
        .AddSingleton<ArticleWake>().AddSingleton<IWorker, PublishDueArticles>()
        .AddSingleton<ListArticles>().AddSingleton<ListMyDrafts>().AddSingleton<ReadSeries>().AddSingleton<IContentCompanion, SeriesThatMoves>().AddSingleton<IFeaturedContents, FeaturedArticles>().AddSingleton<ReadArticle>().AddSingleton<ReadArticlesApi>().AddSingleton<ArticleCovers>();

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model)
    {
        var article = model.Content<Article>();
        article.ToTable("Articles");
        article.Property(x => x.Summary).HasMaxLength(Article.SummaryLength);
        article.Property(x => x.CoverText).HasMaxLength(Article.CoverTextLength);
        article.Property(x => x.Series).HasMaxLength(SeriesName.Longest);
        article.Property(x => x.SeriesKey).HasMaxLength(SeriesName.Longest);
        article.HasIndex(x => x.SeriesKey);
        article.HasOne(x => x.Cover).WithMany().HasForeignKey(x => x.CoverFileId).OnDelete(DeleteBehavior.Restrict);

        model.Entity<ArticleDraft>(draft =>
        {
            draft.ToTable("ArticleDrafts");
            draft.Property(x => x.Id).ValueGeneratedNever();
            draft.Property(x => x.Title).HasMaxLength(ContentItem.TitleLength);
            draft.Property(x => x.Summary).HasMaxLength(Article.SummaryLength);
            draft.Property(x => x.CoverText).HasMaxLength(Article.CoverTextLength);
            draft.Property(x => x.Series).HasMaxLength(SeriesName.Longest);
            draft.Property(x => x.SourceShortId).HasMaxLength(ShortIds.Length);
            draft.Property(x => x.Failure).HasMaxLength(ArticleDraft.FailureLength);
            draft.Property(x => x.Version).IsConcurrencyToken();
            draft.HasIndex(x => x.GroupId);
            draft.HasIndex(x => x.PublishAt);
            draft.HasOne(x => x.Group).WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
            draft.HasOne(x => x.Cover).WithMany().HasForeignKey(x => x.CoverFileId).OnDelete(DeleteBehavior.Restrict);
            draft.HasOne<Member>().WithMany().HasForeignKey(x => x.CreatedById).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<DraftAuthor>(author =>
        {
            author.ToTable("ArticleDraftAuthors");
            author.HasKey(x => new { x.DraftId, x.MemberId });
            author.HasIndex(x => x.MemberId);
            author.HasOne<ArticleDraft>().WithMany(x => x.Authors).HasForeignKey(x => x.DraftId).OnDelete(DeleteBehavior.Cascade);
            author.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<DraftFile>(file =>
        {
            file.ToTable("ArticleDraftFiles");
            file.Property(x => x.Name).HasMaxLength(150);
            file.HasOne<ArticleDraft>().WithMany(x => x.Files).HasForeignKey(x => x.DraftId).OnDelete(DeleteBehavior.Cascade);
            file.HasOne(x => x.File).WithMany().HasForeignKey(x => x.FileId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapArticles();
        endpoints.MapArticlesApi();
    }
}
