using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Veille.Pages.Sources;

/// <summary>A page to read, as its form posts it.</summary>
public sealed record PagePosted
{
    /// <summary>See what would be read.</summary>
    public const string Look = "voir";

    /// <summary>Follow it.</summary>
    public const string Follow = "suivre";

    /// <summary>Address.</summary>
    public string? Address { get; init; }

    /// <summary>Selector of the block of an article.</summary>
    public string? Item { get; init; }

    /// <summary>Selector of the title in it.</summary>
    public string? Title { get; init; }

    /// <summary>Selector of the link in it.</summary>
    public string? Link { get; init; }

    /// <summary>Selector of the date in it.</summary>
    public string? Date { get; init; }

    /// <summary>Selector of the summary in it.</summary>
    public string? Summary { get; init; }

    /// <summary>What the group calls it.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is filed.</summary>
    public string? Folder { get; init; }

    /// <summary>Which preview the form stood under, or null.</summary>
    public string? Seen { get; init; }

    /// <summary>What is wanted: <see cref="Look"/> or <see cref="Follow"/>.</summary>
    public string? Gesture { get; init; }

    /// <summary>The selectors.</summary>
    public PageSelectors Selectors => new(Item ?? "") { Title = Title, Link = Link, Date = Date, Summary = Summary };

    /// <summary>The form filled with selectors.</summary>
    public static PagePosted Of(string address, PageSelectors? selectors) =>
        new() { Address = address, Item = selectors?.Item, Title = selectors?.Title, Link = selectors?.Link, Date = selectors?.Date, Summary = selectors?.Summary };
}
