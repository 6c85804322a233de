using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Rides;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Agenda;

/// <summary>How the rows of the agenda are stored.</summary>
internal static class AgendaModel
{
    public static void Configure(ModelBuilder model)
    {
        var events = model.Content<AgendaEvent>();
        events.ToTable("AgendaEvents");
        events.Property(x => x.TimeZone).HasMaxLength(64);
        events.Property(x => x.Rule).HasMaxLength(AgendaEvent.RuleLength);
        events.Property(x => x.Place).HasMaxLength(AgendaEvent.PlaceLength);
        events.Property(x => x.Commune).HasMaxLength(AgendaEvent.CommuneLength);
        events.Property(x => x.OnlineUrl).HasMaxLength(AgendaEvent.LinkLength);
        events.Property(x => x.Contact).HasMaxLength(AgendaEvent.PlaceLength);
        events.Property(x => x.Price).HasMaxLength(AgendaEvent.PlaceLength);
        events.Property(x => x.Questions).HasMaxLength(Question.TextLength);
        events.Property(x => x.Organisations).HasMaxLength(AgendaEvent.OrganisationsLength);
        events.Property(x => x.Uid).HasMaxLength(AgendaEvent.UidLength);
        events.Property(x => x.RelatedTo).HasMaxLength(AgendaEvent.UidLength);
        events.Property(x => x.ImportedHash).HasMaxLength(64);
        events.HasIndex(x => x.SpreadUntil);
        events.HasIndex(x => x.Uid);
        model.Entity<EventDate>(date =>
        {
            date.ToTable("AgendaDates");
            date.Property(x => x.Place).HasMaxLength(AgendaEvent.PlaceLength);
            date.Property(x => x.Commune).HasMaxLength(AgendaEvent.CommuneLength);
            date.HasIndex(x => new { x.ItemId, x.Key }).IsUnique();
            // A month is counted without its rows.
            date.HasIndex(x => new { x.StartUtc, x.EndUtc, x.ItemId, x.GroupId, x.Kind });
            date.HasIndex(x => new { x.GroupId, x.StartUtc });
            date.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<DateChange>(change =>
        {
            change.ToTable("AgendaDateChanges");
            change.HasKey(x => new { x.ItemId, x.Key });
            change.Property(x => x.Place).HasMaxLength(AgendaEvent.PlaceLength);
            change.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        ConfigureOutside(model);
        model.Entity<ReminderChoice>(choice =>
        {
            choice.ToTable("AgendaReminders");
            choice.HasKey(x => new { x.MemberId, x.EventId });
            choice.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Ride>(ride =>
        {
            ride.ToTable("AgendaRides");
            ride.Property(x => x.Commune).HasMaxLength(AgendaEvent.CommuneLength);
            ride.Property(x => x.Note).HasMaxLength(Ride.NoteLength);
            ride.HasIndex(x => new { x.ItemId, x.Key, x.MemberId }).IsUnique();
            ride.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
            ride.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RideSeat>(seat =>
        {
            seat.ToTable("AgendaRideSeats");
            seat.HasKey(x => new { x.RideId, x.MemberId });
            seat.HasQueryFilter(AppDbContext.AccessFilter, x => x.Ride != null);
            seat.HasOne(x => x.Ride).WithMany().HasForeignKey(x => x.RideId).OnDelete(DeleteBehavior.Cascade);
            seat.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<EventDecision>(decision =>
        {
            decision.ToTable("AgendaDecisions");
            decision.Property(x => x.Text).HasMaxLength(EventDecision.TextLength);
            decision.Property(x => x.Who).HasMaxLength(EventDecision.WhoLength);
            decision.HasIndex(x => new { x.ItemId, x.Key, x.Position });
            decision.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<EventMinutes>(minutes =>
        {
            minutes.ToTable("AgendaMinutes");
            minutes.Property(x => x.CameToo).HasMaxLength(CameToo.TextLength);
            minutes.HasIndex(x => new { x.ItemId, x.Key });
            minutes.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
            minutes.HasOne(x => x.Writer).WithMany().HasForeignKey(x => x.WriterId).OnDelete(DeleteBehavior.Restrict);
        });
        // Removed with the guest, who is removed with the content: a second way there is more than SQL Server takes.
        model.Entity<GuestRegistration>(registration =>
        {
            registration.ToTable("AgendaGuestRegistrations");
            registration.HasKey(x => new { x.GuestId, x.Key });
            registration.Property(x => x.Answers).HasMaxLength(Registration.AnswersLength);
            registration.HasIndex(x => new { x.ItemId, x.Key });
            registration.HasQueryFilter(AppDbContext.AccessFilter, x => x.Guest != null);
            registration.HasOne(x => x.Guest).WithMany().HasForeignKey(x => x.GuestId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Registration>(registration =>
        {
            registration.ToTable("AgendaRegistrations");
            registration.HasKey(x => new { x.ItemId, x.Key, x.MemberId });
            registration.Property(x => x.Answers).HasMaxLength(Registration.AnswersLength);
            registration.HasIndex(x => new { x.MemberId, x.Key });
            registration.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
            registration.HasOne(x => x.Member).WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void ConfigureOutside(ModelBuilder model)
    {
        model.Entity<OutsideCalendar>(calendar =>
        {
            calendar.ToTable("AgendaOutsideCalendars");
            calendar.Property(x => x.Name).HasMaxLength(OutsideCalendar.NameLength);
            calendar.Property(x => x.Address).HasMaxLength(OutsideCalendar.AddressLength);
            calendar.Property(x => x.ETag).HasMaxLength(OutsideCalendar.ValidatorLength);
            calendar.Property(x => x.LastModified).HasMaxLength(OutsideCalendar.ValidatorLength);
            calendar.Property(x => x.BodyHash).HasMaxLength(64);
            calendar.HasIndex(x => x.GroupId);
            calendar.HasIndex(x => x.NextFetchAt);
            calendar.HasOne(x => x.Group).WithMany().HasForeignKey(x => x.GroupId).OnDelete(DeleteBehavior.Cascade);
            calendar.HasOne<Member>().WithMany().HasForeignKey(x => x.AddedById).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OutsideDate>(date =>
        {
            date.ToTable("AgendaOutsideDates");
            date.Property(x => x.Title).HasMaxLength(OutsideDate.TitleLength);
            date.Property(x => x.Place).HasMaxLength(AgendaEvent.PlaceLength);
            date.Property(x => x.Link).HasMaxLength(AgendaEvent.LinkLength);
            date.HasIndex(x => x.StartUtc);
            date.HasIndex(x => new { x.CalendarId, x.StartUtc });
            date.HasQueryFilter(AppDbContext.AccessFilter, x => x.Calendar != null);
            date.HasOne(x => x.Calendar).WithMany().HasForeignKey(x => x.CalendarId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
