using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Letters.Reading;

/// <summary>Which letter, and where in its answers.</summary>
/// <param name="GroupSlug">The group.</param>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Place">Where in its answers.</param>
public sealed record ReadLetterInput(string GroupSlug, string ShortId, DiscussionPlace Place);

/// <summary>A letter with its answers.</summary>
public sealed record LetterView
{
    /// <summary>What it has as any content.</summary>
    public required ContentView Content { get; init; }
    /// <summary>The text, sanitised HTML.</summary>
    public required string Html { get; init; }
    /// <summary>Whether it left at once to everybody.</summary>
    public required bool IsUrgent { get; init; }
    /// <summary>When it was last corrected, if it was.</summary>
    public DateTime? CorrectedAt { get; init; }
    /// <summary>Whether the viewer may see who got it.</summary>
    public required bool MaySeeReceipt { get; init; }

    /// <summary>Who wrote it.</summary>
    public AuthorView Author => Content.Author;

    /// <summary>Its answers, with its row and its group.</summary>
    public CommentsView Comments => Content.Comments;

    /// <summary>What the viewer chose for it.</summary>
    public Following? Following => Content.Following;

    /// <summary>Whether the viewer may correct it.</summary>
    public bool MayCorrect => Content.MayEdit;

    /// <summary>Whether the viewer may put it into the trash.</summary>
    public bool MayRemove => Content.MayRemove;

    /// <summary>The group.</summary>
    public Standing Standing => Content.Standing;

    /// <summary>The shared row.</summary>
    public ContentItem Item => Content.Item;
}

/// <summary>Reads a letter.</summary>
internal sealed class ReadLetter(AppDb database, Rights rights, ModuleCatalog modules, ReadContent contents)
{
    /// <summary>The letter.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<LetterView> ExecuteAsync(Viewer viewer, ReadLetterInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.LettersOfAsync(db, modules, input.GroupSlug, cancellation);
        var letter = await db.Set<Letter>().AsNoTracking().Include(l => l.Item).FirstOrDefaultAsync(l => l.Item.GroupId == standing.GroupId && l.Item.ShortId == input.ShortId, cancellation) ?? throw new NotFoundException();
        return new()
        {
            Content = await contents.ExecuteAsync(db, letter.Item, standing, input.Place, cancellation),
            Html = letter.Html(),
            IsUrgent = letter.IsUrgent,
            CorrectedAt = letter.Item.UpdatedAt > letter.Item.CreatedAt ? letter.Item.UpdatedAt : null,
            MaySeeReceipt = rights.Allows(GroupPermissions.SeeReceipts, standing),
        };
    }
}
