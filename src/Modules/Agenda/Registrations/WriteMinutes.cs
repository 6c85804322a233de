using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>What the form of the minutes shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Event">The event, with its row.</param>
/// <param name="Date">The date.</param>
/// <param name="People">Who answered for it.</param>
/// <param name="Decisions">What was decided there.</param>
/// <param name="Written">The minutes of that date as they stand, and as they were before they were corrected, the latest first.</param>
public sealed record MinutesForm(Standing Standing, AgendaEvent Event, EventDate Date, IReadOnlyList<Participant> People, IReadOnlyList<EventDecision> Decisions, IReadOnlyList<EventMinutes> Written)
{
    /// <summary>The minutes as they stand; null without any.</summary>
    public EventMinutes? Current => Written.FirstOrDefault(m => m.ReplacedAt is null);

    /// <summary>What they were before.</summary>
    public IEnumerable<EventMinutes> Former => Written.Where(m => m.ReplacedAt is not null);
}

/// <summary>A decision as typed.</summary>
/// <param name="Text">What was decided; empty for none.</param>
/// <param name="Who">Who does it.</param>
/// <param name="Due">By when, <c>2026-12-08</c>.</param>
public sealed record DecisionInput(string? Text, string? Who = null, string? Due = null)
{
    /// <summary>Name of a field of it in a form.</summary>
    public static string Field(string part, int index) => $"{part}{index + 1}";
}

/// <summary>People who came without having registered, as typed.</summary>
/// <param name="Organisation">The organisation; empty for none.</param>
/// <param name="Count">How many.</param>
public sealed record CameTooInput(string? Organisation, string? Count = null);

/// <summary>The minutes as typed.</summary>
/// <param name="Text">In Markdown; empty for none.</param>
/// <param name="Present">Those who were there, among those who answered.</param>
/// <param name="CameToo">Those who came without having registered.</param>
/// <param name="Decisions">What was decided, in order.</param>
/// <param name="IsSent">Whether they are sent to those who registered.</param>
public sealed record MinutesInput(string? Text, IReadOnlyCollection<Guid> Present, IReadOnlyList<CameTooInput> CameToo, IReadOnlyList<DecisionInput> Decisions, bool IsSent);

