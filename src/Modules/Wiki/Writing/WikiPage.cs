using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>Who writes a page.</summary>
public enum PageWriters
{
    /// <summary>The members of the group.</summary>
    Members = 0,

    /// <summary>Those who animate it.</summary>
    Animators = 1,
}

/// <summary>A page of a group: its text, and its place in the tree.</summary>
public sealed class WikiPage : IWritten
{
    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>Markdown. A link to a page whose short identifier is known holds it: <c>[[Titre#7k3m9q2x]]</c>.</summary>
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string BodyHtml { get; set; } = "";

    /// <inheritdoc />
    public int BodyRenderer { get; set; }

    /// <inheritdoc />
    public DateTime? EditedAt { get; set; }

    /// <summary>The title as links are compared: see <see cref="PageTitle.Fold"/>.</summary>
    public string FoldedTitle { get; set; } = "";

    /// <summary>The page that it stands under. No foreign key: a page whose parent is gone, or may not be read, stands at the top.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Place among its siblings.</summary>
    public int Rank { get; set; }

    /// <summary>Who writes it.</summary>
    public PageWriters Writers { get; set; }

    /// <summary>Whether new pages of the group can begin as a copy of it.</summary>
    public bool IsTemplate { get; set; }

    /// <summary>Name of the first version; the later ones are named by the edit that made them.</summary>
    public string? FirstName { get; set; }

    /// <summary>The page whose removal took it along, so that both come back together.</summary>
    public Guid? RemovedWith { get; set; }

    /// <summary>The page that it stood under when that one was removed alone, so that it goes back there.</summary>
    public Guid? LiftedFrom { get; set; }

    /// <summary>Deepest level of the tree, counted from 1.</summary>
    public const int MostLevels = 8;
}

/// <summary>A link from a page to another one.</summary>
public sealed class WikiLink
{
    /// <summary>The page whose text has the link.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The page whose text has the link.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>What the text says: <c>#</c> and the short identifier, or the folded title of a page that was not there yet.</summary>
    public required string Key { get; init; }

    /// <summary>The page that it leads to; null while there is none.</summary>
    public Guid? TargetId { get; set; }
}

/// <summary>Titles as links name them.</summary>
public static class PageTitle
{
    private static readonly char[] Signs = ['[', ']', '|', '\n', '\r'];

    /// <summary>The title as a link can hold it: without the signs of links.</summary>
    public static string Linkable(string title) => string.Join(' ', title.Split(Signs, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>The title as links are compared: no accents, no capitals, single spaces.</summary>
    public static string Fold(string title) => FoldedName.Of(Linkable(title), ContentItem.TitleLength);
}
