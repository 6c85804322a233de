using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Calendars;
using TerritoireCollab.Agenda.Demo;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Faces;
using TerritoireCollab.Agenda.Import;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Agenda.Rides;
using TerritoireCollab.Agenda.Series;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Agenda;

/// <summary>Meetings and other dates, and who comes: in each group that has it on, and for the whole territory at <c>/agenda</c>.</summary>
public sealed class AgendaModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "agenda";

    /// <summary>Key of the kind of content.</summary>
    public const string EventKindKey = "agenda.event";

    /// <summary>Announce an event.</summary>
    public static readonly Permission CreateEvent = new() { Key = "agenda.event.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>Choose which calendars of other sites are shown beside the group's dates, to whom, and whether they go into its own calendar.</summary>
    public static readonly Permission KeepCalendars = new() { Key = "agenda.calendars", Least = GroupRole.Animator };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool { get; } = new() { Key = ToolKey, Name = () => AgendaTexts.Agenda, Icon = "calendar-days", Order = 60, HasCalendar = true, CreateLabel = () => AgendaTexts.AddEvent, FromSource = () => AgendaTexts.MakeEvent };

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = EventKindKey,
            Tool = ToolKey,
            Name = () => AgendaTexts.Event,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed
                | Capability.Attachable | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services
        .AddSingleton<IContentFace, EventFace>().AddSingleton<IContentCompanion, EventCompanion>().AddSingleton<ISiteEntry, AgendaEntry>().AddSingleton<IDemoSeed, EventSeed>()
        .AddSingleton<EventDates>().AddSingleton<IRecurringJob, SpreadSeries>()
        .AddSingleton<NewEvent>().AddSingleton<CreateEvent>().AddSingleton<EditEvent>().AddSingleton<CancelEvent>().AddSingleton<TellChanges>()
        .AddSingleton<ListEvents>().AddSingleton<ReadEvent>().AddSingleton<ReadProgramme>().AddSingleton<ReadEvents>().AddSingleton<FindBesides>().AddSingleton<ITimetable, ReadTimetable>()
        .AddSingleton<Places>().AddSingleton<TakeAnswer>().AddSingleton<Register>().AddSingleton<RegisterGuest>().AddSingleton<IGuestTool, EventGuests>().AddSingleton<ListRegistrations>().AddSingleton<WriteMinutes>()
        .AddSingleton<WriteCalendar>().AddSingleton<EventInvitations>().AddSingleton<ICalendarContent, AnnouncedDates>().AddSingleton<IMailDestination, TakeCalendarReply>().AddSingleton<IHomeBlock, AgendaBlock>().AddSingleton<IMemberTasks, DatesToGoTo>().AddSingleton<KeepRides>()
        .AddSingleton<ImportEvents>().AddSingleton<MoveSeries>().AddMailKinds(CalendarFailureNotice.ActivityKind)
        .AddSingleton<KeepOutsideCalendars>().AddSingleton<SpreadOutside>().AddSingleton<CalendarWake>().AddSingleton<IWorker, FetchCalendars>().AddSingleton<IRecurringJob, TellCalendarFailures>().AddSingleton<IGroupNotice, CalendarFailureNotice>()
        .AddMailKinds(EventLetters.Kind).AddMailWriting()
        .AddSingleton<EventLetters>().AddSingleton<IMailCheck, EventMailCheck>().AddSingleton<IRecurringJob, SendReminders>().AddSingleton<ChooseReminder>()
        .AddSingleton<IMailAct, TakePartByMail>().AddSingleton<IMailAct, MaybeByMail>().AddSingleton<IMailAct, DeclineByMail>();

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model) => AgendaModel.Configure(model);

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAgenda();
        endpoints.MapAgendaApi();
    }
}
