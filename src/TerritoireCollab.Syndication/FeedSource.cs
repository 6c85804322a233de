using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>The feed that an entry was taken from (RSS 2.0 <c>source</c>, RFC 4287 section 4.2.11).</summary>
public sealed record FeedSource
{
    /// <summary>Title of the source, plain text. When nothing legible is left, the address stands for it.</summary>
    public required string Title
    {
        get => field.Length == 0 ? WebAddress.Text(Address) : field;
        init => field = LegalText.OneLine(value);
    }

    /// <summary>Address of the source's feed; of its site where there is no feed.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public required Uri Address { get; init => field = WebAddress.Require(value, nameof(Address)); }

    /// <summary>Moment the source was last changed, where known; Atom then says it, else the entry's own.</summary>
    public DateTimeOffset? Updated { get; init; }
}
