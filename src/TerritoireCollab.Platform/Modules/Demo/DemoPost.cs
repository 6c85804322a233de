using System.Security.Cryptography;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>A file to attach.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record DemoFile(string Name, byte[] Bytes)
{
    /// <summary>SHA-256 of the bytes, in hexadecimal.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));
}

/// <summary>A content of the demo territory, with its answers.</summary>
public sealed record DemoPost
{
    /// <summary>Key of its kind.</summary>
    public required string Kind { get; init; }
    /// <summary>Its group.</summary>
    public required DemoGroup Group { get; init; }
    /// <summary>Its author.</summary>
    public required DemoMember Author { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>When it was published.</summary>
    public required DateTime At { get; init; }
    /// <summary>Who may read it.</summary>
    public Audience Audience { get; init; }
    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>On top of lists.</summary>
    public bool IsPinned { get; init; }
    /// <summary>Since when the home page of the platform shows it; null when it does not.</summary>
    public DateTime? FeaturedAt { get; init; }
    /// <summary>Takes no further answer.</summary>
    public bool IsLocked { get; init; }
    /// <summary>« Merci » given.</summary>
    public int Thanks { get; init; }
    /// <summary>« Utile » given.</summary>
    public int Useful { get; init; }
    /// <summary>Plain text by which it is found besides.</summary>
    public string FurtherText { get; init; } = "";
    /// <summary>Attached files.</summary>
    public IReadOnlyList<DemoFile> Files { get; init; } = [];
    /// <summary>Answers, in order of time; the first has the number 1.</summary>
    public IReadOnlyList<DemoAnswer> Answers { get; init; } = [];
}

/// <summary>An answer.</summary>
public sealed record DemoAnswer
{
    /// <summary>Its author.</summary>
    public required DemoMember Author { get; init; }
    /// <summary>When.</summary>
    public required DateTime At { get; init; }
    /// <summary>Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>Number of the answer it answers, or null.</summary>
    public int? ReplyTo { get; init; }
    /// <summary>Words of the text that it is about, in the margin of which it stands; null for an answer to the whole.</summary>
    public string? Quote { get; init; }
    /// <summary>« Merci » given.</summary>
    public int Thanks { get; init; }
    /// <summary>« Utile » given.</summary>
    public int Useful { get; init; }
    /// <summary>Attached files.</summary>
    public IReadOnlyList<DemoFile> Files { get; init; } = [];
}
