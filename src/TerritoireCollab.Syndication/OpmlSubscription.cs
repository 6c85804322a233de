using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>A feed in an <see cref="OpmlDocument"/>: an outline of type <c>rss</c>, which OPML 2.0 uses for every feed format.</summary>
public sealed record OpmlSubscription : OpmlOutline
{
    /// <summary>Address of the feed (<c>xmlUrl</c>). A user name or password in it is never written.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public required Uri FeedAddress { get; init => field = WebAddress.Require(value, nameof(FeedAddress)); }

    /// <summary>Address of the site (<c>htmlUrl</c>).</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public Uri? SiteAddress { get; init => field = WebAddress.RequireOrNull(value, nameof(SiteAddress)); }

    /// <summary>Description, plain text.</summary>
    public string? Description { get; init => field = LegalText.OneLineOrNull(value); }

    /// <summary>Categories, plain text; a comma inside one becomes a space, since commas part them.</summary>
    public IReadOnlyList<string> Categories { get; init => field = WithoutCommas(value); } = [];
}
