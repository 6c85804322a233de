using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Wiki.Demo;
using TerritoireCollab.Wiki.Exchange;
using TerritoireCollab.Wiki.Faces;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Tree;
using TerritoireCollab.Wiki.Versions;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki;

/// <summary>Pages that a group writes together: a tree, links by title, every version kept.</summary>
public sealed class WikiModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "pages";

    /// <summary>Key of the kind of content.</summary>
    public const string PageKind = "wiki.page";

    /// <summary>Write a new page.</summary>
    public static readonly Permission Create = new() { Key = "wiki.page.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>Rewrite a page that the members write, whoever wrote it first, and find it its place.</summary>
    public static readonly Permission Edit = new() { Key = "wiki.page.edit", Least = GroupRole.Member };

    /// <summary>The tool.</summary>
    public static readonly Tool Wiki = new() { Key = ToolKey, Name = () => WikiTexts.Wiki, Icon = "file-text", Order = 70, FeedsChanges = true, CreateLabel = () => WikiTexts.WriteNew, FromSource = () => WikiTexts.MakePage };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool => Wiki;

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = PageKind,
            Tool = ToolKey,
            Name = () => WikiTexts.Page,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed
                | Capability.Attachable | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services
        .AddSingleton<IContentFace, PageFace>().AddSingleton<IDemoSeed, PageSeed>().AddSingleton<IMoreFollowers>(s => s.GetRequiredService<FollowTree>()).AddSingleton<SubPages>().AddSingleton<IContentCompanion>(s => s.GetRequiredService<SubPages>()).AddSingleton<FollowedEdits>().AddSingleton<ICoeditedText, WriteTogether>().AddSingleton<IAnnotatedText, AnnotatePage>()
        .AddSingleton<PageLinks>().AddSingleton<NewPage>().AddSingleton<CreatePage>().AddSingleton<EditPage>().AddSingleton<ReadPage>().AddSingleton<ReadPages>().AddSingleton<KeepImages>()
        .AddSingleton<ListPages>().AddSingleton<ArrangePage>().AddSingleton<RemovePage>().AddSingleton<FollowTree>().AddSingleton<FollowWiki>().AddSingleton<FeedTree>().AddSingleton<SuggestTitles>()
        .AddSingleton<ReadVersions>().AddSingleton<NameVersion>().AddSingleton<RestoreVersion>()
        .AddSingleton<ExportPage>();

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model)
    {
        var page = model.Content<WikiPage>();
        page.ToTable("WikiPages");
        page.Property(p => p.FoldedTitle).HasMaxLength(ContentItem.TitleLength);
        page.Property(p => p.FirstName).HasMaxLength(Platform.Revisions.Revision.NameLength);
        page.HasIndex(p => p.FoldedTitle);
        page.HasIndex(p => p.ParentId);
        model.Entity<WikiLink>(link =>
        {
            link.ToTable("WikiLinks");
            link.HasKey(l => new { l.ItemId, l.Key });
            link.Property(l => l.Key).HasMaxLength(ContentItem.TitleLength);
            link.HasIndex(l => l.TargetId);
            link.HasIndex(l => l.Key);
            link.HasOne(l => l.Item).WithMany().HasForeignKey(l => l.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<TreeFollower>(follower =>
        {
            follower.ToTable("WikiTreeFollowers");
            follower.HasKey(f => new { f.ItemId, f.MemberId });
            follower.HasIndex(f => f.MemberId);
            follower.HasOne(f => f.Item).WithMany().HasForeignKey(f => f.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<WikiFollower>(follower =>
        {
            follower.ToTable("WikiFollowers");
            follower.HasKey(f => new { f.GroupId, f.MemberId });
            follower.HasIndex(f => f.MemberId);
            follower.HasOne<Group>().WithMany().HasForeignKey(f => f.GroupId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapWiki();
        endpoints.MapWikiApi();
    }
}
