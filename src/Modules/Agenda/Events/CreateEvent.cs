using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Agenda.Events;

/// <summary>An event to announce.</summary>
/// <param name="Content">Title, text, audience, tags.</param>
/// <param name="Details">When, where and the rest.</param>
/// <param name="Files">Files received and stored, to attach.</param>
/// <param name="Source">Short identifier of the content that it was made from, or null.</param>
public sealed record CreateEventInput(ContentInput Content, EventDetails Details, IReadOnlyList<ReceivedFile> Files, string? Source = null);

/// <summary>Announces an event in a group.</summary>
internal sealed class CreateEvent(PublishContent publish, EventDates dates, PlatformOptions platform)
{
    /// <summary>Publishes the event and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or the source cannot be read.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators announce events.</exception>
    /// <exception cref="InvalidInputException">A field cannot be read, is too long, or the audience too wide.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string groupSlug, CreateEventInput input, CancellationToken cancellation)
    {
        Schedule? schedule = null;
        Organisers? organisers = null;
        return publish.ExecuteAsync(viewer, groupSlug, new Publication<AgendaEvent>
        {
            Permission = AgendaModule.CreateEvent,
            Kind = AgendaModule.EventKindKey,
            Content = input.Content with { IsBodyOptional = true },
            Check = async (db, standing, rules) =>
            {
                schedule = Schedule.Read(input.Details, rules, platform.TimeZone);
                organisers = await Organisers.FindAsync(db, standing.GroupId, viewer.MemberId, [], input.Details.Organisers, rules, cancellation);
            },
            Make = item => schedule!.Into(new AgendaEvent { Id = item.Id, Item = item }, input.Details, platform.TimeZone),
            With = async (db, e, standing) =>
            {
                if (organisers is not null) await organisers.WriteAsync(db, e, cancellation);
                await dates.SpreadAsync(db, e, standing.GroupId, cancellation);
            },
            Files = input.Files,
            Source = input.Source,
        }, cancellation);
    }
}
