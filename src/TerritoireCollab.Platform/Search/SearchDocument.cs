namespace TerritoireCollab.Platform.Search;

/// <summary>What the index holds of one thing that can be found: a content, a comment, a group, a member.</summary>
public sealed class SearchDocument
{
    /// <summary>Row number, given by the database in order of indexing; the full-text table is keyed by it.</summary>
    public long Number { get; set; }

    /// <summary>Key of the thing found.</summary>
    public required Guid TargetId { get; init; }

    /// <summary>Kind of the thing: a content kind's key, <c>comment</c>, <c>group</c>, <c>member</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>The content whose rights hold, for a content or a comment.</summary>
    public Guid? ItemId { get; set; }

    /// <summary>The group it stands in.</summary>
    public Guid? GroupId { get; set; }

    /// <summary>Number of the comment in its thread.</summary>
    public int? CommentNumber { get; set; }

    /// <summary>Title as shown.</summary>
    public required string Title { get; set; }

    /// <summary>Plain text, at most 32,000 characters, from which extracts are cut.</summary>
    public required string Text { get; set; }

    /// <summary>Stems of the title separated by spaces.</summary>
    public required string TitleStems { get; set; }

    /// <summary>Stems of title and text separated by spaces: what is matched, the same on every provider.</summary>
    public required string Stems { get; set; }

    /// <summary>Who may find it, as a word of the index: <see cref="SearchScopes"/>.</summary>
    public required string Scope { get; set; }

    /// <summary>Where it stands, as words of the index: its group and its kind.</summary>
    public required string Place { get; set; }

    /// <summary>Date by which it is ordered.</summary>
    public required DateTime At { get; set; }
}

/// <summary>The words by which the index itself answers only what a reader may find.</summary>
public static class SearchScopes
{
    /// <summary>Anyone.</summary>
    public const string Public = "public";

    /// <summary>Every member.</summary>
    public const string Platform = "plateforme";

    /// <summary>The members of a group.</summary>
    public static string Group(Guid id) => $"g{id:N}";

    /// <summary>A kind of thing, as a word.</summary>
    public static string Kind(string kind) => "k" + kind.Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
