using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Platform.Data;

/// <summary>
/// The one model. A context is opened for a viewer (<see cref="AppDb.Open"/>) and lives for one operation: what the viewer may not
/// read is filtered here, where it cannot be forgotten. Without a viewer it shows what is public.
/// </summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : IdentityUserContext<Member, Guid>(options)
{
    /// <summary>Name of the filter by rights; lifted by nobody but the platform's jobs, through <see cref="Viewer.System"/>.</summary>
    public const string AccessFilter = "access";

    /// <summary>Name of the filter that hides the trash.</summary>
    public const string DeletedFilter = "deleted";

    /// <summary>Name of the filter that leaves what somebody wrote for himself to its author.</summary>
    public const string PrivateFilter = "private";

    /// <summary>For whom this context reads.</summary>
    public Viewer Viewer { get; internal set; } = Viewer.Anonymous;

    private List<Action>? _onceCommitted;

    /// <summary>Does something once others see what is written here: at once, or after the transaction of <see cref="AppDb.TransactAsync"/>; a worker woken before would find nothing.</summary>
    public void OnceCommitted(Action act)
    {
        if (Database.CurrentTransaction is null) act();
        else (_onceCommitted ??= []).Add(act);
    }

    internal void TellCommitted()
    {
        foreach (var act in _onceCommitted ?? []) act();
    }

    // The filters read these through the context, so that one compiled model serves every viewer.
    private Guid ViewerId => Viewer.MemberId;
    private Guid ViewedAsMemberOf => Viewer.AsMemberOf;
    private bool IsSignedIn => Viewer.IsSignedIn;
    private bool SeesAll => Viewer.SeesAll;

    /// <summary>Contents, whatever tool made them.</summary>
    public DbSet<ContentItem> Items => Set<ContentItem>();
    /// <summary>Comments.</summary>
    public DbSet<Comment> Comments => Set<Comment>();
    /// <summary>Tags on contents.</summary>
    public DbSet<TagLink> Tags => Set<TagLink>();
    /// <summary>Reactions.</summary>
    public DbSet<Reaction> Reactions => Set<Reaction>();
    /// <summary>Attachments.</summary>
    public DbSet<Attachment> Attachments => Set<Attachment>();
    /// <summary>Which content was made from which.</summary>
    public DbSet<ContentLink> ContentLinks => Set<ContentLink>();
    /// <summary>Who wrote contents beside their authors.</summary>
    public DbSet<CoAuthor> CoAuthors => Set<CoAuthor>();
    /// <summary>Texts before their edits.</summary>
    public DbSet<Revision> Revisions => Set<Revision>();
    /// <summary>Follow and mute.</summary>
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    /// <summary>How far each has read.</summary>
    public DbSet<ReadMark> ReadMarks => Set<ReadMark>();
    /// <summary>How far the viewer has read, beside contents that were found already.</summary>
    public IQueryable<OwnReadMark> OwnReadMarks => Set<OwnReadMark>();
    /// <summary>Changes of texts that several write at once.</summary>
    public DbSet<CoeditUpdate> CoeditUpdates => Set<CoeditUpdate>();
    /// <summary>Those texts as they were last handed to their tools.</summary>
    public DbSet<CoeditText> CoeditTexts => Set<CoeditText>();
    /// <summary>People without an account who take part in contents.</summary>
    public DbSet<Guest> Guests => Set<Guest>();
    /// <summary>Unsent texts.</summary>
    public DbSet<Draft> Drafts => Set<Draft>();
    /// <summary>Groups that the viewer may know of.</summary>
    public DbSet<Group> Groups => Set<Group>();
    /// <summary>Memberships.</summary>
    public DbSet<Membership> Memberships => Set<Membership>();
    /// <summary>Invitations.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();
    /// <summary>Addresses that want no more of them.</summary>
    public DbSet<InvitationRefusal> InvitationRefusals => Set<InvitationRefusal>();
    /// <summary>Tools of groups.</summary>
    public DbSet<GroupTool> GroupTools => Set<GroupTool>();
    /// <summary>Members.</summary>
    public DbSet<Member> Members => Set<Member>();
    /// <summary>Organisations.</summary>
    public DbSet<Organisation> Organisations => Set<Organisation>();
    /// <summary>Who stands for which organisation.</summary>
    public DbSet<Affiliation> Affiliations => Set<Affiliation>();
    /// <summary>Sign-ins.</summary>
    public DbSet<Session> Sessions => Set<Session>();
    /// <summary>Links sent by mail.</summary>
    public DbSet<MailedLink> MailedLinks => Set<MailedLink>();
    /// <summary>Keys of feeds and API.</summary>
    public DbSet<AccessKey> AccessKeys => Set<AccessKey>();
    /// <summary>What happened: stream and outbox.</summary>
    public DbSet<Activity> Activities => Set<Activity>();
    /// <summary>Who was told.</summary>
    public DbSet<Notification> Notifications => Set<Notification>();
    /// <summary>Mails.</summary>
    public DbSet<MailRow> Mails => Set<MailRow>();
    /// <summary>What each wants by mail, and when.</summary>
    public DbSet<MailPreferences> MailPreferences => Set<MailPreferences>();
    /// <summary>Summaries sent.</summary>
    public DbSet<Digest> Digests => Set<Digest>();
    /// <summary>What stood in the summaries.</summary>
    public DbSet<DigestLine> DigestLines => Set<DigestLine>();
    /// <summary>Addresses that do not take mail as they should.</summary>
    public DbSet<AddressStanding> AddressStandings => Set<AddressStanding>();
    /// <summary>Mails that came back.</summary>
    public DbSet<Bounce> Bounces => Set<Bounce>();
    /// <summary>Mails that came in.</summary>
    public DbSet<ReceivedMail> ReceivedMails => Set<ReceivedMail>();
    /// <summary>What was written by mail.</summary>
    public DbSet<PostedByMail> PostedByMail => Set<PostedByMail>();
    /// <summary>Links of mails that have served.</summary>
    public DbSet<SpentLink> SpentLinks => Set<SpentLink>();
    /// <summary>When each worker last showed life.</summary>
    public DbSet<Pulse> Pulses => Set<Pulse>();
    /// <summary>Files.</summary>
    public DbSet<StoredFile> Files => Set<StoredFile>();
    /// <summary>Files that members are sending piece by piece.</summary>
    public DbSet<Upload> Uploads => Set<Upload>();
    /// <summary>What the search index holds.</summary>
    public DbSet<SearchDocument> SearchDocuments => Set<SearchDocument>();
    /// <summary>Keys that protect cookies, forms and links, where they are not in a folder.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    /// <summary>Choices of the administrators.</summary>
    public DbSet<Setting> Settings => Set<Setting>();
    /// <summary>The security log.</summary>
    public DbSet<SecurityEvent> SecurityEvents => Set<SecurityEvent>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        BoundIdentityKeys(builder);
        foreach (var module in this.GetService<ModuleCatalog>().Modules) module.ConfigureModel(builder);

        // The groups of the viewer are gathered once for a question, not asked again for each row.
        builder.Entity<ContentItem>().HasQueryFilter(AccessFilter, item =>
            SeesAll
            || item.Audience == Audience.Public
            || (IsSignedIn && item.Audience == Audience.Platform)
            || item.GroupId == ViewedAsMemberOf
            || Memberships.Where(m => m.MemberId == ViewerId && m.State == MembershipState.Active).Select(m => m.GroupId).Contains(item.GroupId));
        builder.Entity<ContentItem>().HasQueryFilter(DeletedFilter, item => item.DeletedAt == null);
        builder.Entity<Comment>().HasQueryFilter(DeletedFilter, comment => comment.DeletedAt == null);

        builder.Entity<Group>().HasQueryFilter(AccessFilter, group =>
            SeesAll
            || group.Visibility == GroupVisibility.AllMembers
            || group.Id == ViewedAsMemberOf
            || Memberships.Where(m => m.MemberId == ViewerId && m.State == MembershipState.Active).Select(m => m.GroupId).Contains(group.Id));

        foreach (var type in builder.Model.GetEntityTypes().Select(t => t.ClrType).Where(typeof(IMembersOnly).IsAssignableFrom).ToList())
            MembersOnlyFilter.MakeGenericMethod(type).Invoke(this, [builder]);
        foreach (var type in builder.Model.GetEntityTypes().Select(t => t.ClrType).Where(typeof(IReadByAudience).IsAssignableFrom).ToList())
            AudienceFilter.MakeGenericMethod(type).Invoke(this, [builder]);
        foreach (var type in builder.Model.GetEntityTypes().Select(t => t.ClrType).Where(typeof(IOwnRow).IsAssignableFrom).ToList())
            OwnFilter.MakeGenericMethod(type).Invoke(this, [builder]);
        foreach (var type in builder.Model.GetEntityTypes().Select(t => t.ClrType).Where(typeof(IPrivateRow).IsAssignableFrom).ToList())
            PrivateRowFilter.MakeGenericMethod(type).Invoke(this, [builder]);

        // The same rows as the marks of all; the viewer's need no look at the rights to what was read.
        builder.Entity<OwnReadMark>().HasNoKey().ToView("ReadMarks").HasQueryFilter(AccessFilter, mark => SeesAll || mark.MemberId == ViewerId);
        builder.ReadableWithItem();
        builder.UseConventionsOf(Database.ProviderName);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>().HavePrecision(6);
        configurationBuilder.Properties<Enum>().HaveConversion<int>();
    }

    private static readonly MethodInfo MembersOnlyFilter = typeof(AppDbContext).GetMethod(nameof(FilterMembersOnly), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void FilterMembersOnly<T>(ModelBuilder builder) where T : class, IMembersOnly => builder.Entity<T>().HasQueryFilter(AccessFilter, row =>
        SeesAll
        || row.GroupId == ViewedAsMemberOf
        || Memberships.Where(m => m.MemberId == ViewerId && m.State == MembershipState.Active).Select(m => m.GroupId).Contains(row.GroupId));

    private static readonly MethodInfo AudienceFilter = typeof(AppDbContext).GetMethod(nameof(FilterByAudience), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void FilterByAudience<T>(ModelBuilder builder) where T : class, IReadByAudience => builder.Entity<T>().HasQueryFilter(AccessFilter, row =>
        SeesAll
        || row.GroupId == ViewedAsMemberOf
        || (IsSignedIn && row.Audience == Audience.Platform && Groups.Any(g => g.Id == row.GroupId && g.Visibility == GroupVisibility.AllMembers && g.Ceiling >= Audience.Platform))
        || Memberships.Where(m => m.MemberId == ViewerId && m.State == MembershipState.Active).Select(m => m.GroupId).Contains(row.GroupId));

    private static readonly MethodInfo OwnFilter = typeof(AppDbContext).GetMethod(nameof(FilterOwn), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void FilterOwn<T>(ModelBuilder builder) where T : class, IOwnRow => builder.Entity<T>().HasQueryFilter(AccessFilter, row => SeesAll || row.MemberId == ViewerId);

    private static readonly MethodInfo PrivateRowFilter = typeof(AppDbContext).GetMethod(nameof(FilterPrivate), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void FilterPrivate<T>(ModelBuilder builder) where T : class, IPrivateRow => builder.Entity<T>().HasQueryFilter(PrivateFilter, row => SeesAll || !row.IsPrivate || row.AuthorId == ViewerId);

    // Identity leaves these keys without a length, beyond what SQL Server takes for a clustered one (900 bytes).
    private static void BoundIdentityKeys(ModelBuilder builder)
    {
        builder.Entity<IdentityUserLogin<Guid>>(login =>
        {
            login.Property(l => l.LoginProvider).HasMaxLength(128);
            login.Property(l => l.ProviderKey).HasMaxLength(128);
        });
        builder.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.Property(t => t.LoginProvider).HasMaxLength(128);
            token.Property(t => t.Name).HasMaxLength(128);
        });
    }

    /// <summary>SQL Server and SQLite give dates back without their kind: they are all UTC. Cut to microseconds, which every provider keeps.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => new DateTime(value.Ticks - (value.Ticks % 10), DateTimeKind.Utc),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
