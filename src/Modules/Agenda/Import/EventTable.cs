using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Import;

/// <summary>Reads events of a table (CSV), one a line: title and day, and whatever else has a column that is known by its head.</summary>
internal static class EventTable
{
    private static readonly string[] Days = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy", "dd.MM.yyyy"];
    private static readonly string[] Hours = ["HH:mm", "H:mm", "HH:mm:ss", "HH'h'mm", "H'h'mm", "H'h'", "HH 'h' mm", "H 'h' mm", "H 'h'"];

    /// <summary>Reads it; null when it has no column for titles and days.</summary>
    public static ReadEventFile? Read(byte[] bytes, TimeZoneInfo zone)
    {
        var rows = CsvText.Read(bytes);
        if (rows.Count == 0) return null;

        var heads = rows[0].Select(Slug.Of).ToList();
        int Column(params string[] names) => heads.FindIndex(h => names.Contains(h));
        var (title, day) = (Column("titre", "title", "intitule", "nom"), Column("jour", "date", "debut", "day", "date-de-debut"));
        if (title < 0 || day < 0) return null;

        var columns = new Columns(title, day, Column("heure", "de", "heure-de-debut", "from"), Column("a", "fin", "heure-de-fin", "to"), Column("dernier-jour", "date-de-fin", "last-day"), Column("lieu", "place", "salle"), Column("commune", "ville"), Column("texte", "description", "text"), Column("lien", "adresse-web", "url", "visio"));
        var (events, skipped, seen) = (new List<ImportedEvent>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in rows.Skip(1).Where(r => r.Any(c => !string.IsNullOrWhiteSpace(c))))
        {
            var (made, why) = Of(row, columns, zone);
            if (made is not null && !seen.Add(made.Uid)) (made, why) = (null, AgendaTexts.SkippedTwice);
            if (made is not null) events.Add(made);
            else skipped.Add(AgendaTexts.SkippedLine.With(Cell(row, title) ?? AgendaTexts.Untitled, why));
        }

        return new(events, skipped);
    }

    private static (ImportedEvent? Event, string? Why) Of(IReadOnlyList<string> row, Columns columns, TimeZoneInfo zone)
    {
        var (from, to) = (Hour(Cell(row, columns.From)), Hour(Cell(row, columns.To)));
        var rules = new Rules();
        var details = new EventDetails
        {
            Day = Day(Cell(row, columns.Day)), LastDay = Cell(row, columns.LastDay) is { } last ? Day(last) ?? "?" : null, From = from, To = to, IsAllDay = from is null, Place = Cell(row, columns.Place), Commune = Cell(row, columns.Commune),
        };
        var title = Cell(row, columns.Title);
        rules.Text(title, "Title", ContentItem.TitleLength);
        var schedule = Schedule.Read(details, rules, zone);
        try
        {
            rules.Demand();
        }
        catch (InvalidInputException invalid)
        {
            return (null, invalid.Rules[0].Message);
        }

        var link = WebLink.Of(Cell(row, columns.Link), AgendaEvent.LinkLength);
        var text = Cell(row, columns.Text) is { } typed ? PlainMarkdown.Lines(typed) : "";
        return (new()
        {
            // The same line is the same event another day.
            Uid = "csv-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title} {schedule!.Start:O}")))[..32],
            Title = title!.Trim(),
            Body = Excerpt.Cut(link is null ? text : $"{text}\n\n<{link}>".Trim(), Bodies.MaxLength),
            StartLocal = schedule.Start,
            EndLocal = schedule.End,
            TimeZone = zone.Id,
            IsAllDay = details.IsAllDay,
            Place = details.Place,
            Commune = details.Commune,
        }, null);
    }

    private static string? Cell(IReadOnlyList<string> row, int column) => column >= 0 && column < row.Count && !string.IsNullOrWhiteSpace(row[column]) ? row[column].Trim() : null;

    private static string? Day(string? text) => DateTime.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? EventDetails.Typed(day) : null;

    private static string? Hour(string? text) => text is null ? null : TimeOnly.TryParseExact(text.Replace('\u00a0', ' '), Hours, CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour.ToString("HH:mm", CultureInfo.InvariantCulture) : text;

    private sealed record Columns(int Title, int Day, int From, int To, int LastDay, int Place, int Commune, int Text, int Link);
}
