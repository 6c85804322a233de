using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Copies;
using TerritoireCollab.Bookmarks.Demo;
using TerritoireCollab.Bookmarks.Exchange;
using TerritoireCollab.Bookmarks.Faces;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Own;
using TerritoireCollab.Bookmarks.Quotes;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Bookmarks;

/// <summary>Links worth keeping, with why they are: brought by hand, by a button of the browser or from a file, and looked after at night.</summary>
public sealed class BookmarksModule : IModule
{
    private const int TagLength = 40;

    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "favoris";

    /// <summary>Key of the kind of content.</summary>
    public const string BookmarkKind = "bookmarks.bookmark";

    /// <summary>Add a bookmark.</summary>
    public static readonly Permission Add = new() { Key = "bookmarks.bookmark.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool { get; } = new() { Key = ToolKey, Name = () => BookmarksTexts.Bookmarks, Icon = "bookmark", Order = 40, CreateLabel = () => BookmarksTexts.AddTitle };

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = BookmarkKind,
            Tool = ToolKey,
            Name = () => BookmarksTexts.Bookmark,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services
        .AddSingleton<IContentFace, BookmarkFace>().AddSingleton<IShareTarget, BookmarkTarget>().AddSingleton<ListShareChoices>().AddSingleton<IDemoSeed, BookmarkSeed>()
        .AddSingleton<AskAboutPage>().AddSingleton<NewBookmark>().AddSingleton<AddBookmark>().AddSingleton<EditBookmark>().AddSingleton<ListBookmarks>().AddSingleton<ReadBookmark>().AddSingleton<ReadBookmarks>()
        .AddSingleton<CheckLinks>().AddSingleton<IRecurringJob>(p => p.GetRequiredService<CheckLinks>())
        .AddSingleton<ImportBookmarks>().AddSingleton<ExportBookmarks>().AddSingleton<WriteBookmarks>()
        .AddSingleton<KeepOwnBookmark>().AddSingleton<EditOwnBookmark>().AddSingleton<RemoveOwnBookmark>().AddSingleton<ListOwnBookmarks>().AddSingleton<ImportOwnBookmarks>().AddSingleton<ExportOwnBookmarks>()
        .AddSingleton<IRecurringJob, EraseOwnBookmarks>()
        .AddSingleton<AddQuote>().AddSingleton<ReadQuotes>().AddSingleton<EditQuote>().AddSingleton<RemoveQuote>().AddSingleton<IRecurringJob, EraseQuotes>()
        .AddSingleton<KeepCopy>().AddSingleton<ReadCopies>().AddSingleton<RemoveCopy>();

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model)
    {
        var bookmark = model.Content<Bookmark>();
        bookmark.ToTable("Bookmarks");
        bookmark.Property(b => b.Address).HasMaxLength(PageAddress.MaxLength);
        bookmark.Property(b => b.AddressKey).HasMaxLength(Bookmark.KeyLength);
        bookmark.HasIndex(b => b.AddressKey);
        bookmark.HasIndex(b => b.CheckedAt);

        model.Entity<OwnBookmark>(own =>
        {
            own.ToTable("OwnBookmarks");
            own.Property(b => b.Id).ValueGeneratedNever();
            own.Property(b => b.ShortId).HasMaxLength(ShortIds.Length);
            own.Property(b => b.Address).HasMaxLength(PageAddress.MaxLength);
            own.Property(b => b.AddressKey).HasMaxLength(Bookmark.KeyLength);
            own.Property(b => b.Title).HasMaxLength(ContentItem.TitleLength);
            own.Property(b => b.Note).HasMaxLength(OwnBookmark.NoteLength);
            own.HasIndex(b => b.ShortId).IsUnique();
            own.HasIndex(b => new { b.MemberId, b.AddressKey }).IsUnique();
            own.HasIndex(b => new { b.MemberId, b.CreatedAt });
            own.HasOne<Member>().WithMany().HasForeignKey(b => b.MemberId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<OwnBookmarkTag>(tag =>
        {
            tag.ToTable("OwnBookmarkTags");
            tag.HasKey(t => new { t.BookmarkId, t.Slug });
            tag.Property(t => t.Slug).HasMaxLength(TagLength);
            tag.Property(t => t.Name).HasMaxLength(TagLength);
            tag.HasQueryFilter(AppDbContext.AccessFilter, t => t.Bookmark != null);
            tag.HasOne(t => t.Bookmark).WithMany(b => b.Tags).HasForeignKey(t => t.BookmarkId).OnDelete(DeleteBehavior.Cascade);
        });
        ConfigureBesides(model);
    }

    private static void ConfigureBesides(ModelBuilder model)
    {
        model.Entity<BookmarkQuote>(quote =>
        {
            quote.ToTable("BookmarkQuotes");
            quote.Property(q => q.Text).HasMaxLength(BookmarkQuote.TextLength);
            quote.Property(q => q.Note).HasMaxLength(BookmarkQuote.NoteLength);
            quote.Property(q => q.Version).IsConcurrencyToken();
            quote.HasIndex(q => new { q.ItemId, q.At });
            quote.HasIndex(q => q.RemovedAt);
            quote.HasOne(q => q.Item).WithMany().HasForeignKey(q => q.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PageCopy>(copy =>
        {
            copy.ToTable("PageCopies");
            copy.Property(c => c.Id).ValueGeneratedNever();
            copy.Property(c => c.Address).HasMaxLength(PageAddress.MaxLength);
            copy.Property(c => c.AddressKey).HasMaxLength(Bookmark.KeyLength);
            copy.Property(c => c.Title).HasMaxLength(ContentItem.TitleLength);
            copy.HasIndex(c => new { c.MemberId, c.AddressKey }).IsUnique();
            copy.HasIndex(c => new { c.MemberId, c.At });
            copy.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapBookmarks();
        endpoints.MapBookmarksApi();
        endpoints.MapOwnBookmarksApi();
    }
}
