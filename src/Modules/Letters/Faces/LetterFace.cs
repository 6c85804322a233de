using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Letters.Resources;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Letters.Faces;

/// <summary>How a letter shows itself to the rest of the house.</summary>
internal sealed class LetterFace : IContentFace
{
    public string Kind => LettersModule.LetterKind;

    public string CreatedVerb => LettersTexts.WroteToGroup;

    public string Address(string groupSlug, ContentItem item) => LetterAddress.Of(groupSlug, item.ShortId, item.Title);

    public IQueryable<ContentText> Texts(AppDbContext db) => db.Set<Letter>().Select(l => new ContentText { Id = l.Id, Body = l.Body });
}

/// <summary>Which letters do not wait for a summary.</summary>
internal sealed class UrgentLetters : IUrgentContent
{
    public string Kind => LettersModule.LetterKind;

    public async Task<IReadOnlySet<Guid>> UrgentAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Set<Letter>().Where(l => ids.Contains(l.Id) && l.IsUrgent).Select(l => l.Id).ToHashSetAsync(cancellation);
}

/// <summary>Addresses of letters.</summary>
internal static class LetterAddress
{
    public static string List(string groupSlug) => $"/groupes/{groupSlug}/lettres";

    public static string Of(string groupSlug, string shortId, string title) => $"{List(groupSlug)}/{shortId}-{Slug.Of(title)}";

    /// <summary>Without the title, which may be corrected.</summary>
    public static string Short(string groupSlug, string shortId) => $"{List(groupSlug)}/{shortId}";
}
