using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Coediting;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Platform.Data;

// One class an entity. SQL Server allows a single cascade path between two tables, so members and groups never cascade:
// what hangs on a content goes with it, everything else is removed by the command that closes an account or a group.

internal sealed class ContentItemConfiguration : IEntityTypeConfiguration<ContentItem>
{
    public void Configure(EntityTypeBuilder<ContentItem> entity)
    {
        entity.ToTable("Items");
        entity.Property(x => x.ShortId).HasMaxLength(ShortIds.Length);
        entity.Property(x => x.Kind).HasMaxLength(40);
        entity.Property(x => x.Title).HasMaxLength(ContentItem.TitleLength);
        entity.Property(x => x.Excerpt).HasMaxLength(ContentItem.ExcerptLength);
        entity.Property(x => x.Version).IsConcurrencyToken();
        entity.HasIndex(x => x.ShortId).IsUnique();
        entity.HasIndex(x => new { x.GroupId, x.Kind, x.LastActivityAt });
        // The list of a tool in its own order, and what the filters look at, so that it is counted without its rows.
        entity.HasIndex(x => new { x.GroupId, x.Kind, x.IsPinned, x.LastActivityAt, x.DeletedAt, x.Audience }).HasDatabaseName("IX_Items_List");
        entity.HasIndex(x => new { x.AuthorId, x.CreatedAt });
        entity.HasIndex(x => x.LastActivityAt);
        entity.HasIndex(x => new { x.Audience, x.CreatedAt });
        entity.HasIndex(x => x.DeletedAt);
        // The right to read a row that hangs on a content, without the row of the content.
        entity.HasIndex(x => new { x.Id, x.DeletedAt, x.Audience, x.GroupId }).HasDatabaseName("IX_Items_Rights");
        entity.HasIndex(x => x.FeaturedAt);
        entity.HasOne(x => x.Group).WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.Author).WithMany().HasForeignKey(x => x.AuthorId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.LastActor).WithMany().HasForeignKey(x => x.LastActorId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.Organisation).WithMany().HasForeignKey(x => x.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CommentConfiguration : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> entity)
    {
        entity.ToTable("Comments");
        entity.Property(x => x.Version).IsConcurrencyToken();
        entity.Property(x => x.Quote).HasMaxLength(Passage.QuoteLength);
        entity.Property(x => x.QuotePrefix).HasMaxLength(Passage.AroundLength);
        entity.Property(x => x.QuoteSuffix).HasMaxLength(Passage.AroundLength);
        entity.HasIndex(x => new { x.ItemId, x.Number }).IsUnique();
        entity.HasIndex(x => new { x.ItemId, x.RootNumber, x.Number });
        entity.HasIndex(x => new { x.AuthorId, x.CreatedAt });
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.Author).WithMany().HasForeignKey(x => x.AuthorId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.Organisation).WithMany().HasForeignKey(x => x.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TagLinkConfiguration : IEntityTypeConfiguration<TagLink>
{
    public void Configure(EntityTypeBuilder<TagLink> entity)
    {
        entity.ToTable("Tags");
        entity.HasKey(x => new { x.ItemId, x.Slug });
        entity.Property(x => x.Slug).HasMaxLength(40);
        entity.Property(x => x.Name).HasMaxLength(40);
        entity.HasIndex(x => x.Slug);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TagAliasConfiguration : IEntityTypeConfiguration<TagAlias>
{
    public void Configure(EntityTypeBuilder<TagAlias> entity)
    {
        entity.ToTable("TagAliases");
        entity.HasKey(x => new { x.GroupId, x.Slug });
        entity.Property(x => x.Slug).HasMaxLength(TagList.Longest);
        entity.Property(x => x.Into).HasMaxLength(TagList.Longest);
        entity.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReactionConfiguration : IEntityTypeConfiguration<Reaction>
{
    public void Configure(EntityTypeBuilder<Reaction> entity)
    {
        entity.ToTable("Reactions");
        entity.HasKey(x => new { x.TargetId, x.MemberId, x.Kind });
        entity.HasIndex(x => new { x.ItemId, x.MemberId });
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> entity)
    {
        entity.ToTable("Attachments");
        entity.Property(x => x.Name).HasMaxLength(150);
        entity.HasIndex(x => x.ItemId);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.File).WithMany().HasForeignKey(x => x.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ContentLinkConfiguration : IEntityTypeConfiguration<ContentLink>
{
    public void Configure(EntityTypeBuilder<ContentLink> entity)
    {
        entity.ToTable("ContentLinks");
        entity.HasKey(x => new { x.ItemId, x.SourceId });
        entity.HasIndex(x => x.SourceId);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CoAuthorConfiguration : IEntityTypeConfiguration<CoAuthor>
{
    public void Configure(EntityTypeBuilder<CoAuthor> entity)
    {
        entity.ToTable("CoAuthors");
        entity.HasKey(x => new { x.ItemId, x.MemberId });
        entity.HasIndex(x => x.MemberId);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.Organisation).WithMany().HasForeignKey(x => x.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StoredFileConfiguration : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> entity)
    {
        entity.ToTable("Files");
        entity.Property(x => x.Sha256).HasMaxLength(64);
        entity.Property(x => x.ContentType).HasMaxLength(100);
        entity.Property(x => x.Threat).HasMaxLength(StoredFile.ThreatLength);
        entity.HasIndex(x => x.Sha256).IsUnique();
        entity.HasIndex(x => x.Check);
    }
}

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> entity)
    {
        entity.ToTable("Uploads");
        entity.Property(x => x.Name).HasMaxLength(Upload.NameLength);
        entity.Property(x => x.Sha256).HasMaxLength(64);
        entity.HasIndex(x => new { x.MemberId, x.ClaimedAt });
        entity.HasIndex(x => x.ExpiresAt);
        entity.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.File).WithMany().HasForeignKey(x => x.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> entity)
    {
        entity.ToTable("Revisions");
        entity.Property(x => x.Comment).HasMaxLength(Revision.CommentLength);
        entity.Property(x => x.Name).HasMaxLength(Revision.NameLength);
        entity.Property(x => x.Title).HasMaxLength(ContentItem.TitleLength);
        entity.HasIndex(x => new { x.TargetId, x.At });
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.Editor).WithMany().HasForeignKey(x => x.EditorId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CoeditUpdateConfiguration : IEntityTypeConfiguration<CoeditUpdate>
{
    public void Configure(EntityTypeBuilder<CoeditUpdate> entity)
    {
        entity.ToTable("CoeditUpdates");
        entity.HasKey(x => new { x.ItemId, x.Version });
        entity.Property(x => x.Version).ValueGeneratedNever();
        entity.Property(x => x.ClientId).HasMaxLength(ClientUpdate.ClientIdLength);
        entity.HasIndex(x => new { x.ItemId, x.ClientId, x.Sequence }).IsUnique();
        entity.HasIndex(x => x.At);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.Author).WithMany().HasForeignKey(x => x.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CoeditTextConfiguration : IEntityTypeConfiguration<CoeditText>
{
    public void Configure(EntityTypeBuilder<CoeditText> entity)
    {
        entity.ToTable("CoeditTexts");
        entity.HasKey(x => x.ItemId);
        entity.HasOne(x => x.Item).WithOne().HasForeignKey<CoeditText>(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SubscriptionConfiguration : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> entity)
    {
        entity.ToTable("Subscriptions");
        entity.HasKey(x => new { x.ItemId, x.MemberId });
        entity.HasIndex(x => x.MemberId);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReadMarkConfiguration : IEntityTypeConfiguration<ReadMark>
{
    public void Configure(EntityTypeBuilder<ReadMark> entity)
    {
        entity.ToTable("ReadMarks");
        entity.HasKey(x => new { x.MemberId, x.ItemId });
        entity.HasIndex(x => x.ItemId);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> entity)
    {
        entity.ToTable("Drafts");
        entity.HasKey(x => new { x.MemberId, x.Key });
        entity.Property(x => x.Key).HasMaxLength(100);
    }
}

internal sealed class GroupConfiguration : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> entity)
    {
        entity.ToTable("Groups");
        entity.Property(x => x.LaunchTicks).HasMaxLength(200);
        entity.Property(x => x.Slug).HasMaxLength(60);
        entity.Property(x => x.Name).HasMaxLength(100);
        entity.Property(x => x.FoldedName).HasMaxLength(100);
        entity.Property(x => x.Summary).HasMaxLength(200);
        entity.Property(x => x.JoinQuestion).HasMaxLength(300);
        entity.Property(x => x.Announcement).HasMaxLength(500);
        entity.Property(x => x.Version).IsConcurrencyToken();
        entity.HasIndex(x => x.Slug).IsUnique();
        entity.HasIndex(x => x.FoldedName);
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> entity)
    {
        entity.ToTable("Memberships");
        entity.Property(x => x.RequestText).HasMaxLength(2000);
        entity.HasIndex(x => new { x.GroupId, x.MemberId }).IsUnique();
        entity.HasIndex(x => new { x.MemberId, x.State });
        entity.HasIndex(x => new { x.GroupId, x.State });
        entity.HasOne(x => x.Group).WithMany(g => g.Memberships).HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> entity)
    {
        entity.ToTable("Invitations");
        entity.Property(x => x.Email).HasMaxLength(254);
        entity.Property(x => x.TokenHash).HasMaxLength(64);
        entity.Property(x => x.Message).HasMaxLength(2000);
        entity.HasIndex(x => x.TokenHash).IsUnique();
        entity.HasIndex(x => new { x.GroupId, x.SentAt });
        entity.HasOne(x => x.Group).WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.InvitedBy).WithMany().HasForeignKey(x => x.InvitedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InvitationRefusalConfiguration : IEntityTypeConfiguration<InvitationRefusal>
{
    public void Configure(EntityTypeBuilder<InvitationRefusal> entity)
    {
        entity.ToTable("InvitationRefusals");
        entity.HasKey(x => x.AddressHash);
        entity.Property(x => x.AddressHash).HasMaxLength(64);
    }
}

internal sealed class GroupToolConfiguration : IEntityTypeConfiguration<GroupTool>
{
    public void Configure(EntityTypeBuilder<GroupTool> entity)
    {
        entity.ToTable("GroupTools");
        entity.HasKey(x => new { x.GroupId, x.ToolKey });
        entity.Property(x => x.ToolKey).HasMaxLength(30);
        entity.HasOne<Group>().WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> entity)
    {
        entity.ToTable("Members");
        entity.Property(x => x.Name).HasMaxLength(100);
        entity.Property(x => x.FoldedName).HasMaxLength(100);
        entity.Property(x => x.Handle).HasMaxLength(60);
        entity.Property(x => x.Function).HasMaxLength(100);
        entity.Property(x => x.Commune).HasMaxLength(100);
        entity.Property(x => x.PhoneNumber).HasMaxLength(30);
        entity.Property(x => x.Presentation).HasMaxLength(4000);
        entity.HasIndex(x => x.Handle).IsUnique();
        entity.HasIndex(x => new { x.State, x.FoldedName });
        entity.HasIndex(x => x.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
    }
}

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> entity)
    {
        entity.ToTable("Organisations");
        entity.Property(x => x.Slug).HasMaxLength(60);
        entity.Property(x => x.Name).HasMaxLength(150);
        entity.Property(x => x.FoldedName).HasMaxLength(150);
        entity.Property(x => x.Commune).HasMaxLength(100);
        entity.Property(x => x.Website).HasMaxLength(300);
        entity.HasIndex(x => x.Slug).IsUnique();
        entity.HasIndex(x => x.FoldedName);
    }
}

internal sealed class AffiliationConfiguration : IEntityTypeConfiguration<Affiliation>
{
    public void Configure(EntityTypeBuilder<Affiliation> entity)
    {
        entity.ToTable("Affiliations");
        entity.Property(x => x.Function).HasMaxLength(100);
        entity.HasIndex(x => x.MemberId);
        entity.HasIndex(x => x.OrganisationId);
        entity.HasOne(x => x.Member).WithMany(m => m.Affiliations).HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.Organisation).WithMany().HasForeignKey(x => x.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> entity)
    {
        entity.ToTable("Sessions");
        entity.Property(x => x.Device).HasMaxLength(100);
        entity.Property(x => x.TokenHash).HasMaxLength(64);
        entity.HasIndex(x => x.TokenHash).IsUnique();
        entity.HasIndex(x => x.MemberId);
        entity.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailedLinkConfiguration : IEntityTypeConfiguration<MailedLink>
{
    public void Configure(EntityTypeBuilder<MailedLink> entity)
    {
        entity.ToTable("MailedLinks");
        entity.Property(x => x.TokenHash).HasMaxLength(64);
        entity.Property(x => x.Email).HasMaxLength(254);
        entity.HasIndex(x => x.TokenHash).IsUnique();
        entity.HasIndex(x => x.MemberId);
        entity.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccessKeyConfiguration : IEntityTypeConfiguration<AccessKey>
{
    public void Configure(EntityTypeBuilder<AccessKey> entity)
    {
        entity.ToTable("AccessKeys");
        entity.Property(x => x.TokenHash).HasMaxLength(64);
        entity.Property(x => x.Label).HasMaxLength(100);
        entity.HasIndex(x => x.TokenHash).IsUnique();
        entity.HasIndex(x => x.MemberId);
        entity.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ActivityConfiguration : IEntityTypeConfiguration<Activity>
{
    public void Configure(EntityTypeBuilder<Activity> entity)
    {
        entity.ToTable("Activities");
        entity.Property(x => x.Kind).HasMaxLength(40);
        entity.Property(x => x.Particulars).HasMaxLength(4000);
        entity.HasIndex(x => x.DispatchedAt);
        entity.HasIndex(x => new { x.GroupId, x.At });
        entity.HasIndex(x => x.ItemId);
        entity.HasOne(x => x.Group).WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.Actor).WithMany().HasForeignKey(x => x.ActorId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> entity)
    {
        entity.ToTable("Notifications");
        entity.HasIndex(x => new { x.MemberId, x.ActivityId }).IsUnique();
        entity.HasIndex(x => new { x.MemberId, x.ReadAt, x.CreatedAt });
        entity.HasIndex(x => new { x.ItemId, x.MemberId });
        entity.HasIndex(x => x.MailDueAt);
        entity.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne(x => x.Activity).WithMany().HasForeignKey(x => x.ActivityId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailRowConfiguration : IEntityTypeConfiguration<MailRow>
{
    public void Configure(EntityTypeBuilder<MailRow> entity)
    {
        entity.ToTable("Mails");
        entity.Property(x => x.UniqueKey).HasMaxLength(150);
        entity.Property(x => x.Kind).HasMaxLength(40);
        entity.Property(x => x.FromName).HasMaxLength(200);
        entity.Property(x => x.ToAddress).HasMaxLength(254);
        entity.Property(x => x.ToName).HasMaxLength(100);
        entity.Property(x => x.Subject).HasMaxLength(400);
        entity.Property(x => x.MessageId).HasMaxLength(200);
        entity.Property(x => x.InReplyTo).HasMaxLength(200);
        entity.Property(x => x.References).HasMaxLength(4000);
        entity.Property(x => x.Owner).HasMaxLength(100);
        entity.Property(x => x.LastError).HasMaxLength(1000);
        entity.HasIndex(x => x.UniqueKey).IsUnique();
        entity.Property(x => x.Key).HasMaxLength(MailKeys.Length);
        entity.Property(x => x.Domain).HasMaxLength(254);
        entity.Property(x => x.Files).HasMaxLength(4000);
        entity.HasIndex(x => x.Key).IsUnique();
        entity.HasIndex(x => new { x.State, x.NextAttemptAt });
        entity.HasIndex(x => x.MemberId);
        entity.HasIndex(x => new { x.ItemId, x.MemberId });
        entity.HasIndex(x => x.CreatedAt);
    }
}

internal sealed class MailPreferencesConfiguration : IEntityTypeConfiguration<MailPreferences>
{
    public void Configure(EntityTypeBuilder<MailPreferences> entity)
    {
        entity.ToTable("MailPreferences");
        entity.HasKey(x => x.MemberId);
        entity.Property(x => x.MemberId).ValueGeneratedNever();
        entity.HasOne<Member>().WithOne().HasForeignKey<MailPreferences>(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DigestConfiguration : IEntityTypeConfiguration<Digest>
{
    public void Configure(EntityTypeBuilder<Digest> entity)
    {
        entity.ToTable("Digests");
        entity.Property(x => x.Period).HasMaxLength(10);
        entity.HasIndex(x => new { x.MemberId, x.Kind, x.Period }).IsUnique();
        entity.HasIndex(x => x.CreatedAt);
        entity.HasIndex(x => x.MailId);
        entity.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DigestLineConfiguration : IEntityTypeConfiguration<DigestLine>
{
    public void Configure(EntityTypeBuilder<DigestLine> entity)
    {
        entity.ToTable("DigestLines");
        entity.HasKey(x => new { x.DigestId, x.ItemId });
        entity.HasIndex(x => x.ItemId);
        entity.HasOne(x => x.Digest).WithMany().HasForeignKey(x => x.DigestId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AddressStandingConfiguration : IEntityTypeConfiguration<AddressStanding>
{
    public void Configure(EntityTypeBuilder<AddressStanding> entity)
    {
        entity.ToTable("MailAddresses");
        entity.HasKey(x => x.Address);
        entity.Property(x => x.Address).HasMaxLength(254);
        entity.Property(x => x.Status).HasMaxLength(20);
        entity.Property(x => x.Diagnostic).HasMaxLength(500);
        entity.HasIndex(x => x.State);
    }
}

internal sealed class BounceConfiguration : IEntityTypeConfiguration<Bounce>
{
    public void Configure(EntityTypeBuilder<Bounce> entity)
    {
        entity.ToTable("MailBounces");
        entity.Property(x => x.Address).HasMaxLength(254);
        entity.Property(x => x.Status).HasMaxLength(20);
        entity.Property(x => x.Diagnostic).HasMaxLength(500);
        entity.HasIndex(x => new { x.Address, x.At });
        entity.HasIndex(x => x.MailId);
        entity.HasIndex(x => x.At);
    }
}

internal sealed class ReceivedMailConfiguration : IEntityTypeConfiguration<ReceivedMail>
{
    public void Configure(EntityTypeBuilder<ReceivedMail> entity)
    {
        entity.ToTable("ReceivedMails");
        entity.Property(x => x.UniqueKey).HasMaxLength(64);
        entity.Property(x => x.MessageId).HasMaxLength(900);
        entity.Property(x => x.FromAddress).HasMaxLength(254);
        entity.Property(x => x.FromName).HasMaxLength(200);
        entity.Property(x => x.Recipient).HasMaxLength(254);
        entity.Property(x => x.Subject).HasMaxLength(400);
        entity.Property(x => x.Detail).HasMaxLength(1000);
        entity.HasIndex(x => x.UniqueKey).IsUnique();
        entity.HasIndex(x => x.ReceivedAt);
        entity.HasIndex(x => new { x.FromAddress, x.AnsweredAt });
        entity.HasIndex(x => new { x.GroupId, x.Outcome });
        entity.HasIndex(x => x.Outcome);
        entity.HasOne<StoredFile>().WithMany().HasForeignKey(x => x.RawFileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PostedByMailConfiguration : IEntityTypeConfiguration<PostedByMail>
{
    public void Configure(EntityTypeBuilder<PostedByMail> entity)
    {
        entity.ToTable("PostedByMail");
        entity.Property(x => x.MessageId).HasMaxLength(200);
        entity.HasIndex(x => new { x.ItemId, x.CommentId });
        entity.HasIndex(x => x.CommentId);
        entity.HasOne<ContentItem>().WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SpentLinkConfiguration : IEntityTypeConfiguration<SpentLink>
{
    public void Configure(EntityTypeBuilder<SpentLink> entity)
    {
        entity.ToTable("SpentLinks");
        entity.HasKey(x => x.Hash);
        entity.Property(x => x.Hash).HasMaxLength(64);
        entity.HasIndex(x => x.At);
    }
}

internal sealed class PulseConfiguration : IEntityTypeConfiguration<Pulse>
{
    public void Configure(EntityTypeBuilder<Pulse> entity)
    {
        entity.ToTable("Pulses");
        entity.HasKey(x => x.Name);
        entity.Property(x => x.Name).HasMaxLength(60);
        entity.Property(x => x.Detail).HasMaxLength(500);
    }
}

internal sealed class SearchDocumentConfiguration : IEntityTypeConfiguration<SearchDocument>
{
    public void Configure(EntityTypeBuilder<SearchDocument> entity)
    {
        entity.ToTable("SearchDocuments");
        entity.HasKey(x => x.Number);
        entity.Property(x => x.Kind).HasMaxLength(40);
        entity.Property(x => x.Title).HasMaxLength(ContentItem.TitleLength);
        entity.Property(x => x.Scope).HasMaxLength(40);
        entity.Property(x => x.Place).HasMaxLength(100);
        entity.Property(x => x.TitleStems).HasMaxLength(1000);
        entity.HasIndex(x => x.TargetId).IsUnique();
        entity.HasIndex(x => x.ItemId);
        entity.HasIndex(x => x.GroupId);
        entity.HasIndex(x => new { x.Kind, x.At });
    }
}

internal sealed class SettingConfiguration : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> entity)
    {
        entity.ToTable("Settings");
        entity.HasKey(x => x.Key);
        entity.Property(x => x.Key).HasMaxLength(60);
        entity.Property(x => x.Value).HasMaxLength(4000);
    }
}

internal sealed class ProtectionKeyConfiguration : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> entity)
    {
        entity.ToTable("ProtectionKeys");
        entity.HasKey(x => x.Name);
        entity.Property(x => x.Name).HasMaxLength(100);
    }
}

internal sealed class SecurityEventConfiguration : IEntityTypeConfiguration<SecurityEvent>
{
    public void Configure(EntityTypeBuilder<SecurityEvent> entity)
    {
        entity.ToTable("SecurityEvents");
        entity.Property(x => x.Kind).HasMaxLength(60);
        entity.Property(x => x.Detail).HasMaxLength(500);
        entity.HasIndex(x => x.At);
    }
}
