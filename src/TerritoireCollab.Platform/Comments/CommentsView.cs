using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Comments;

/// <summary>What a thread of comments shows, read by the page it stands on.</summary>
public sealed record CommentsView
{
    /// <summary>What was just done, as the address says after it.</summary>
    public const string Published = "commente";
    /// <summary>A comment was rewritten.</summary>
    public const string Edited = "commentaire-modifie";
    /// <summary>A comment went to the trash.</summary>
    public const string Removed = "reponse-retiree";
    /// <summary>A comment came back.</summary>
    public const string Restored = "reponse-retablie";

    /// <summary>What a comment says of a passage was settled.</summary>
    public const string Settled = "remarque-resolue";
    /// <summary>It is open again.</summary>
    public const string Unsettled = "remarque-rouverte";

    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>The content's row.</summary>
    public required ContentItem Item { get; init; }
    /// <summary>Address of the page, relative to the base, without query.</summary>
    public required string Address { get; init; }
    /// <summary>Where a reader is led who may read it no more: a page that shows nothing of it.</summary>
    public required string Home { get; init; }
    /// <summary>Comments of this page.</summary>
    public required CommentPage Comments { get; init; }
    /// <summary>Draft that was kept.</summary>
    public string? Draft { get; init; }
    /// <summary>The comment that the form answers.</summary>
    public (int Number, string Author)? Answered { get; init; }
    /// <summary>Numbers of the comments that the reader may edit and put into the trash.</summary>
    public required IReadOnlySet<int> Editable { get; init; }
    /// <summary>Whether the reader may comment.</summary>
    public required bool MayAnswer { get; init; }
    /// <summary>Whether the reader may react.</summary>
    public required bool MayReact { get; init; }
    /// <summary>Whether a comment may be about a passage of the text.</summary>
    public bool TakesPassages { get; init; }
    /// <summary>Numbers of the comments whose passage is marked in the text.</summary>
    public IReadOnlySet<int> Marked { get; init; } = new HashSet<int>();
    /// <summary>Numbers of the comments of which the reader may say that they are settled.</summary>
    public IReadOnlySet<int> Settleable { get; init; } = new HashSet<int>();

    /// <summary>Key of the draft of a comment.</summary>
    public static string DraftKey(string shortId) => "fil/" + shortId;
}
