using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Architecture.Tests.Data;

public sealed class EntityTests
{
    // Rows that stand outside the filter by rights. A handler that reads them starts from the viewer or from a group already checked.
    private static readonly AllowList WithoutFilter = new(
        ("Member", "The directory is read by every member; what a member hides is left out by the profile, field by field."),
        ("Organisation", "The directory of organisations is read by every member."),
        ("Affiliation", "Read with the profile or the organisation that it links."),
        ("Membership", "The filters of groups and contents ask it who is a member; Rights reads it first."),
        ("Invitation", "Read by the hash of its secret, or for a group whose members one may manage."),
        ("InvitationRefusal", "Hashes of addresses that want no more invitations: asked for by the hash of the address that is to be invited."),
        ("GroupTool", "Read with the standing in its group."),
        ("Session", "Read by the hash of its secret, or for the member signed in."),
        ("MailedLink", "Read by the hash of its secret."),
        ("MailPreferences", "A member's own; the jobs that write mails read those of all."),
        ("Digest", "That a member was written to; names no content."),
        ("DigestLine", "Keys of contents alone, which are read through the filter."),
        ("AccessKey", "Read by the hash of its secret, or for the member signed in."),
        ("Draft", "Read for its own member, who is half of its key."),
        ("Notification", "Read for its own member; what it tells of is read through the filter."),
        ("Activity", "The outbox: jobs read it; the stream joins it to contents that pass the filter."),
        ("MailRow", "The outbox of mails: jobs read it, with their text frozen."),
        ("PostedByMail", "Read with the content or the comment that it hangs on, which has the filter."),
        ("ReceivedMail", "Jobs read it; administrators read its lines, animators those of their group that wait for them."),
        ("StoredFile", "Bytes by checksum; reached only through an attachment, which has the filter."),
        ("Upload", "A member's own, asked for by its key and that member."),
        ("SearchDocument", "The index restricts each question to the audiences and groups of the viewer."),
        ("Setting", "Choices of the administrators, shown to everybody."),
        ("ProtectionKey", "Keys of the platform itself, read by the framework alone."),
        ("SecurityEvent", "Written always, read by the administration's journal alone."),
        ("Source", "A feed of the web, known once whoever follows it. Which group follows it is a GroupSource, which has the filter: sources are read through it, or by the fetcher."),
        ("News", "A page of the web, known once. That a group has it in its pool is a PoolEntry, which has the filter."),
        ("Sighting", "That a feed of the web carried a page of the web: read by the fetcher."),
        ("NewsMark", "A mark of the words of a page of the web: read by the fetcher, to know the same news again."),
        ("FullText", "The text of a page of the web, read once. It is shown with a card of a group's pool, which has the filter."),
        ("SourceHub", "The hub of a feed of the web: read by the fetcher, and by the secret address that the hub writes to."),
        ("Pulse", "When a worker last showed life: read by the administrators' pages."),
        ("AddressStanding", "How an address takes mail: read as mail leaves, by the handlers that ask whether the reader animates the group, and by the member whose it is."),
        ("Bounce", "A mail that came back: read as mail leaves, and by the handlers that ask whether the reader animates the group."),
        ("ReminderChoice", "A member's own; the job that reminds reads those of all."),
        ("SpentLink", "That a link has served: asked for by the hash of its token."),
        ("DraftAuthor", "Read with the draft that it belongs to, which has the filter, and names nobody without it."),
        ("DraftFile", "Read with the draft that it belongs to, which has the filter."),
        ("DrawnFile", "That pictures were made of bytes: read by the job that makes them."),
        ("DrawnPage", "A picture of a page of bytes: reached only through a file that holds them, which has the filter."),
        ("FileSettings", "How much place the files of a group have, and whether they may be shared: read with the standing in its group, or by the administrators."),
        ("VeilleProfile", "How a group runs its veille: read with the standing in its group, or for the revue that the territory shows."),
        ("IdentityUserClaim", "A table of ASP.NET Core Identity that holds nothing here."),
        ("IdentityUserLogin", "A table of ASP.NET Core Identity that holds nothing here."),
        ("IdentityUserToken", "A table of ASP.NET Core Identity that holds nothing here."));

