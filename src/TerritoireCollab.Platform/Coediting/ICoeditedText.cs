using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>A text that several people wrote, to become what the tool shows.</summary>
/// <param name="Body">The whole text.</param>
/// <param name="Writers">Who wrote in it since it was last handed over, each once, the last one to write last; never empty.</param>
/// <param name="Since">When the first of what is new in it was written.</param>
public sealed record CoeditedBody(string Body, IReadOnlyList<Guid> Writers, DateTime Since);

/// <summary>
/// A kind of content whose text several people may write at once; registered by its module. Who may read it is asked of the filters; everything
/// else that the tool knows of the text is here.
/// </summary>
public interface ICoeditedText
{
    /// <summary>Key of the content's kind.</summary>
    string Kind { get; }

    /// <summary>Whether the viewer of <paramref name="db"/> may write in that content, which the viewer sees: asked again every few seconds.</summary>
    Task<bool> MayWriteAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation);

    /// <summary>The text that the tool has.</summary>
    Task<string> ReadAsync(AppDbContext db, Guid itemId, CancellationToken cancellation);

    /// <summary>
    /// Takes the text as a version of the content, with all who wrote in it: body, revision, excerpt, activity. Within the caller's
    /// transaction, which holds the content's row and saves afterwards; the rights of the writers were asked as they wrote.
    /// </summary>
    Task SaveAsync(AppDbContext db, ContentItem item, CoeditedBody body, CancellationToken cancellation);
}
