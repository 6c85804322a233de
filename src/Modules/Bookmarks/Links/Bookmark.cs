using System.Security.Cryptography;
using System.Text;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>A link worth keeping; its text says why it is.</summary>
public sealed class Bookmark : IWritten
{
    /// <summary>Letters of <see cref="AddressKey"/>.</summary>
    public const int KeyLength = 32;

    /// <summary>Checks in a row that must fail before a link counts as dead: a site that is mended overnight bothers nobody.</summary>
    public const int FailuresOfADeadLink = 3;

    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>Address of the page.</summary>
    public required string Address { get; set; }

    /// <summary>Fingerprint of the address in its canonical form, by which the same page is known again.</summary>
    public required string AddressKey { get; set; }

    /// <inheritdoc />
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string BodyHtml { get; set; } = "";

    /// <inheritdoc />
    public int BodyRenderer { get; set; }

    /// <inheritdoc />
    public DateTime? EditedAt { get; set; }

    /// <summary>When the page was last asked; null before the first night.</summary>
    public DateTime? CheckedAt { get; set; }

    /// <summary>Checks that failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Since when the page does not answer; null while it does.</summary>
    public DateTime? FailingSince { get; set; }

    /// <summary>Whether the page has not answered for some nights.</summary>
    public bool IsDead => Failures >= FailuresOfADeadLink;

    /// <summary>Fingerprint of an address: whoever adds tracking or writes the host in capitals leads to the same page.</summary>
    public static string KeyOf(Uri address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalAddress.Of(address))).AsSpan(0, KeyLength / 2));
}
