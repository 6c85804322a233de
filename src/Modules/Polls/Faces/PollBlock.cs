using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Questionnaires.Pages;
using TerritoireCollab.Polls.Reading;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Faces;

/// <summary>The block of polls and questionnaires on the home page of a group: those that are open, the next to close first.</summary>
internal sealed class PollBlock(Dates dates, TimeProvider clock) : IHomeBlock
{
    public string Tool => PollsModule.ToolKey;

    public async Task<IReadOnlyList<HomeLine>> ReadAsync(AppDbContext db, Standing standing, int most, CancellationToken cancellation)
    {
        var (me, now) = (standing.Viewer.MemberId, clock.GetUtcNow().UtcDateTime);
        var open = ListPolls.All(db, standing.GroupId).Where(l => l.ClosesAt > now).OrderBy(l => l.ClosesAt).ThenBy(l => l.Item.ShortId).Take(most);
        var found = await ListPolls.Rows(db, open, me).ToListAsync(cancellation);
        return [.. found.Select(r => new HomeLine(r.Title, Address(standing.Slug, r), string.Join(" · ", new[] { PollsTexts.ClosesOn.With(dates.Coming(r.ClosesAt)), Count(r), standing.IsMember ? Mine(r) : null }.OfType<string>())))];
    }

    private static string Address(string slug, PollRow row) => row.IsQuestionnaire ? QuestionnaireAddress.Of(slug, row.ShortId, row.Title) : PollAddress.Of(slug, row.ShortId, row.Title);

    private static string Count(PollRow row) => row.IsQuestionnaire ? QuestionnaireWords.Answers(row.Votes) : row.Votes switch { 0 => PollsTexts.NoVote, 1 => PollsTexts.OneVote, var n => PollsTexts.SomeVotes.With(n) };

    private static string Mine(PollRow row) => (row.IsQuestionnaire, row.IsVoted) switch
    {
        (true, true) => QuestionnaireTexts.YouAnswered,
        (true, false) => QuestionnaireTexts.YouHaveNotAnswered,
        (false, true) => PollsTexts.YouVoted,
        _ => PollsTexts.YouHaveNotVoted,
    };
}

/// <summary>In another group than the one whose members were told who would see their votes, no name is shown any more.</summary>
internal sealed class PollCompanion : IContentCompanion
{
    public string Kind => PollsModule.PollKindKey;

    public Task MovedAsync(AppDbContext db, ContentItem item, Guid from, CancellationToken cancellation) =>
        db.Set<Poll>().Where(p => p.Id == item.Id && p.Secrecy != Secrecy.Secret).ExecuteUpdateAsync(set => set.SetProperty(p => p.HidesNames, true), cancellation);
}
