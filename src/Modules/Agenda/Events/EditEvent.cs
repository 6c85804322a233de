using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Events;

/// <summary>What the form of an event shows.</summary>
public sealed record EventForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Short identifier, or null for a new one.</summary>
    public string? ShortId { get; init; }
    /// <summary>Title.</summary>
    public string Title { get; init; } = "";
    /// <summary>Text, in Markdown.</summary>
    public string Body { get; init; } = "";
    /// <summary>Tags separated by commas.</summary>
    public string Tags { get; init; } = "";
    /// <summary>Who may read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>Its version; 0 for a new one.</summary>
    public int Version { get; init; }
    /// <summary>When, where and the rest.</summary>
    public required EventDetails Details { get; init; }
    /// <summary>Name of the zone whose clocks its hours are read on, where it is not the platform's.</summary>
    public string? Zone { get; init; }
    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];
    /// <summary>Title of the content that it is made from, or null.</summary>
    public string? SourceTitle { get; init; }
}

/// <summary>An event rewritten.</summary>
/// <param name="Content">Title, text, audience, tags.</param>
/// <param name="Details">When, where and the rest.</param>
/// <param name="Version">The version that was read.</param>
public sealed record EditEventInput(ContentInput Content, EventDetails Details, int Version)
{
    /// <summary>What is done to its files.</summary>
    public FileChanges Files { get; init; } = FileChanges.None;
}

/// <summary>Rewrites an event, all its dates with it.</summary>
internal sealed class EditEvent(AppDb database, EditContent edit, AttachmentWriter attachments, EventDates dates, Places places, TellChanges changes, TimeProvider clock)
{
    /// <summary>The event as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<EventForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, e, tags, members) = await edit.ReadAsync<AgendaEvent>(db, GroupPermissions.EditItem, shortId, cancellation);
        var authors = await CoAuthors.OfAsync(db, e.Item, cancellation);
        var author = await db.Members.Where(m => m.Id == e.Item.AuthorId).Select(m => m.Name).FirstAsync(cancellation);
        await TakeMoveAsync(db, e, cancellation);
        return new()
        {
            Standing = standing, PlatformMembers = members, ShortId = shortId, Title = e.Item.Title, Body = e.Body, Tags = tags, Audience = e.Item.Audience, Version = e.Item.Version,
            Details = EventDetails.Of(e, dates.ZoneOf(e)) with { Organisers = string.Join(", ", Organisers.Names(e, author, authors)) },
            Files = await AttachmentWriter.OfAsync(db, e.Id, cancellation),
            Zone = dates.OtherZoneOf(e),
        };
    }

    /// <summary>Saves the event.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field cannot be read, is too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task<ContentItem> ExecuteAsync(Viewer viewer, string shortId, EditEventInput input, CancellationToken cancellation)
    {
        Schedule? schedule = null;
        Organisers? organisers = null;
        return edit.ExecuteAsync(viewer, shortId, new Rewriting<AgendaEvent>
        {
            Content = input.Content with { IsBodyOptional = true },
            Version = input.Version,
            // An event of another zone, that an import brought, keeps its clocks.
            Check = async (db, e, standing, rules) =>
            {
                var zone = dates.ZoneOf(e);
                schedule = Schedule.Read(input.Details with { Repetition = input.Details.Repetition.Following(e.Rule, e.StartLocal, zone) }, rules, zone);
                organisers = await Organisers.FindAsync(db, standing.GroupId, e.Item.AuthorId, await CoAuthors.OfAsync(db, e.Item, cancellation), input.Details.Organisers, rules, cancellation);
                await AttachmentWriter.CheckAsync(db, e.Id, input.Files, rules, cancellation);
            },
            With = async (db, e) =>
            {
                var (before, online) = (e.StartLocal, e.OnlineUrl);
                var told = await TellChanges.BeforeAsync(db, e.Id, cancellation);
                schedule!.Into(e, input.Details, dates.ZoneOf(e));
                SeriesDates.Shift(e, e.StartLocal - before);
                await changes.TellGoneAsync(db, e, told, e.StartLocal - before, cancellation);
                e.Sequence++;
                e.Item.UpdatedAt = clock.GetUtcNow().UtcDateTime;
                if (organisers is not null) await organisers.WriteAsync(db, e, cancellation);
                await attachments.ChangeAsync(db, e.Item, input.Files, cancellation);
                // Of the only date the form says when it is: what was said of it apart counts no more.
                if (!e.IsSeries) await EventDates.ForgetChangeAsync(db, e.Id, before, cancellation);
                await EventDates.KeepAnswersAsync(db, e.Id, e.StartLocal - before, cancellation);
                await dates.SpreadAsync(db, e, e.Item.GroupId, cancellation);
                await places.PromoteAsync(db, e, null, cancellation);
                await changes.TellAsync(db, e, told, online, cancellation);
            },
        }, cancellation);
    }

    // An event that came back once, or that was moved by itself before such events moved as a whole, is where its only date is.
    private static async Task TakeMoveAsync(AppDbContext db, AgendaEvent e, CancellationToken cancellation)
    {
        var (id, key) = (e.Id, e.StartLocal);
        if (e.IsSeries || await db.Set<DateChange>().AsNoTracking().FirstOrDefaultAsync(c => c.ItemId == id && c.Key == key, cancellation) is not { } change) return;

        (e.StartLocal, e.EndLocal, e.Place) = (change.StartLocal ?? e.StartLocal, change.EndLocal ?? e.EndLocal, change.Place ?? e.Place);
    }
}
