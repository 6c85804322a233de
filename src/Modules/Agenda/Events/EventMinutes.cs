using System.Globalization;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Agenda.Events;

/// <summary>
/// Minutes of one date of an event: what was said there, and who came without saying so before. Minutes that were corrected stay as they were, for
/// those who may correct them.
/// </summary>
public sealed class EventMinutes
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The event.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The shared row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The date, as <see cref="EventDate.Key"/>.</summary>
    public required DateTime Key { get; init; }

    /// <summary>What was said, Markdown; null where only decisions or people were written down.</summary>
    public string? Text { get; init; }

    /// <summary>The text, sanitised HTML.</summary>
    public string? Html { get; init; }

    /// <summary>Who came without having registered, as <see cref="CameToo"/> writes it.</summary>
    public string CameToo { get; init; } = "";

    /// <summary>Who wrote them; null of those that were written before this was kept.</summary>
    public Guid? WriterId { get; init; }

    /// <summary>Who wrote them.</summary>
    public Member? Writer { get; init; }

    /// <summary>When they were written.</summary>
    public required DateTime At { get; init; }

    /// <summary>When they were corrected, by another row; null of those that count.</summary>
    public DateTime? ReplacedAt { get; set; }

    /// <summary>What had been decided when they were corrected, one decision a line; null of those that count.</summary>
    public string? Decided { get; set; }
}

/// <summary>People of an organisation who came to a date without having registered.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Count">How many came.</param>
public sealed record CameToo(string Organisation, int Count)
{
    /// <summary>Most organisations of a date.</summary>
    public const int Most = 20;

    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 120;

    /// <summary>Most people of one organisation.</summary>
    public const int MostPeople = 999;

    /// <summary>Longest text of all of them, in characters.</summary>
    public const int TextLength = Most * (NameLength + 5);

    /// <summary>Those of a column: « 3 Mairie de Crest », one organisation a line.</summary>
    public static IReadOnlyList<CameToo> Read(string? lines) =>
    [
        .. (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 2))
            .Where(p => p.Length == 2).Select(p => new CameToo(p[1], int.Parse(p[0], CultureInfo.InvariantCulture))),
    ];

    /// <summary>What the column holds.</summary>
    public static string Write(IEnumerable<CameToo> those) => string.Join('\n', those.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Count} {o.Organisation}")));
}