/// <summary>Writes down, once an event took place, who was there and what was said and decided: for each of its dates by itself.</summary>
internal sealed class WriteMinutes(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, EventLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>The form as it stands.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    public async Task<MinutesForm> ReadAsync(Viewer viewer, string shortId, DateTime? key, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Id == item.Id, cancellation) ?? throw new NotFoundException();
        var date = await ReadEvent.DateAsync(db, e.Id, key, clock.GetUtcNow().UtcDateTime, cancellation) ?? throw new NotFoundException();
        var decisions = await db.Set<EventDecision>().AsNoTracking().Where(d => d.ItemId == e.Id && d.Key == date.Key).OrderBy(d => d.Position).ToListAsync(cancellation);
        var written = await db.Set<EventMinutes>().AsNoTracking().Include(m => m.Writer).Where(m => m.ItemId == e.Id && m.Key == date.Key).OrderByDescending(m => m.At).ToListAsync(cancellation);
        return new(standing, e, date, await ListRegistrations.OfAsync(db, e.Id, date.Key, cancellation), decisions, written);
    }

    /// <summary>Saves the minutes of a date and who was there. What they were before is kept.</summary>
    /// <param name="viewer">Who writes.</param>
    /// <param name="shortId">The event.</param>
    /// <param name="key">The date.</param>
    /// <param name="input">The minutes as typed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    /// <exception cref="InvalidInputException">The text is too long, or a decision or a number of people cannot be read.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, DateTime key, MinutesInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, token);
        var e = await db.Set<AgendaEvent>().FirstOrDefaultAsync(x => x.Id == item.Id, token) ?? throw new NotFoundException();
        var date = await db.Set<EventDate>().AsNoTracking().FirstOrDefaultAsync(d => d.ItemId == e.Id && d.Key == key, token) ?? throw new NotFoundException();
        var rules = new Rules();
        if (!string.IsNullOrWhiteSpace(input.Text)) Bodies.Check(rules, input.Text, "Text");
        var decisions = Read(e.Id, date.Key, input.Decisions, rules);
        var cameToo = CameToo.Write(Read(input.CameToo, rules));
        rules.Demand();

        await ReplaceAsync(db, e.Id, date.Key, string.IsNullOrWhiteSpace(input.Text) ? null : input.Text, cameToo, decisions, token);
        foreach (var registration in await db.Set<Registration>().Where(r => r.ItemId == e.Id && r.Key == key).ToListAsync(token)) registration.WasThere = input.Present.Contains(registration.MemberId);
        foreach (var registration in await db.Set<GuestRegistration>().Where(r => r.ItemId == e.Id && r.Key == key).ToListAsync(token)) registration.WasThere = input.Present.Contains(registration.GuestId);
        item.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        item.Version++;
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        if (input.IsSent && (!string.IsNullOrWhiteSpace(input.Text) || decisions.Count > 0))
            await outbox.AddAsync(db, await letters.MinutesAsync(db, e, date, item.Version, token), token);
        return true;
    }, cancellation);

    // Saved as they are, they stay the same row: only what was changed leaves something behind.
    private async Task ReplaceAsync(AppDbContext db, Guid id, DateTime key, string? text, string cameToo, List<EventDecision> decisions, CancellationToken cancellation)
    {
        var present = await db.Set<EventMinutes>().FirstOrDefaultAsync(m => m.ItemId == id && m.Key == key && m.ReplacedAt == null, cancellation);
        var before = await db.Set<EventDecision>().Where(d => d.ItemId == id && d.Key == key).OrderBy(d => d.Position).ToListAsync(cancellation);
        if (text == present?.Text && cameToo == (present?.CameToo ?? "") && decisions.Select(Line).SequenceEqual(before.Select(Line))) return;

        var now = clock.GetUtcNow().UtcDateTime;
        if (present is not null) (present.ReplacedAt, present.Decided) = (now, string.Join('\n', before.Select(Line)));
        db.RemoveRange(before);
        db.AddRange(decisions);
        if (text is null && cameToo.Length == 0 && decisions.Count == 0) return;

        var html = text is null ? null : (await bodies.RenderAsync(db, text, cancellation)).Html;
        db.Add(new EventMinutes { ItemId = id, Key = key, Text = text, Html = html, CameToo = cameToo, WriterId = db.Viewer.MemberId, At = now });
    }

    private static string Line(EventDecision decision) => EventWords.Of(decision) is { } who ? $"{decision.Text} ({who})" : decision.Text;

    private static List<CameToo> Read(IReadOnlyList<CameTooInput> typed, Rules rules)
    {
        var those = new List<CameToo>();
        foreach (var (at, one) in typed.Take(CameToo.Most).Index())
        {
            var (name, number) = (DecisionInput.Field(nameof(one.Organisation), at), DecisionInput.Field(nameof(one.Count), at));
            if (string.IsNullOrWhiteSpace(one.Organisation) && string.IsNullOrWhiteSpace(one.Count)) continue;

            var isNumber = int.TryParse(one.Count, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= CameToo.MostPeople;
            rules.Check(!string.IsNullOrWhiteSpace(one.Organisation), name, AgendaTexts.CameTooName).Text(one.Organisation, name, CameToo.NameLength, required: false).Check(isNumber, number, AgendaTexts.CameTooNumber);
            if (!string.IsNullOrWhiteSpace(one.Organisation)) those.Add(new(one.Organisation.ReplaceLineEndings(" ").Trim(), count));
        }

        return those;
    }

    private static List<EventDecision> Read(Guid id, DateTime key, IReadOnlyList<DecisionInput> typed, Rules rules)
    {
        var decisions = new List<EventDecision>();
        foreach (var (at, one) in typed.Take(EventDecision.Most).Index())
        {
            DateOnly? due = null;
            if (!string.IsNullOrWhiteSpace(one.Due))
            {
                var isRead = DateOnly.TryParseExact(one.Due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
                rules.Check(isRead, DecisionInput.Field(nameof(one.Due), at), AgendaTexts.DecisionDay);
                due = isRead ? day : null;
            }

            var isNothing = string.IsNullOrWhiteSpace(one.Text) && string.IsNullOrWhiteSpace(one.Who) && due is null;
            rules.Check(isNothing || !string.IsNullOrWhiteSpace(one.Text), DecisionInput.Field(nameof(one.Text), at), AgendaTexts.DecisionText)
                .Text(one.Text, DecisionInput.Field(nameof(one.Text), at), EventDecision.TextLength, required: false).Text(one.Who, DecisionInput.Field(nameof(one.Who), at), EventDecision.WhoLength, required: false);
            if (!string.IsNullOrWhiteSpace(one.Text)) decisions.Add(new() { ItemId = id, Key = key, Position = decisions.Count, Text = one.Text.Trim(), Who = one.Who?.Trim() ?? "", Due = due });
        }

        return decisions;
    }
}
