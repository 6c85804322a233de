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

    public Task<int?> AcceptedAsync(AppDbContext db, Guid id, CancellationToken cancellation) => db.Set<Topic>().Where(t => t.Id == id).Select(t => t.AcceptedNumber).FirstOrDefaultAsync(cancellation);

    public IQueryable<ContentText> Texts(AppDbContext db) => db.Set<Topic>().Select(t => new ContentText { Id = t.Id, Body = t.Body });
}

/// <summary>Addresses of threads.</summary>
internal static class TopicAddress
{
    public static string Of(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/forum/{shortId}-{Slug.Of(title)}";

    /// <summary>Without the title, which the page adds.</summary>
    public static string Short(string groupSlug, string shortId) => $"/groupes/{groupSlug}/forum/{shortId}";
}
