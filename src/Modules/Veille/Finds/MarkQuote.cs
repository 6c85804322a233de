using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A passage to mark.</summary>
/// <param name="Id">Key proposed by the form, so that sending it twice marks once; empty to let the database choose.</param>
/// <param name="Text">The passage, plain text.</param>
/// <param name="Note">What the member says of it, or null.</param>
public sealed record MarkQuoteInput(Guid Id, string? Text, string? Note);

/// <summary>Marks a passage of the page of a find. Whoever may comment may.</summary>
internal sealed class MarkQuote(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Passages of one find at most: it is a discussion of a page, not a copy of it.</summary>
    public const int Most = 50;

    /// <summary>Marks it and returns its key.</summary>
    /// <exception cref="NotFoundException">The find is absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Reader, no member, closed discussion, archived group.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, or one too many.</exception>
    public async Task<Guid> ExecuteAsync(Viewer viewer, string shortId, MarkQuoteInput input, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, input, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && input.Id != Guid.Empty)
        {
            // The key is that of a passage of another find.
            throw new NotFoundException();
        }
    }

    /// <summary>Breaks a rule for what is wrong with a passage and its note.</summary>
    public static void Check(Rules rules, string? text, string? note, bool required = true)
    {
        rules.Text(Plain(text), nameof(MarkQuoteInput.Text), FindQuote.TextLength, required);
        rules.Text(Plain(note), nameof(MarkQuoteInput.Note), FindQuote.NoteLength, required: false);
    }

    /// <summary>A text as it is kept; null when nothing is written.</summary>
    public static string? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();

    private async Task<Guid> WriteAsync(AppDbContext db, string shortId, MarkQuoteInput input, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var (item, _) = await rights.RequireFindAsync(db, GroupPermissions.Comment, shortId, cancellation);
        var me = db.Viewer.MemberId;
        if (input.Id != Guid.Empty && await db.Set<FindQuote>().AnyAsync(q => q.Id == input.Id && q.ItemId == item.Id && q.AuthorId == me, cancellation)) return input.Id;

        var rules = new Rules();
        Check(rules, input.Text, input.Note);
        rules.Check(await db.Set<FindQuote>().CountAsync(q => q.ItemId == item.Id, cancellation) < Most, nameof(input.Text), QuoteTexts.TooMany.With(Most));
        rules.Demand();

        var now = clock.GetUtcNow().UtcDateTime;
        var quote = new FindQuote { Id = input.Id, ItemId = item.Id, AuthorId = me, Text = Plain(input.Text)!, Note = Plain(input.Note), At = now };
        db.Add(quote);
        writer.Record(db, ActivityKinds.Annotated, item);
        (item.LastActivityAt, item.LastActorId) = (now, me);
        await db.SaveChangesAsync(cancellation);
        return quote.Id;
    }
}
