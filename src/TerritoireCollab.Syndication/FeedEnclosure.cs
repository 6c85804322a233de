using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>A file attached to a <see cref="FeedEntry"/>.</summary>
public sealed record FeedEnclosure
{
    /// <summary>Address of the file.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public required Uri Url { get; init => field = WebAddress.Require(value, nameof(Url)); }

    /// <summary>Media type, such as <c>application/pdf</c>; parameters are dropped.</summary>
    /// <exception cref="ArgumentException">Not of the form type/subtype.</exception>
    public required string Type { get; init => field = MediaTypeName.Require(value, nameof(Type)); }

    /// <summary>Size in bytes; 0 when unknown, as RSS readers expect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public required long Length
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
}
