using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Demo;

/// <summary>A piece of news of the demo territory with its address and its moment.</summary>
/// <param name="Text">What is written of it.</param>
/// <param name="Number">Its place among all, from 1.</param>
/// <param name="Address">Its page.</param>
/// <param name="At">When its page says that it was published (UTC).</param>
internal sealed record DatedNews(NewsText Text, int Number, Uri Address, DateTime At)
{
    /// <summary>Who wrote it, for the sites that say so.</summary>
    public string? Author { get; init; }

    /// <summary>When it came into the pool.</summary>
    public required DateTime ArrivedAt { get; init; }

    /// <summary>Where it stands in the group.</summary>
    public required PoolState State { get; init; }

    /// <summary>Place of its published issue from the oldest, or null.</summary>
    public int? Issue { get; init; }

    /// <summary>The picture that its page shows of itself, or null.</summary>
    public Uri? Picture => Text.Find?.Picture == true ? new Uri(Address, FormattableString.Invariant($"/images/{Number}.png")) : null;

    /// <summary>Its page, as the software of that site numbers or names it.</summary>
    public static Uri AddressOf(string host, FeedStyle? style, int number, string title, DateTime at) => new($"https://{host}" + style switch
    {
        FeedStyle.Spip or FeedStyle.Windows1252 => FormattableString.Invariant($"/spip.php?article{number + 2_100}"),
        FeedStyle.WordPress => FormattableString.Invariant($"/{at.Year}/{at.Month:D2}/{Slug.Of(title)}-{number}/"),
        FeedStyle.BareAmpersand => FormattableString.Invariant($"/article?numero={number + 4_000}&rubrique=territoire"),
        _ => FormattableString.Invariant($"/actualites/{number + 300}-{Slug.Of(title)}"),
    });
}
