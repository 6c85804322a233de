using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Benchmarks;

/// <summary>
/// The agenda of a territory of so many events, a tenth of them weekly series, with calendars of other sites beside them: the product in a process of its own, asked at
/// sixteen connections for the month and the list of the territory and of a group: <c>--agenda N</c>.
/// </summary>
internal static class AgendaMeasure
{
    private const int Groups = 20;
    private const int Connections = 16;
    private const int Series = 10;
    private const int Weeks = 10;
    private const int DaysAround = 180;
    private const int OutsideDates = 1500;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(6);

    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(int count)
    {
        await using var instance = await Instance.StartAsync();
        var (reader, slug) = await SeedAsync(instance, count);
        var session = await instance.SessionAsync(reader.Id);
        using var product = ProductProcess.Serve([("Territoire__DataDirectory", instance.Folder), ("Territoire__BaseUrl", "http://127.0.0.1"), ("Territoire__Jobs", "false")]);
        try
        {
            var address = await ProductProcess.AddressAsync(product);
            var month = instance.Now().ToString("yyyy-MM", CultureInfo.InvariantCulture);
            Console.WriteLine($"{count} events in {Groups} groups, {OutsideDates} dates of other sites, {Connections} connections, {Environment.ProcessorCount} cores that the product shares with those who ask, SQLite file");
            var warmUp = WarmUp;
            foreach (var path in new[] { $"/agenda?mois={month}", $"/agenda?mois={month}&exterieur=non", "/agenda", "/agenda?passe=oui", $"/groupes/{slug}/agenda?mois={month}", $"/groupes/{slug}/agenda" })
            {
                var measure = await LoadClient.RunAsync(address, [path], [session], Connections, warmUp, Span);
                warmUp = Again;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {measure.PerSecond:F0} a second, median {measure.Median:F1} ms, 99 % {measure.P99:F1} ms, {measure.Bytes / 1024.0:F0} kB, {measure.Errors} errors"));
                var alone = await LoadClient.RunAsync(address, [path], [session], 1, TimeSpan.FromSeconds(1), Span);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  one at a time: median {alone.Median:F1} ms, 99 % {alone.P99:F1} ms"));
            }
        }
        finally
        {
            product.Kill();
            await product.WaitForExitAsync();
        }

        return 0;
    }

    private static async Task<(Member Reader, string Slug)> SeedAsync(Instance instance, int count)
    {
        var scene = new Scene(instance);
        var (owner, reader) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var groups = new List<Group>();
        for (var g = 0; g < Groups; g++) groups.Add(await scene.GroupAsync($"Groupe {g}", owner, members: g % 2 == 0 ? [reader] : []));
        var now = instance.Now();
        foreach (var some in Enumerable.Range(0, count).Chunk(1000)) await WriteAsync(instance, owner, groups, some, count, now);
        await scene.OutsideAsync(groups[0], owner, "Mairie", "Conseil", Audience.Platform);
        await using var db = instance.Open(Viewer.System);
        var calendar = db.Set<OutsideCalendar>().Single();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.InsertAsync(Enumerable.Range(0, OutsideDates).Select(n => Outside(calendar.Id, n, now)).ToList(), default);
            await transaction.CommitAsync();
        }

        foreach (var tune in instance.Services.GetServices<IRecurringJob>().Where(j => j.GetType().Name == "TuneDatabase")) await tune.RunAsync(default);
        return (reader, groups[0].Slug);
    }

    private static OutsideDate Outside(Guid calendarId, int n, DateTime now)
    {
        var start = now.Date.AddDays((n * (2.0 * DaysAround) / OutsideDates) - DaysAround).AddHours(9 + (n % 10));
        return new() { Id = Guid.CreateVersion7(), CalendarId = calendarId, Title = $"Permanence de la mairie {n}", Place = "Mairie", StartLocal = start, EndLocal = start.AddHours(1), StartUtc = start, EndUtc = start.AddHours(1), IsAllDay = false };
    }

    // Half of what is announced is for the platform; what a group keeps for itself the reader sees in every second group alone.
    private static async Task WriteAsync(Instance instance, Member author, List<Group> groups, int[] numbers, int count, DateTime now)
    {
        await using var db = instance.Open(Viewer.System);
        foreach (var n in numbers)
        {
            var group = groups[n % Groups];
            var start = now.Date.AddDays((n * (2L * DaysAround) / count) - DaysAround).AddHours(8 + (n % 12));
            var item = new ContentItem
            {
                Id = Guid.CreateVersion7(), ShortId = ShortIds.New(), Kind = AgendaModule.EventKindKey, GroupId = group.Id, AuthorId = author.Id, Audience = n / Groups % 2 == 0 ? Audience.Group : Audience.Platform, Title = $"Réunion ordinaire de la commission, la {n}e",
                Excerpt = "L’ordre du jour et le lieu.", CreatedAt = now, UpdatedAt = now, LastActivityAt = now, LastActorId = author.Id,
            };
            var e = new AgendaEvent { Id = item.Id, Item = item, Body = "L’ordre du jour.", BodyHtml = "<p>L’ordre du jour.</p>", BodyRenderer = Bodies.Renderer, StartLocal = start, EndLocal = start.AddHours(2), TimeZone = "Europe/Paris", Rule = n % Series == 3 ? $"FREQ=WEEKLY;COUNT={Weeks}" : null, Place = "Salle des fêtes", Commune = "Crest" };
            db.Add(item);
            db.Add(e);
            for (var week = 0; week < (e.Rule is null ? 1 : Weeks); week++) db.Add(Date(e, group.Id, start.AddDays(7 * week)));
        }

        await db.SaveChangesAsync();
    }

    private static EventDate Date(AgendaEvent e, Guid groupId, DateTime start) => new()
    {
        ItemId = e.Id, GroupId = groupId, Kind = e.Kind, Key = start, StartLocal = start, EndLocal = start.AddHours(2), StartUtc = start.AddHours(-1), EndUtc = start.AddHours(1), IsAllDay = false, IsSeries = e.Rule is not null, IsCancelled = false, Place = e.Place, Commune = e.Commune,
    };
}
