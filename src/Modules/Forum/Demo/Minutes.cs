using System.Globalization;
using System.Text;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Demo;

/// <summary>Papers of the groups: minutes of their meetings, follow-up tables, notes.</summary>
internal sealed class Minutes(DemoContext context)
{
    private const int Months = 6;

    private readonly Source _texts = context.Texts.Read<Source>("minutes");

    /// <summary>The minutes of the months before that day, and the table that follows them up.</summary>
    public IEnumerable<DemoFile> OfMonthsBefore(DemoGroup group, int daysAgo)
    {
        var random = context.Random.Fork($"comptes-rendus/{group.Slug}");
        var people = group.WritersAt(daysAgo);
        for (var month = 1; month <= Months; month++)
        {
            var day = context.Today.AddDays(-daysAgo).AddMonths(-month);
            yield return OfMonth(group, day, random, people);
        }

        var lines = random.Sample(_texts.DecisionChoices, 8).Select(action =>
            string.Join(';', action.TrimEnd('.'), random.Pick(people).Name, context.Today.AddDays(-daysAgo + random.Between(5, 60)).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), random.Pick(_texts.TrackingStates)));
        yield return new DemoFile(_texts.TrackingName, Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Prepend(_texts.TrackingHead)) + "\r\n")).ToArray());
    }

    /// <summary>A note on the subject of a thread.</summary>
    public DemoFile Note(DemoGroup group, string title, string body) => new(
        _texts.NoteName.Replace("{fil}", Slug.Of(title), StringComparison.Ordinal),
        PlainPdf.Write(_texts.NoteTitle.Replace("{titre}", title, StringComparison.Ordinal), PlainText.FromMarkdown(body) + "\n\n" + _texts.NoteFoot.Replace("{groupe}", group.Name, StringComparison.Ordinal)));

    private DemoFile OfMonth(DemoGroup group, DateOnly day, DemoRandom random, IReadOnlyList<DemoMember> people)
    {
        var places = new Dictionary<string, string>
        {
            ["{groupe}"] = group.Name,
            ["{mois}"] = _texts.Months[day.Month - 1],
            ["{annee}"] = day.Year.ToString(CultureInfo.InvariantCulture),
            ["{numero}"] = day.Month.ToString("D2", CultureInfo.InvariantCulture),
            ["{jour}"] = day.Day.ToString(CultureInfo.InvariantCulture),
            ["{lieu}"] = random.Pick(_texts.Places),
            ["{noms}"] = string.Join(", ", random.Sample(people, random.Between(5, 9)).Select(p => p.Name)),
        };
        var text = new StringBuilder()
            .Append(Fill(_texts.Place, places)).Append('\n').Append(Fill(_texts.Present, places)).Append("\n\n").Append(_texts.Agenda).Append('\n');
        foreach (var tag in group.Tags) text.Append("- ").Append(tag).Append('\n');
        text.Append('\n').Append(_texts.Decisions).Append('\n');
        foreach (var decision in random.Sample(_texts.DecisionChoices, 4)) text.Append("- ").Append(decision).Append('\n');
        return new DemoFile(Fill(_texts.MinutesName, places), PlainPdf.Write(Fill(_texts.MinutesTitle, places), text.ToString()));
    }

    private static string Fill(string text, Dictionary<string, string> places)
    {
        foreach (var (place, word) in places) text = text.Replace(place, word, StringComparison.Ordinal);
        return text;
    }

    private sealed record Source(
        string[] Months, string MinutesTitle, string MinutesName, string Place, string[] Places, string Present, string Agenda, string Decisions, string[] DecisionChoices,
        string TrackingName, string TrackingHead, string[] TrackingStates, string NoteTitle, string NoteName, string NoteFoot);
}
