using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Content;

/// <summary>What every content is published with.</summary>
public sealed record ContentInput
{
    /// <summary>Key proposed by the form, so that sending it twice publishes once; empty to let the database choose.</summary>
    public Guid Id { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>Who may read it; the group's default when null.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Whether the title may stand without a text.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>Whether nobody is told: it comes with many others at once.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>What is kept of the mail that it came by; null when it was typed on the site.</summary>
    public MailOrigin? Origin { get; init; }
}

/// <summary>What each tool does alike when it publishes, edits and removes: the shared row, tags, following, and the activity.</summary>
public sealed class ContentWriter(TimeProvider clock, ModuleCatalog modules)
{
    /// <summary>Breaks a rule for each thing wrong with what every content has.</summary>
    public static void Check(Rules rules, ContentInput input, Standing standing)
    {
        rules.Text(input.Title, nameof(input.Title), ContentItem.TitleLength);
        if (!input.IsBodyOptional || input.Body.Length > 0) Bodies.Check(rules, input.Body, nameof(input.Body));
        rules.Check(input.Audience is null || (Enum.IsDefined(input.Audience.Value) && input.Audience <= standing.Ceiling), nameof(input.Audience), PlatformTexts.AudienceTooWide);
        rules.Check(TagList.Parse(input.Tags).Count <= TagList.Most, nameof(input.Tags), PlatformTexts.TooManyTags.With(TagList.Most));
    }

    /// <summary>
    /// The widest audience that the group allows, held until the caller's transaction ends: a narrowing is waited for and read, or waits and
    /// finds what was written.
    /// </summary>
    public static async Task<Audience> HoldCeilingAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        // A write that changes nothing holds the row, on every provider.
        await db.Groups.Where(g => g.Id == groupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.Ceiling, g => g.Ceiling), cancellation);
        return await db.Groups.Where(g => g.Id == groupId).Select(g => g.Visibility == GroupVisibility.Hidden ? Audience.Group : g.Ceiling).FirstAsync(cancellation);
    }

    /// <summary>
    /// Adds the row of a new content with its tags, its author's following and the activity to <paramref name="db"/>; the caller saves, in a
    /// transaction. Never wider than the group allows at that moment.
    /// </summary>
    public async Task<ContentItem> CreateAsync(AppDbContext db, Standing standing, string kind, ContentInput input, RenderedBody body, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var author = db.Viewer.MemberId;

        var ceiling = await HoldCeilingAsync(db, standing.GroupId, cancellation);
        await db.Groups.Where(g => g.Id == standing.GroupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.LastActivityAt, now), cancellation);
        var audience = input.Audience ?? standing.DefaultAudience;
        var item = new ContentItem
        {
            Id = input.Id,
            ShortId = ShortIds.New(),
            Kind = modules.Kind(kind).Key,
            GroupId = standing.GroupId,
            AuthorId = author,
            OrganisationId = await OrganisationOfAsync(db, author, cancellation),
            Audience = audience <= ceiling ? audience : ceiling,
            Title = input.Title.Trim(),
            Excerpt = Excerpt.Of(input.Body, ContentItem.ExcerptLength),
            CreatedAt = now,
            UpdatedAt = now,
            LastActivityAt = now,
            LastActorId = author,
        };
        db.Items.Add(item);
        if (input.Origin is { } origin) db.PostedByMail.Add(new PostedByMail { ItemId = item.Id, MessageId = origin.MessageId, Elided = origin.Elided });
        foreach (var (slug, name) in TagList.Parse(input.Tags)) db.Tags.Add(new TagLink { ItemId = item.Id, Slug = slug, Name = name });
        db.Subscriptions.Add(new Subscription { ItemId = item.Id, MemberId = author, Following = Following.Followed });
        db.ReadMarks.Add(new ReadMark { ItemId = item.Id, MemberId = author, Number = 0, At = now });
        Record(db, ActivityKinds.ItemCreated, item, mentioned: body.Mentioned, quiet: input.IsQuiet);
        return item;
    }

    /// <summary>Records what happened to a content in the same save; by the viewer, or by <paramref name="actorId"/> where the platform writes for somebody.</summary>
    public void Record(AppDbContext db, string kind, ContentItem item, Guid? commentId = null, IReadOnlyList<Guid>? mentioned = null, bool quiet = false, Guid? actorId = null) =>
        db.Activities.Add(new Activity
        {
            Kind = kind,
            ItemId = item.Id,
            CommentId = commentId,
            GroupId = item.GroupId,
            ActorId = actorId ?? db.Viewer.MemberId,
            Particulars = mentioned is { Count: > 0 } ? JsonSerializer.Serialize(new ActivityParticulars { Mentioned = mentioned }) : null,
            At = clock.GetUtcNow().UtcDateTime,
            Quiet = quiet,
        });

    /// <summary>Replaces the tags of a content.</summary>
    public static async Task RetagAsync(AppDbContext db, Guid itemId, string? tags, CancellationToken cancellation)
    {
        var wanted = TagList.Parse(tags).ToDictionary(t => t.Slug, t => t.Name);
        var present = await db.Tags.Where(t => t.ItemId == itemId).ToListAsync(cancellation);
        db.Tags.RemoveRange(present.Where(t => !wanted.ContainsKey(t.Slug)));
        foreach (var (slug, name) in wanted.Where(w => present.All(p => p.Slug != w.Key))) db.Tags.Add(new TagLink { ItemId = itemId, Slug = slug, Name = name });
    }

    /// <summary>Puts a content into the trash. What hangs on it stays, for the day it comes back.</summary>
    public void Remove(AppDbContext db, ContentItem item)
    {
        item.DeletedAt = clock.GetUtcNow().UtcDateTime;
        item.DeletedById = db.Viewer.MemberId;
        item.Version++;
        Record(db, ActivityKinds.ItemRemoved, item, quiet: true);
    }

    /// <summary>Takes a content out of the trash.</summary>
    public void Restore(AppDbContext db, ContentItem item)
    {
        item.DeletedAt = null;
        item.DeletedById = null;
        item.Version++;
        Record(db, ActivityKinds.ItemRemoved, item, quiet: true);
    }

    /// <summary>The organisation in whose name that member speaks today, or null.</summary>
    public static Task<Guid?> OrganisationOfAsync(AppDbContext db, Guid memberId, CancellationToken cancellation) =>
        db.Affiliations.Where(a => a.MemberId == memberId && a.IsPrincipal && a.Until == null).Select(a => (Guid?)a.OrganisationId).FirstOrDefaultAsync(cancellation);
}
