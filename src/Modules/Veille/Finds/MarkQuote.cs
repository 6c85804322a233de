using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A passage to mark.</summary>
/// <param name="Id">Key proposed by the form, so that sending it twice marks once; empty to let the database choose.</param>
/// <param name="Text">The passage, plain text.</param>
/// <param name="Note">What the member says of it, or null.</param>
public sealed record MarkQuoteInput(Guid Id, string? Text, string? Note);

/// <summary>Marks a passage of the page of a find. Whoever may comment may.</summary>
internal sealed class MarkQuote(KeepQuote keep)
{
    /// <summary>Marks it and returns its key.</summary>
    /// <exception cref="NotFoundException">The find is absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Reader, no member, closed discussion, archived group.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, or one too many.</exception>
    public Task<Guid> ExecuteAsync(Viewer viewer, string shortId, MarkQuoteInput input, CancellationToken cancellation) => keep.ExecuteAsync(viewer, shortId, new Quoting<FindQuote>
    {
        Kind = VeilleModule.FindKind,
        Permission = GroupPermissions.Comment,
        Id = input.Id,
        Text = input.Text,
        Note = input.Note,
        Longest = FindQuote.TextLength,
        TooMany = QuoteTexts.TooMany.With(KeepQuote.Most),
        Make = (item, author, at) => new FindQuote { Id = input.Id, ItemId = item, AuthorId = author, Text = QuoteText.Plain(input.Text)!, Note = QuoteText.Plain(input.Note), At = at },
    }, cancellation);
}
