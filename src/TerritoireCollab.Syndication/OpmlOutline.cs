using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>A line of an <see cref="OpmlDocument"/>: an <see cref="OpmlFolder"/> or an <see cref="OpmlSubscription"/>.</summary>
public abstract record OpmlOutline
{
    private protected OpmlOutline()
    {
    }

    /// <summary>What is shown, plain text: OPML 2.0 requires it on every outline.</summary>
    /// <exception cref="ArgumentException">Nothing legible is left.</exception>
    public required string Text { get; init => field = RequireText(value, nameof(Text)); }

    internal static string RequireText(string text, string property)
        => LegalText.OneLineOrNull(text) ?? throw new ArgumentException("An outline needs a text.", property);

    private protected static IReadOnlyList<string> WithoutCommas(IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        return LegalText.Lines([.. categories.Select(category => category.Replace(',', ' '))]);
    }
}
