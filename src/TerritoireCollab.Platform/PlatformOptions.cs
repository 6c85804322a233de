namespace TerritoireCollab.Platform;

/// <summary>Section <c>Territoire</c>: what the whole house needs to know of its surroundings.</summary>
public sealed record PlatformOptions
{
    /// <summary>Folder of the database, files, keys and outgoing mail.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Address at which members reach the platform; the root of links in mails and feeds.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Time zone of every date shown.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Whether the demo territory is seeded into an empty database.</summary>
    public bool Demo { get; init; }

    /// <summary>An absolute address.</summary>
    public Uri Absolute(string address) => new(BaseUrl, address);
}
