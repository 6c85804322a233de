using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Faces;

/// <summary>How an event shows itself to the rest of the house: its text begins with when and where it is.</summary>
internal sealed class EventFace(EventDates dates) : IContentFace
{
    public string Kind => AgendaModule.EventKindKey;

    public string CreatedVerb => AgendaTexts.AnnouncedEvent;

    public string Address(string groupSlug, ContentItem item) => EventAddress.Of(groupSlug, item.ShortId, item.Title);

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        (await db.Set<AgendaEvent>().AsNoTracking().Where(e => ids.Contains(e.Id))
            .Select(e => new { Event = e, Minutes = db.Set<EventMinutes>().Where(m => m.ItemId == e.Id && m.ReplacedAt == null && m.Text != null).OrderByDescending(m => m.Key).Select(m => new Minutes(m.Key, m.Text!)).ToList() })
            .ToListAsync(cancellation)).ToDictionary(e => e.Event.Id, e => Text(e.Event, e.Minutes));

    public async Task<IReadOnlyDictionary<Guid, string>> LinesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        (await db.Set<AgendaEvent>().AsNoTracking().Where(e => ids.Contains(e.Id)).ToListAsync(cancellation)).ToDictionary(e => e.Id, e => string.Join(" · ", Head(e)));

    private List<string> Head(AgendaEvent e)
    {
        List<string> lines = [!e.IsSeries ? EventWords.When(e) : AgendaTexts.SeriesFrom.With(EventWords.Series(e, dates.ZoneOf(e)), EventWords.When(e))];
        if (EventWords.Where(e.Place, e.Commune) is { } where) lines.Add(where);
        if (e.CancelledAt is not null) lines.Add(AgendaTexts.IsCancelled);
        return lines;
    }

    private string Text(AgendaEvent e, List<Minutes> written)
    {
        var lines = Head(e);
        if (Organisers.Split(e.Organisations) is { Count: > 0 } organisations) lines.Add(AgendaTexts.OrganisedByWords.With(string.Join(", ", organisations.Select(PlainMarkdown.Quiet))));
        if (e.Body.Length > 0) lines.Add(e.Body);
        // What somebody typed into a field is no Markdown.
        if (Programme.Read(e.Programme) is { Count: > 0 } slots) lines.Add(string.Join('\n', Programme.Lines(slots, e.StartLocal).Select(l => "- " + PlainMarkdown.Quiet(l)).Prepend($"**{AgendaTexts.ProgrammeTitle}**\n")));
        foreach (var minutes in written) lines.AddRange(e.IsSeries ? [AgendaTexts.MinutesOf.With(EventWords.Day(minutes.Key)), minutes.Text] : [minutes.Text]);
        return string.Join("\n\n", lines);
    }

    private sealed record Minutes(DateTime Key, string Text);
}

/// <summary>Addresses of events.</summary>
internal static class EventAddress
{
    public static string Of(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/agenda/{shortId}-{Slug.Of(title)}";

    /// <summary>At one of its dates, relative to the base; of another site its own page there, or else where its calendar is named.</summary>
    public static string Of(EventRow row) => row.Outside is { } outside ? outside.Link ?? $"groupes/{row.GroupSlug}/agenda/calendriers#c-{outside.CalendarId:N}" :
        Of(row.GroupSlug, row.ShortId, row.Title)[1..] + (row.Date.IsSeries ? "?date=" + DateKey.Of(row.Date.Key) : "");

    /// <summary>Without the title, which the page adds.</summary>
    public static string Short(string groupSlug, string shortId) => $"/groupes/{groupSlug}/agenda/{shortId}";
}

/// <summary>The dates of an event go with it to another group; those who registered are told when it is put into the trash, and when it comes back.</summary>
internal sealed class EventCompanion(EventLetters letters, MailOutbox outbox, TimeProvider clock) : IContentCompanion
{
    public string Kind => AgendaModule.EventKindKey;

    public async Task RemovedAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        // Read before the removal is saved: afterwards nothing of it is there.
        var (e, coming) = await ComingAsync(db, item, cancellation);
        e.Sequence++;
        var rows = await letters.RemovedAsync(db, e, coming, cancellation);
        await outbox.AddAsync(db, rows, cancellation);
    }

    public async Task RestoredAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        var (e, coming) = await ComingAsync(db, item, cancellation);
        e.Sequence++;
        await outbox.AddAsync(db, await letters.TakesPlaceAsync(db, e, coming, cancellation), cancellation);
    }

    private async Task<(AgendaEvent Event, List<EventDate> Coming)> ComingAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var (id, now) = (item.Id, clock.GetUtcNow().UtcDateTime);
        return (await db.Set<AgendaEvent>().FirstAsync(e => e.Id == id, cancellation), await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id && d.EndUtc > now && !d.IsCancelled).ToListAsync(cancellation));
    }

    public Task MovedAsync(AppDbContext db, ContentItem item, Guid from, CancellationToken cancellation) =>
        db.Set<EventDate>().Where(d => d.ItemId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.GroupId, item.GroupId), cancellation);
}

/// <summary>« Agenda » in the main navigation.</summary>
internal sealed class AgendaEntry : ISiteEntry
{
    public int Order => 30;

    public ValueTask<SiteEntry?> ReadAsync(bool isSignedIn, CancellationToken cancellation) => new(new SiteEntry(AgendaTexts.Agenda, "agenda", "calendar-days"));
}
