using System.Globalization;
using TerritoireCollab.Files.Sharing;

namespace TerritoireCollab.Files.Pages;

/// <summary>A link as its form posts it.</summary>
public sealed record SharePosted
{
    /// <summary>For how many days.</summary>
    public string? Days { get; init; }

    /// <summary>Password to ask.</summary>
    public string? Password { get; init; }

    /// <summary>How often the file may be downloaded.</summary>
    public string? MostDownloads { get; init; }

    internal ShareInput Typed => new(Number(Days) ?? 0, Password, string.IsNullOrWhiteSpace(MostDownloads) ? null : Number(MostDownloads) ?? 0);

    private static int? Number(string? typed) => int.TryParse(typed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
