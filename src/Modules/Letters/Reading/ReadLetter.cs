using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Letters.Faces;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Letters.Reading;

/// <summary>Which letter, and which page of its answers.</summary>
/// <param name="GroupSlug">The group.</param>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Page">Page of the answers, from 1; null for the first.</param>
/// <param name="Number">Answer to show, which decides the page.</param>
/// <param name="Answered">Number of the answer to answer.</param>
public sealed record ReadLetterInput(string GroupSlug, string ShortId, int? Page, int? Number, int? Answered);

/// <summary>A letter with its answers.</summary>
public sealed record LetterView
{
    /// <summary>The text, sanitised HTML.</summary>
    public required string Html { get; init; }
    /// <summary>Whether it left at once to everybody.</summary>
    public required bool IsUrgent { get; init; }
    /// <summary>When it was last corrected, if it was.</summary>
    public DateTime? CorrectedAt { get; init; }
    /// <summary>Who wrote it.</summary>
    public required AuthorView Author { get; init; }
    /// <summary>Its answers, with its row and its group.</summary>
    public required CommentsView Comments { get; init; }
    /// <summary>What the viewer chose for it.</summary>
    public Following? Following { get; init; }
    /// <summary>Whether the viewer may correct it.</summary>
    public required bool MayCorrect { get; init; }
    /// <summary>Whether the viewer may put it into the trash.</summary>
    public required bool MayRemove { get; init; }
    /// <summary>Whether the viewer may see who got it.</summary>
    public required bool MaySeeReceipt { get; init; }

    /// <summary>The group.</summary>
    public Standing Standing => Comments.Standing;

    /// <summary>The shared row.</summary>
    public ContentItem Item => Comments.Item;
}

/// <summary>Reads a letter, marks it as read as far as the page shows, and its notifications with it.</summary>
internal sealed class ReadLetter(AppDb database, Rights rights, ModuleCatalog modules, ListComments comments, MarkRead marks, MarkNotificationsRead notifications)
{
    /// <summary>The letter.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<LetterView> ExecuteAsync(Viewer viewer, ReadLetterInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.LettersOfAsync(db, modules, input.GroupSlug, cancellation);
        var head = await HeadAsync(db, standing.GroupId, input.ShortId, cancellation) ?? throw new NotFoundException();
        var item = head.Item;
        var at = input.Number is { } wanted ? await ListComments.PageOfAsync(db, item.Id, wanted, cancellation) : input.Page ?? 1;
        var shown = await comments.ExecuteAsync(db, item, at, cancellation);
        await MarkAsync(viewer, head, shown, cancellation);
        return new()
        {
            Html = head.Letter.BodyRenderer == Bodies.Renderer ? head.Letter.BodyHtml : RichText.Render(head.Letter.Body, RichTextContext.Empty),
            IsUrgent = head.Letter.IsUrgent,
            CorrectedAt = item.UpdatedAt > item.CreatedAt ? item.UpdatedAt : null,
            Author = new(item.AuthorId, head.AuthorName, head.AuthorHandle, head.OrganisationName),
            Comments = CommentsOf(standing, head, shown, input),
            Following = head.Following,
            MayCorrect = rights.Allows(GroupPermissions.EditItem, standing, item.AuthorId),
            MayRemove = rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId),
            MaySeeReceipt = rights.Allows(GroupPermissions.SeeReceipts, standing),
        };
    }

    private CommentsView CommentsOf(Standing standing, Head head, CommentPage shown, ReadLetterInput input)
    {
        var item = head.Item;
        var mayAnswer = rights.Allows(GroupPermissions.Comment, standing, isLocked: item.LockedAt is not null);
        var answered = mayAnswer && input.Answered is { } number ? shown.Comments.FirstOrDefault(c => c.Number == number && c.Kind == CommentKind.Message) : null;
        return new()
        {
            Standing = standing,
            Item = item,
            Address = LetterAddress.Of(standing.Slug, item.ShortId, item.Title)[1..],
            Home = $"groupes/{standing.Slug}",
            Comments = shown,
            Draft = head.Draft,
            Answered = answered is null ? null : (answered.Number, answered.Author.Name),
            Editable = shown.Comments.Where(c => rights.Allows(GroupPermissions.RemoveComment, standing, c.Author.Id)).Select(c => c.Number).ToHashSet(),
            MayAnswer = mayAnswer,
            MayReact = rights.Allows(GroupPermissions.React, standing),
        };
    }

    private static Task<Head?> HeadAsync(AppDbContext db, Guid groupId, string shortId, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return db.Set<Letter>().AsNoTracking().Where(l => l.Item.GroupId == groupId && l.Item.ShortId == shortId).Select(l => new Head
        {
            Letter = l,
            Item = l.Item,
            AuthorName = l.Item.Author!.Name,
            AuthorHandle = l.Item.Author.Handle,
            OrganisationName = l.Item.Organisation!.Name,
            Read = db.OwnReadMarks.Where(r => r.ItemId == l.Id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
            Following = db.Subscriptions.Where(s => s.ItemId == l.Id && s.MemberId == me).Select(s => (Following?)s.Following).FirstOrDefault(),
            HasNews = db.Notifications.Any(n => n.MemberId == me && n.ItemId == l.Id && n.ReadAt == null),
            Draft = db.Drafts.Where(d => d.MemberId == me && d.Key == "fil/" + l.Item.ShortId).Select(d => d.Text).FirstOrDefault(),
        }).FirstOrDefaultAsync(cancellation);
    }

    private async Task MarkAsync(Viewer viewer, Head head, CommentPage shown, CancellationToken cancellation)
    {
        var last = shown.Page == shown.PageCount ? head.Item.LastCommentNumber : shown.Comments.Count == 0 ? 0 : shown.Comments[^1].RootNumber;
        if (viewer.IsMember && (head.Read is null || head.Read < last)) await marks.ExecuteAsync(viewer, head.Item.Id, last, cancellation);
        if (head.HasNews) await notifications.AboutAsync(viewer, head.Item.Id, cancellation);
    }

    private sealed record Head
    {
        public required Letter Letter { get; init; }
        public required ContentItem Item { get; init; }
        public required string AuthorName { get; init; }
        public required string AuthorHandle { get; init; }
        public string? OrganisationName { get; init; }
        public int? Read { get; init; }
        public Following? Following { get; init; }
        public bool HasNews { get; init; }
        public string? Draft { get; init; }
    }
}
