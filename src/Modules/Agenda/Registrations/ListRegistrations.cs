using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>Somebody who answered.</summary>
/// <param name="PersonId">Which member or guest.</param>
/// <param name="Name">Name.</param>
/// <param name="GuestEmail">Address of a guest, for those who prepare the event alone; null of a member.</param>
/// <param name="Organisation">In whose name, or null.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="WaitingSince">Since when the member waits for a place.</param>
/// <param name="Attendance">How.</param>
/// <param name="Answers">Answers to the questions, one a line.</param>
/// <param name="WasThere">Ticked afterwards.</param>
public sealed record Participant(Guid PersonId, string Name, string? GuestEmail, string? Organisation, Answer Answer, DateTime? WaitingSince, Attendance Attendance, string Answers, bool? WasThere)
{
    /// <summary>Whether the person has no account: the name is shown to those alone who prepare the event.</summary>
    public bool IsGuest => GuestEmail is not null;
}

/// <summary>Lists who comes to a date, and writes it as a table for those who prepare it.</summary>
internal sealed class ListRegistrations(AppDb database, Rights rights, Dates dates, TimeProvider clock)
{
    /// <summary>Who answered for a date, in the order of their answers.</summary>
    public static async Task<List<Participant>> OfAsync(AppDbContext db, Guid id, DateTime key, CancellationToken cancellation)
    {
        var members = await db.Set<Registration>().AsNoTracking().Where(r => r.ItemId == id && r.Key == key).OrderBy(r => r.Answer).ThenBy(r => r.WaitingSince).ThenBy(r => r.Member!.FoldedName)
            .Select(r => new Participant(
                r.MemberId, r.Member!.Name, null, db.Affiliations.Where(a => a.MemberId == r.MemberId && a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault(),
                r.Answer, r.WaitingSince, r.Attendance, r.Answers, r.WasThere))
            .ToListAsync(cancellation);
        var guests = await db.Set<GuestRegistration>().AsNoTracking().Where(r => r.ItemId == id && r.Key == key).OrderBy(r => r.Answer).ThenBy(r => r.WaitingSince).ThenBy(r => r.Guest.Name)
            .Select(r => new Participant(r.GuestId, r.Guest.Name, r.Guest.Email, null, r.Answer, r.WaitingSince, r.Attendance, r.Answers, r.WasThere))
            .ToListAsync(cancellation);
        return guests.Count == 0 ? members : [.. members.Concat(guests).OrderBy(p => p.Answer).ThenBy(p => p.WaitingSince)];
    }

    /// <summary>The table of a date, with the name of its file.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    public async Task<(string FileName, byte[] Bytes)> CsvAsync(Viewer viewer, string shortId, DateTime key, CancellationToken cancellation)
    {
        var (title, header, rows) = await TableAsync(viewer, shortId, key, cancellation);
        var csv = new CsvText().Line([.. header]);
        foreach (var row in rows) csv.Line([.. row.Select(c => c as string)]);
        return ($"{AgendaTexts.CsvFile}-{Slug.Of(title)}.csv", csv.ToBytes());
    }

    /// <summary>The table as a workbook, with the name of its file.</summary>
    /// <inheritdoc cref="CsvAsync"/>
    public async Task<(string FileName, byte[] Bytes)> XlsxAsync(Viewer viewer, string shortId, DateTime key, CancellationToken cancellation)
    {
        var (title, header, rows) = await TableAsync(viewer, shortId, key, cancellation);
        using var bytes = new MemoryStream();
        XlsxWriter.Write(new(title, clock.GetUtcNow(), [new(AgendaTexts.SheetOfPeople, header, rows)]), bytes);
        return ($"{AgendaTexts.CsvFile}-{Slug.Of(title)}.xlsx", bytes.ToArray());
    }

    private async Task<(string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<object?>> Rows)> TableAsync(Viewer viewer, string shortId, DateTime key, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var e = await db.Set<AgendaEvent>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == item.Id, cancellation) ?? throw new NotFoundException();
        var questions = Question.Parse(e.Questions);
        var people = await OfAsync(db, e.Id, key, cancellation);
        return (
            item.Title,
            [AgendaTexts.CsvName, AgendaTexts.CsvGuestAddress, AgendaTexts.CsvOrganisation, AgendaTexts.CsvAnswer, AgendaTexts.CsvAttendance, AgendaTexts.CsvWaiting, AgendaTexts.CsvThere, .. questions.Select(q => q.Text)],
            [.. people.Select(p => Row(p, questions.Count))]);
    }

    private IReadOnlyList<object?> Row(Participant person, int questions)
    {
        var answers = person.Answers.Split('\n');
        return
        [
            person.Name, person.GuestEmail, person.Organisation, EventWords.Of(person.Answer), person.Answer == Answer.No ? "" : EventWords.Of(person.Attendance), person.WaitingSince is { } since ? dates.Exact(since) : "",
            person.WasThere switch { true => AgendaTexts.CsvYes, false => AgendaTexts.CsvNo, null => "" }, .. Enumerable.Range(0, questions).Select(at => answers.ElementAtOrDefault(at)),
        ];
    }
}
