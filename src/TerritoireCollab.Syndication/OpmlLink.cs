using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>A page of the web in an <see cref="OpmlDocument"/>: an outline of type <c>link</c> (OPML 2.0, « Inclusion »).</summary>
public sealed record OpmlLink : OpmlOutline
{
    /// <summary>Address of the page (<c>url</c>). A user name or password in it is never written.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public required Uri Address { get; init => field = WebAddress.Require(value, nameof(Address)); }

    /// <summary>Categories, plain text; a comma inside one becomes a space, since commas part them.</summary>
    public IReadOnlyList<string> Categories { get; init => field = WithoutCommas(value); } = [];
}
