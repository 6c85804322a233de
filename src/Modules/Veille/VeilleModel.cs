using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Outlets;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Readers;
using TerritoireCollab.Veille.Sorting;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille;

/// <summary>How the rows of the veille are stored.</summary>
internal static class VeilleModel
{
    /// <summary>Letters of a fingerprint: half of a SHA-256 in hexadecimal.</summary>
    public const int KeyLength = 32;

    public static void Configure(ModelBuilder model)
    {
        Sources(model);
        Pool(model);
        Issues(model);
        Outlets(model);
        var find = model.Content<Find>();
        find.ToTable("VeilleFinds");
        find.Property(x => x.Address).HasMaxLength(News.AddressLength);
        find.HasIndex(x => x.NewsId);
        find.HasOne<StoredFile>().WithMany().HasForeignKey(x => x.PictureId).OnDelete(DeleteBehavior.Restrict);
        model.Entity<FindQuote>(quote =>
        {
            quote.ToTable("VeilleQuotes");
            quote.Property(x => x.Text).HasMaxLength(FindQuote.TextLength);
            quote.Property(x => x.Note).HasMaxLength(FindQuote.NoteLength);
            quote.HasIndex(x => new { x.ItemId, x.At });
            quote.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        var editorial = model.Content<Editorial>();
        editorial.ToTable("VeilleEditorials");
        editorial.Property(x => x.Slug).HasMaxLength(Editorial.SlugLength);
        editorial.HasIndex(x => x.Slug).IsUnique();
        model.Entity<PoolRule>(rule =>
        {
            rule.ToTable("VeilleRules");
            rule.Property(x => x.Query).HasMaxLength(PoolRule.QueryLength);
            rule.Property(x => x.Folder).HasMaxLength(GroupSource.NameLength);
            rule.HasIndex(x => new { x.GroupId, x.Position });
            rule.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RevueReader>(reader =>
        {
            reader.ToTable("VeilleReaders");
            reader.Property(x => x.Email).HasMaxLength(RevueReader.EmailLength);
            reader.Property(x => x.NormalizedEmail).HasMaxLength(RevueReader.EmailLength);
            reader.HasIndex(x => new { x.GroupId, x.NormalizedEmail }).IsUnique();
            reader.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<VeilleProfile>(profile =>
        {
            profile.ToTable("VeilleProfiles");
            profile.HasKey(x => x.GroupId);
            profile.Property(x => x.Name).HasMaxLength(100);
            profile.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Sources(ModelBuilder model)
    {
        model.Entity<Source>(source =>
        {
            source.ToTable("VeilleSources");
            source.Property(x => x.Address).HasMaxLength(Source.AddressLength);
            source.Property(x => x.Title).HasMaxLength(GroupSource.NameLength);
            source.Property(x => x.BodyHash).HasMaxLength(64);
            source.Property(x => x.SelectorsKey).HasMaxLength(KeyLength);
            source.HasIndex(x => new { x.Address, x.SelectorsKey }).IsUnique();
            source.HasIndex(x => new { x.State, x.NextFetchAt });
        });
        model.Entity<SourceHub>(hub =>
        {
            hub.ToTable("VeilleHubs");
            hub.HasKey(x => x.SourceId);
            hub.Property(x => x.Hub).HasMaxLength(Source.AddressLength);
            hub.Property(x => x.Topic).HasMaxLength(Source.AddressLength);
            hub.Property(x => x.Token).HasMaxLength(64);
            hub.HasIndex(x => x.Token).IsUnique();
            hub.HasIndex(x => new { x.State, x.NextAskAt });
            hub.HasOne(x => x.Source).WithOne().HasForeignKey<SourceHub>(x => x.SourceId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<GroupSource>(source =>
        {
            source.ToTable("VeilleGroupSources");
            source.Property(x => x.Name).HasMaxLength(GroupSource.NameLength);
            source.Property(x => x.Folder).HasMaxLength(GroupSource.NameLength);
            source.HasIndex(x => new { x.GroupId, x.SourceId }).IsUnique();
            source.HasOne(x => x.Source).WithMany().HasForeignKey(x => x.SourceId).OnDelete(DeleteBehavior.Restrict);
            source.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Pool(ModelBuilder model)
    {
        model.Entity<News>(news =>
        {
            news.ToTable("VeilleNews");
            news.Property(x => x.Address).HasMaxLength(News.AddressLength);
            news.Property(x => x.AddressKey).HasMaxLength(KeyLength);
            news.Property(x => x.TitleKey).HasMaxLength(KeyLength);
            news.Property(x => x.Title).HasMaxLength(News.TitleLength);
            news.Property(x => x.Author).HasMaxLength(GroupSource.NameLength);
            news.Property(x => x.Excerpt).HasMaxLength(News.ExcerptLength);
            news.Property(x => x.Language).HasMaxLength(40);
            news.HasIndex(x => x.AddressKey).IsUnique();
            news.HasIndex(x => new { x.TitleKey, x.FirstSeenAt });
            news.HasIndex(x => x.SameAsId);
            news.HasOne<News>().WithMany().HasForeignKey(x => x.SameAsId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<NewsMark>(mark =>
        {
            mark.ToTable("VeilleMarks");
            mark.HasKey(x => new { x.Mark, x.NewsId });
            mark.HasIndex(x => x.SeenAt);
        });
        model.Entity<FullText>(text =>
        {
            text.ToTable("VeilleTexts");
            text.HasKey(x => x.NewsId);
            text.HasOne<News>().WithOne().HasForeignKey<FullText>(x => x.NewsId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Sighting>(sighting =>
        {
            sighting.ToTable("VeilleSightings");
            sighting.HasKey(x => new { x.SourceId, x.EntryKey });
            sighting.Property(x => x.EntryKey).HasMaxLength(KeyLength);
            sighting.HasIndex(x => x.NewsId);
        });
        model.Entity<PoolEntry>(entry =>
        {
            entry.ToTable("VeillePool");
            entry.Property(x => x.Rubric).HasMaxLength(PoolEntry.RubricLength);
            entry.Property(x => x.Line).HasMaxLength(PoolEntry.LineLength);
            entry.Property(x => x.ChosenExcerpt).HasMaxLength(News.ExcerptLength);
            entry.Property(x => x.Version).IsConcurrencyToken();
            entry.HasIndex(x => new { x.GroupId, x.NewsId }).IsUnique();
            entry.HasIndex(x => new { x.GroupId, x.State, x.ArrivedAt });
            entry.HasIndex(x => new { x.GroupId, x.SourceId, x.ArrivedAt });
            entry.HasIndex(x => x.FindId);
            entry.HasIndex(x => x.IssueId);
            entry.HasOne(x => x.News).WithMany().HasForeignKey(x => x.NewsId).OnDelete(DeleteBehavior.Restrict);
            entry.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Issues(ModelBuilder model)
    {
        model.Entity<Issue>(issue =>
        {
            issue.ToTable("VeilleIssues");
            issue.Property(x => x.Title).HasMaxLength(ContentItem.TitleLength);
            issue.Property(x => x.CoverText).HasMaxLength(Issue.CoverTextLength);
            issue.HasOne<StoredFile>().WithMany().HasForeignKey(x => x.CoverFileId).OnDelete(DeleteBehavior.Restrict);
            issue.Property(x => x.Version).IsConcurrencyToken();
            issue.HasIndex(x => new { x.GroupId, x.Number }).IsUnique();
            issue.HasIndex(x => new { x.GroupId, x.Week }).IsUnique();
            issue.HasIndex(x => new { x.State, x.PublishAt });
            issue.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
        var published = model.Content<PublishedIssue>();
        published.ToTable("VeillePublishedIssues");
        published.HasIndex(x => x.Number);
        published.Property(x => x.CoverText).HasMaxLength(Issue.CoverTextLength);
        published.HasOne<StoredFile>().WithMany().HasForeignKey(x => x.CoverFileId).OnDelete(DeleteBehavior.Restrict);
        model.Entity<IssueArticle>(article =>
        {
            article.ToTable("VeilleArticles");
            article.Property(x => x.Rubric).HasMaxLength(PoolEntry.RubricLength);
            article.Property(x => x.Title).HasMaxLength(News.TitleLength);
            article.Property(x => x.Address).HasMaxLength(News.AddressLength);
            article.Property(x => x.SourceName).HasMaxLength(GroupSource.NameLength);
            article.Property(x => x.Author).HasMaxLength(GroupSource.NameLength);
            article.Property(x => x.Line).HasMaxLength(PoolEntry.LineLength);
            article.Property(x => x.Excerpt).HasMaxLength(News.ExcerptLength);
            article.HasIndex(x => new { x.ItemId, x.Position }).IsUnique();
            article.HasIndex(x => new { x.GroupId, x.PublishedAt });
            article.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void Outlets(ModelBuilder model)
    {
        model.Entity<Outlet>(outlet =>
        {
            outlet.ToTable("VeilleOutlets");
            outlet.Property(x => x.Name).HasMaxLength(Outlet.NameLength);
            outlet.Property(x => x.Address).HasMaxLength(Outlet.AddressLength);
            outlet.Property(x => x.Message).HasMaxLength(Outlet.MessageLength);
            outlet.HasIndex(x => x.GroupId);
            outlet.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Announcement>(announcement =>
        {
            announcement.ToTable("VeilleAnnouncements");
            announcement.Property(x => x.RemoteAddress).HasMaxLength(News.AddressLength);
            announcement.HasIndex(x => new { x.OutletId, x.ItemId }).IsUnique();
            announcement.HasIndex(x => new { x.State, x.NextTryAt });
            announcement.HasOne(x => x.Outlet).WithMany().HasForeignKey(x => x.OutletId).OnDelete(DeleteBehavior.Cascade);
            announcement.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
