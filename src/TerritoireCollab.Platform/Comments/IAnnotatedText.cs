using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Comments;

/// <summary>A kind of content of whose text single passages are commented. One class a kind, found by injection.</summary>
public interface IAnnotatedText
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>Its text as the viewer of <paramref name="db"/> reads it: sanitised HTML.</summary>
    Task<string> HtmlAsync(AppDbContext db, ContentItem item, CancellationToken cancellation);

    /// <summary>Whether the viewer may rewrite it, and so say that a remark is settled.</summary>
    Task<bool> MayWriteAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation);
}