    // What a tool holds that nobody publishes. Everything of it that a group has is its members' alone (IMembersOnly), or read as its audience says (IReadByAudience), which the first rule sees to.
    private static readonly AllowList WithoutContent = new(
        ("Source", "A feed of the web."),
        ("News", "A page of the web."),
        ("Sighting", "That a feed carried a page."),
        ("NewsMark", "A mark of the words of a page of the web."),
        ("FullText", "The text of a page of the web."),
        ("SourceHub", "The hub of a feed of the web."),
        ("Outlet", "Where a group has its revue announced."),
        ("GroupSource", "What a group follows."),
        ("PoolEntry", "A card of a group's pool; what members say of it is a Find."),
        ("PoolRule", "How a group sorts what arrives."),
        ("Issue", "An issue in the making; published, it is a PublishedIssue."),
        ("ReminderChoice", "When a member wants to be reminded, of all dates or of one event's."),
        ("RevueReader", "An address to which a group's revue goes."),
        ("ArticleDraft", "An article that nobody has published: its authors' alone."),
        ("DraftAuthor", "Who writes a draft."),
        ("DraftFile", "A file that will go with an article."),
        ("OutsideCalendar", "A calendar of another site that a group shows."),
        ("OutsideDate", "A date of such a calendar: nobody of the house published it."),
        ("OwnBookmark", "A link that a member keeps, and nobody else reads."),
        ("OwnBookmarkTag", "A word on such a link."),
        ("PageCopy", "The text of a page that a member keeps, and nobody else reads."),
        ("FileFolder", "A folder of a group."),
        ("DrawnFile", "Bytes of which pictures were made, whatever files hold them."),
        ("DrawnPage", "A picture of a page of such bytes."),
        ("FileSettings", "What was chosen for the files of a group."),
        ("WikiFollower", "That a member follows all pages of a group."),
        ("VeilleProfile", "How a group runs its veille."));

    private static readonly IModel Model = BuildModel();

    [Fact]
    public void Entities_OfTheHouse_CarryTheAccessFilter() => Verdict.NoViolation(WithoutFilter.Filter(EntityRules.Unfiltered(Model)));

    [Fact]
    public void Entities_OfTheModules_HangOnContent() =>
        Verdict.NoViolation(WithoutContent.Filter(EntityRules.Unattached(Model, t => House.ModuleAssemblies.Contains(t.Assembly))));

    [Fact]
    public void Model_OfTheHouse_HoldsEveryModulesContent()
    {
        var contents = House.ModuleAssemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsAssignableTo(typeof(IContent)) && t is { IsAbstract: false }).ToList();

        Assert.Contains(contents, t => t.Name == "Topic");
        Assert.All(contents, t => Assert.NotNull(Model.FindEntityType(t)));
    }

    [Fact]
    public void Unfiltered_EntityWithoutFilter_Flagged()
    {
        var model = Sample(b =>
        {
            b.Entity<Loose>();
            b.Entity<Filtered>().HasQueryFilter(AppDbContext.AccessFilter, x => x.Id != Guid.Empty);
        });

        Verdict.Flags(EntityRules.Unfiltered(model), nameof(Loose));
    }

    [Fact]
    public void Unfiltered_FilterOfAnotherName_Flagged() =>
        Verdict.Flags(EntityRules.Unfiltered(Sample(b => b.Entity<Filtered>().HasQueryFilter(AppDbContext.DeletedFilter, x => x.Id != Guid.Empty))), nameof(Filtered));

    [Fact]
    public void Unattached_EntityOnItsOwn_Flagged()
    {
        var model = Sample(b =>
        {
            b.Entity<Loose>();
            b.Entity<Note>().HasOne(n => n.Item).WithOne().HasForeignKey<Note>(n => n.Id).IsRequired();
            b.Entity<NoteLine>().HasOne(l => l.Note).WithMany().HasForeignKey(l => l.NoteId).IsRequired();
            b.Entity<OptionalLine>().HasOne(l => l.Note).WithMany().HasForeignKey(l => l.NoteId);
        });

        Verdict.Flags(EntityRules.Unattached(model, t => t.DeclaringType == typeof(EntityTests)), nameof(Loose), nameof(OptionalLine));
    }

    private static IModel BuildModel()
    {
        var services = new ServiceCollection()
            .AddSingleton(new ModuleCatalog(House.Modules))
            .AddData(new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = "Data Source=:memory:" });
        using var provider = services.BuildServiceProvider();
        using var context = provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        // The run-time model leaves nothing out that these rules read.
        return context.Model;
    }

    private static IReadOnlyModel Sample(Action<ModelBuilder> build)
    {
        var builder = new ModelBuilder();
        build(builder);
        return builder.Model;
    }

    internal sealed class Loose
    {
        public Guid Id { get; set; }
    }

    internal sealed class Filtered
    {
        public Guid Id { get; set; }
    }

    internal sealed class Note
    {
        public Guid Id { get; set; }

        public ContentItem Item { get; set; } = null!;
    }

    internal sealed class NoteLine
    {
        public Guid Id { get; set; }

        public Guid NoteId { get; set; }

        public Note Note { get; set; } = null!;
    }

    internal sealed class OptionalLine
    {
        public Guid Id { get; set; }

        public Guid? NoteId { get; set; }

        public Note? Note { get; set; }
    }
}
