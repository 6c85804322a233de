using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Board;

/// <summary>What an animator says of a card.</summary>
/// <param name="Line">The line, plain text; empty for none.</param>
/// <param name="Excerpt">The excerpt to quote; empty for none, null to leave it as it is.</param>
/// <param name="Rubric">The rubric of a placed card, empty for none; null to leave it as it is.</param>
/// <param name="Seen"><see cref="CardWords.Seen"/> of what was read before writing; null to overwrite whatever there is.</param>
public sealed record EditCardInput(string? Line, string? Excerpt, string? Rubric, string? Seen);

/// <summary>What is said of a card, to be changed.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Id">The card.</param>
/// <param name="Title">Title of the news.</param>
/// <param name="Address">Its address.</param>
/// <param name="State">Where the card stands.</param>
/// <param name="Rubric">Its rubric, or null.</param>
/// <param name="Line">The animator's line, or null.</param>
/// <param name="Excerpt">The excerpt that is quoted: the one chosen, or the source's beginning.</param>
/// <param name="Rubrics">Rubrics to choose from.</param>
public sealed record CardWords(Standing Standing, Guid Id, string Title, string Address, PoolState State, string? Rubric, string? Line, string Excerpt, IReadOnlyList<string> Rubrics)
{
    /// <summary>Fingerprint of the line and the excerpt: what tells whether somebody else changed them. A move of the card does not.</summary>
    public string Seen => Fingerprint(Line, Excerpt);

    internal static string Fingerprint(string? line, string excerpt) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{line}\0{excerpt}")).AsSpan(0, 8));
}

/// <summary>Reads and changes the line, the excerpt and the rubric of a card.</summary>
internal sealed class EditCard(AppDb database, Rights rights, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>What is said of the card.</summary>
    /// <exception cref="NotFoundException">The group has no veille, the viewer does not curate it, or the card is not of this group.</exception>
    public async Task<CardWords> ReadAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.BoardOfAsync(db, modules, groupSlug, cancellation);
        var card = await db.Set<PoolEntry>().AsNoTracking().Include(e => e.News).FirstOrDefaultAsync(e => e.Id == id && e.GroupId == standing.GroupId, cancellation) ?? throw new NotFoundException();
        var rubrics = RubricList.With(await RubricList.OfAsync(db, standing.GroupId, cancellation), card.Rubric);
        var find = await db.Items.Where(i => i.Id == card.FindId).Select(i => i.Title).FirstOrDefaultAsync(cancellation);
        return new(standing, id, find ?? card.News!.Title, card.News!.Address, card.State, card.Rubric, card.Line, card.ChosenExcerpt ?? card.News.Excerpt, rubrics);
    }

    /// <summary>Changes it. Under another rubric, a placed card comes last.</summary>
    /// <exception cref="NotFoundException">As for reading.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    /// <exception cref="InvalidInputException">Too long, published meanwhile, or changed by somebody else.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, Guid id, EditCardInput input, CancellationToken cancellation)
    {
        var (line, excerpt, rubric) = (Plain(input.Line), input.Excerpt is null ? null : Plain(input.Excerpt) ?? "", Plain(input.Rubric));
        new Rules().Text(line, nameof(input.Line), PoolEntry.LineLength, required: false).Text(excerpt, nameof(input.Excerpt), News.ExcerptLength, required: false)
            .Text(rubric, nameof(input.Rubric), PoolEntry.RubricLength, required: false).Demand();
        return database.TransactAsync(viewer, async (db, token) =>
        {
            var standing = await rights.RequireBoardAsync(db, modules, groupSlug, token);
            var card = (await MoveCards.HoldAsync(db, standing.GroupId, [id], token))[id];
            var beginning = await db.Set<News>().Where(n => n.Id == card.NewsId).Select(n => n.Excerpt).FirstAsync(token);
            if (card.State == PoolState.Published) throw new InvalidInputException("", BoardTexts.PublishedStays);
            if (input.Seen is { } seen && seen != CardWords.Fingerprint(card.Line, card.ChosenExcerpt ?? beginning)) throw new InvalidInputException("", BoardTexts.WordsChanged);

            card.Line = line;
            if (excerpt is not null) card.ChosenExcerpt = excerpt == Plain(beginning) ? null : excerpt;
            if (input.Rubric is not null && card.State == PoolState.Placed && rubric != card.Rubric)
            {
                card.Rubric = rubric;
                await (await CardOrder.ReadAsync(db, standing.GroupId, token)).PutAsync(db, [card], null, token);
            }

            card.Version++;
            db.Activities.Add(BoardActivities.Of(BoardActivities.Moved, standing.GroupId, viewer, clock.GetUtcNow().UtcDateTime));
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
    }

    private static string? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();
}
