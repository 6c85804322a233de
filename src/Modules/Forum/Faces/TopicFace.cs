using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Forum.Resources;
using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Faces;

/// <summary>How a thread shows itself to the rest of the house.</summary>
internal sealed class TopicFace : IContentFace
{
    public string Kind => ForumModule.TopicKind;

    public string CreatedVerb => ForumTexts.StartedThread;

    public string Address(string groupSlug, ContentItem item) => TopicAddress.Of(groupSlug, item.ShortId, item.Title);

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Set<Topic>().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Body, cancellation);
}

/// <summary>Addresses of threads.</summary>
internal static class TopicAddress
{
    public static string Of(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/forum/{shortId}-{Slug.Of(title)}";

    /// <summary>Without the title, which the page adds.</summary>
    public static string Short(string groupSlug, string shortId) => $"/groupes/{groupSlug}/forum/{shortId}";
}
