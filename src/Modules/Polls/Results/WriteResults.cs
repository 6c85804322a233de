using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Reading;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Results;

/// <summary>Writes the results as a table for the author and the animators: no more than their page shows.</summary>
internal sealed class WriteResults(ReadPoll polls, Dates dates)
{
    /// <summary>The table, with the name of its file: a line for each vote, then what each option got.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator, or the results are hidden from them still.</exception>
    public async Task<(string FileName, byte[] Bytes)> CsvAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        var view = await polls.ExecuteAsync(viewer, shortId, new DiscussionPlace(null, null, null), cancellation);
        if (!view.MayLead) throw new ForbiddenException(PollsTexts.LeadersOnly);
        if (view.Results is not { } results) throw new ForbiddenException(view.Poll.Showing == Showing.AtEnd ? PollsTexts.HiddenUntilEnd : PollsTexts.HiddenUntilVote);

        var csv = new CsvText().Line([PollsTexts.CsvName, PollsTexts.CsvOrganisation, .. view.Options.Select(o => PollWords.Of(o, dates)), PollsTexts.CsvReason]);
        foreach (var vote in view.Shown) csv.Line([vote.Name, vote.Organisation, .. view.Options.Select(o => Cell(view.Poll.Kind, vote.Marks, o.Number)), vote.Reason]);
        csv.Line([PollsTexts.CsvTotal, "", .. results.Lines.Select(l => (object)l.Count), ""]);
        if (view.Poll.Kind == PollKind.Dates) csv.Line([PollsTexts.IfNeedBe, "", .. results.Lines.Select(l => (object)l.Beside), ""]);
        if (view.Options.Any(o => o.Places is not null)) csv.Line([PollsTexts.CsvPlaces, "", .. view.Options.Select(o => (object?)o.Places ?? ""), ""]);
        return ($"{PollsTexts.CsvFile}-{Slug.Of(view.Content.Item.Title)}.csv", csv.ToBytes());
    }

    private static object Cell(PollKind kind, IReadOnlyDictionary<int, int> marks, int option) => kind switch
    {
        PollKind.Dates => PollWords.Answer(marks.TryGetValue(option, out var answer) ? answer : null),
        _ => marks.TryGetValue(option, out var mark) ? mark : "",
    };
}
