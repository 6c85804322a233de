using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Platform.Comments;

/// <summary>An answer to publish.</summary>
public sealed record AddCommentInput
{
    /// <summary>Key proposed by the form, so that sending it twice publishes once; empty to let the database choose.</summary>
    public Guid Id { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>Number of the comment it answers, or null to answer the content.</summary>
    public int? ReplyTo { get; init; }

    /// <summary>The passage of the content that it is about, as its author selected or copied it; null or empty for the whole.</summary>
    public string? Quote { get; init; }

    /// <summary>The words before that passage, which tell it from others alike.</summary>
    public string? QuoteBefore { get; init; }

    /// <summary>Files received and stored, to attach.</summary>
    public IReadOnlyList<ReceivedFile> Files { get; init; } = [];

    /// <summary>What is kept of the mail that it came by; null when it was typed on the site.</summary>
    public MailOrigin? Origin { get; init; }
}

/// <summary>Publishes an answer to any content that takes comments.</summary>
public sealed class AddComment(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, AttachmentWriter attachments, ModuleCatalog modules, IEnumerable<IAnnotatedText> texts, TimeProvider clock)
{
    /// <summary>Publishes the answer and returns its number.</summary>
    /// <exception cref="NotFoundException">The content is absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Reader, locked thread, archived group.</exception>
    /// <exception cref="InvalidInputException">Empty or too long, or about a passage that the content has not.</exception>
    public async Task<int> ExecuteAsync(Viewer viewer, string shortId, AddCommentInput input, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, input, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && input.Id != Guid.Empty)
        {
            // The key is that of another person's answer, or of one that its author may no longer read.
            throw new NotFoundException();
        }
    }

    private async Task<int> WriteAsync(AppDbContext db, string shortId, AddCommentInput input, CancellationToken cancellation)
    {
        // The row first: it may be closed, moved or merged at this moment, and two answers must never get one number.
        await db.LockAsync(shortId, cancellation);
        if (input.Id != Guid.Empty && await AlreadyWrittenAsync(db, input.Id, cancellation) is { } written) return written;

        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.Comment, shortId, cancellation);
        if (!modules.Kind(item.Kind).Can(Capability.Commentable)) throw new NotFoundException();
        var rules = new Rules();
        var passage = await PassageAsync(db, item, input, rules, cancellation);
        Bodies.Check(rules, input.Body, nameof(input.Body));
        rules.Demand();

        var body = await bodies.RenderAsync(db, input.Body, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var author = db.Viewer.MemberId;

        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.LastCommentNumber, i => i.LastCommentNumber + 1)
            .SetProperty(i => i.CommentCount, i => i.CommentCount + 1)
            .SetProperty(i => i.AttachmentCount, i => i.AttachmentCount + input.Files.Count)
            .SetProperty(i => i.LastActivityAt, now)
            .SetProperty(i => i.LastActorId, author), cancellation);
        var number = await db.Items.Where(i => i.Id == item.Id).Select(i => i.LastCommentNumber).FirstAsync(cancellation);
        var parent = input.ReplyTo is { } wanted
            ? await db.Comments.AsNoTracking().FirstOrDefaultAsync(c => c.ItemId == item.Id && c.Number == wanted, cancellation)
            : null;

        var comment = new Comment
        {
            Id = input.Id,
            ItemId = item.Id,
            Number = number,
            RootNumber = parent?.RootNumber ?? number,
            ParentNumber = parent?.Number,
            AuthorId = author,
            OrganisationId = await ContentWriter.OrganisationOfAsync(db, author, cancellation),
            Body = input.Body,
            BodyHtml = body.Html,
            BodyRenderer = body.Renderer,
            CreatedAt = now,
            Quote = passage?.Quote,
            QuotePrefix = passage?.Prefix,
            QuoteSuffix = passage?.Suffix,
        };
        db.Comments.Add(comment);
        if (input.Origin is { } origin) db.PostedByMail.Add(new PostedByMail { ItemId = item.Id, CommentId = comment.Id, MessageId = origin.MessageId, Elided = origin.Elided });
        await attachments.AttachAsync(db, item.Id, comment.Id, input.Files, cancellation);
        await FollowAsync(db, item.Id, author, number, now, cancellation);
        writer.Record(db, ActivityKinds.CommentCreated, item, comment.Id, body.Mentioned);
        await db.Groups.Where(g => g.Id == standing.GroupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.LastActivityAt, now), cancellation);
        await db.SaveChangesAsync(cancellation);
        return number;
    }

    private async Task<Passage?> PassageAsync(AppDbContext db, ContentItem item, AddCommentInput input, Rules rules, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(input.Quote)) return null;

        var text = input.ReplyTo is null ? texts.FirstOrDefault(t => t.Kind == item.Kind) : null;
        rules.Check(text is not null, nameof(input.Quote), PlatformTexts.QuoteNotTaken);
        if (text is null) return null;

        var isShort = input.Quote.Trim().Length <= Passage.QuoteLength;
        rules.Check(isShort, nameof(input.Quote), PlatformTexts.QuoteTooLong.With(Passage.QuoteLength));
        if (!isShort) return null;

        var passage = new PassageText(await text.HtmlAsync(db, item, cancellation)).Take(input.Quote, input.QuoteBefore);
        rules.Check(passage is not null, nameof(input.Quote), PlatformTexts.QuoteAbsent);
        return passage;
    }

    // Whoever answers follows, unless the thread was muted on purpose, and has read as far as the answer.
    private static async Task FollowAsync(AppDbContext db, Guid itemId, Guid memberId, int number, DateTime now, CancellationToken cancellation)
    {
        if (!await db.Subscriptions.AnyAsync(s => s.ItemId == itemId && s.MemberId == memberId, cancellation))
            db.Subscriptions.Add(new Subscription { ItemId = itemId, MemberId = memberId, Following = Following.Followed });

        var mark = await db.ReadMarks.FirstOrDefaultAsync(r => r.ItemId == itemId && r.MemberId == memberId, cancellation);
        if (mark is null) db.ReadMarks.Add(new ReadMark { ItemId = itemId, MemberId = memberId, Number = number, At = now });
        else (mark.Number, mark.At) = (Math.Max(mark.Number, number), now);
    }

    private static Task<int?> AlreadyWrittenAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        var author = db.Viewer.MemberId;
        return db.Comments.Where(c => c.Id == id && c.AuthorId == author).Select(c => (int?)c.Number).FirstOrDefaultAsync(cancellation);
    }
}
