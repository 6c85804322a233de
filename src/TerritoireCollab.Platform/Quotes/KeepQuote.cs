using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Platform.Quotes;

/// <summary>A passage to quote: what its tool has of its own.</summary>
public sealed record Quoting<T> where T : PageQuote
{
    /// <summary>Kind of the content.</summary>
    public required string Kind { get; init; }

    /// <summary>What lets quote it.</summary>
    public required Permission Permission { get; init; }

    /// <summary>Key proposed by the form, so that sending it twice quotes once; empty to let the database choose.</summary>
    public required Guid Id { get; init; }

    /// <summary>The passage.</summary>
    public required string? Text { get; init; }

    /// <summary>What the member says of it.</summary>
    public required string? Note { get; init; }

    /// <summary>Longest passage, in characters.</summary>
    public required int Longest { get; init; }

    /// <summary>Those that count for the bound.</summary>
    public Expression<Func<T, bool>> Counted { get; init; } = _ => true;

    /// <summary>What is said when there is one too many.</summary>
    public required string TooMany { get; init; }

    /// <summary>The row, by the key of its content, its author and its moment; its words are those of <see cref="Text"/> and <see cref="Note"/> as they are kept.</summary>
    public required Func<Guid, Guid, DateTime, T> Make { get; init; }

    /// <summary>Whether it leaves no trace that others could read.</summary>
    public bool IsSilent { get; init; }
}

/// <summary>Quotes a passage of the page that a content is about.</summary>
public sealed class KeepQuote(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Passages of one content at most: it is a discussion of a page, not a copy of it.</summary>
    public const int Most = 50;

    /// <summary>Quotes it and returns its key.</summary>
    /// <exception cref="NotFoundException">The content is absent or invisible, or of another kind.</exception>
    /// <exception cref="ForbiddenException">Not allowed, closed discussion, archived group.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, or one too many.</exception>
    public async Task<Guid> ExecuteAsync<T>(Viewer viewer, string shortId, Quoting<T> quoting, CancellationToken cancellation) where T : PageQuote
    {
        ArgumentNullException.ThrowIfNull(quoting);
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, quoting, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && quoting.Id != Guid.Empty)
        {
            // The key is that of a passage of another content.
            throw new NotFoundException();
        }
    }

    private async Task<Guid> WriteAsync<T>(AppDbContext db, string shortId, Quoting<T> quoting, CancellationToken cancellation) where T : PageQuote
    {
        await db.LockAsync(shortId, cancellation);
        var (item, _) = await rights.RequireItemAsync(db, quoting.Permission, shortId, cancellation);
        if (item.Kind != quoting.Kind) throw new NotFoundException();

        var (me, id) = (db.Viewer.MemberId, quoting.Id);
        var present = db.Set<T>().Where(q => q.ItemId == item.Id);
        if (id != Guid.Empty && await present.AnyAsync(q => q.Id == id && q.AuthorId == me, cancellation)) return id;

        var rules = new Rules();
        QuoteText.Check(rules, quoting.Text, quoting.Note, quoting.Longest);
        rules.Check(await present.CountAsync(quoting.Counted, cancellation) < Most, nameof(quoting.Text), quoting.TooMany);
        rules.Demand();

        var now = clock.GetUtcNow().UtcDateTime;
        var quote = quoting.Make(item.Id, me, now);
        db.Add(quote);
        if (!quoting.IsSilent)
        {
            writer.Record(db, ActivityKinds.Annotated, item);
            (item.LastActivityAt, item.LastActorId) = (now, me);
        }

        await db.SaveChangesAsync(cancellation);
        return quote.Id;
    }
}
