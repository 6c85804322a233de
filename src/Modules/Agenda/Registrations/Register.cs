using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>What a member answers.</summary>
/// <param name="Key">The date; null for the next one.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Attendance">How, where both can be.</param>
/// <param name="Answers">Answers to the questions, in their order; null from a mail, which asks none.</param>
/// <param name="IsByCalendar">Whether a calendar sent it, which holds the date already.</param>
public sealed record RegisterInput(DateTime? Key, Answer Answer, Attendance Attendance = Attendance.OnSite, IReadOnlyList<string?>? Answers = null, bool IsByCalendar = false);

/// <summary>
/// Takes the answer of a member to a date: whoever may read an event may say whether to come, member of its group or not. Places are counted
/// with the content's row held, so that they are never given twice.
/// </summary>
internal sealed class Register(AppDb database, Rights rights, TakeAnswer take, TimeProvider clock)
{
    /// <summary>Name of the field of a question.</summary>
    public static string Field(int index) => $"Reponse{index + 1}";

    /// <summary>Writes the answer.</summary>
    /// <returns>Whether the member waits for a place.</returns>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">Nobody is signed in, the group is archived, or the date is over, cancelled or closed.</exception>
    /// <exception cref="InvalidInputException">A question is not answered.</exception>
    public Task<bool> ExecuteAsync(Viewer viewer, string shortId, RegisterInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await db.LockAsync(shortId, token);
        var e = await db.Set<AgendaEvent>().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, token) ?? throw new NotFoundException();
        var now = clock.GetUtcNow().UtcDateTime;
        var key = input.Key;
        var date = await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == e.Id && (key == null ? d.EndUtc > now && !d.IsCancelled : d.Key == key)).OrderBy(d => d.StartUtc).FirstOrDefaultAsync(token) ?? throw new NotFoundException();
        if ((await rights.StandingAsync(db, e.Item.GroupId, token)).IsArchived) throw new ForbiddenException(AgendaTexts.ArchivedNoAnswer);

        var present = await db.Set<Registration>().FirstOrDefaultAsync(r => r.ItemId == e.Id && r.Key == date.Key && r.MemberId == viewer.MemberId, token);
        var before = present?.At(present.Key);
        var registration = present ?? new Registration { ItemId = e.Id, Key = date.Key, MemberId = viewer.MemberId };
        if (present is null) db.Add(registration);
        return await take.ExecuteAsync(db, e, date, before, registration, input, token);
    }, cancellation);

    /// <summary>Why a date takes no answer any more; null while it does.</summary>
    public static string? Closed(AgendaEvent e, EventDate date, DateTime now) =>
        date.EndUtc <= now ? AgendaTexts.IsOver
        : date.IsCancelled ? AgendaTexts.IsCancelled
        : e.ClosesBefore > 0 && date.StartUtc.AddHours(-e.ClosesBefore) <= now ? AgendaTexts.IsClosed
        : null;

    /// <summary>Why a date does not take that answer; null while it does. Whoever comes no more may say so until it is over.</summary>
    public static string? Refusal(AgendaEvent e, EventDate date, Answer answer, DateTime now) =>
        Closed(e, date, now) is { } closed && (answer != Answer.No || closed == AgendaTexts.IsOver) ? closed : null;
}
