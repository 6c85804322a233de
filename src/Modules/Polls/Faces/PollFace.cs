using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Faces;

/// <summary>How a poll shows itself to the rest of the house: until when, the context, the options, and what was concluded. Never who voted what, nor how many.</summary>
internal sealed class PollFace(Dates dates, TimeProvider clock) : IContentFace
{
    public string Kind => PollsModule.PollKindKey;

    public string CreatedVerb => PollsTexts.AskedPoll;

    public string Address(string groupSlug, ContentItem item) => PollAddress.Of(groupSlug, item.ShortId, item.Title);

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var polls = await db.Set<Poll>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(cancellation);
        var options = (await db.Set<PollOption>().AsNoTracking().Where(o => ids.Contains(o.ItemId)).OrderBy(o => o.Position).ToListAsync(cancellation)).ToLookup(o => o.ItemId);
        return polls.ToDictionary(p => p.Id, p => Text(p, [.. options[p.Id]]));
    }

    public async Task<IReadOnlyDictionary<Guid, string>> LinesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        (await db.Set<Poll>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(cancellation))
            .ToDictionary(p => p.Id, p => p.SettledAt is null ? PollsTexts.ClosesOn.With(dates.Coming(p.ClosesAt)) : PollsTexts.ClosedOn.With(dates.Exact(p.ClosesAt)));

    private string Text(Poll poll, IReadOnlyList<PollOption> options)
    {
        List<string> parts = [];
        if (poll.Conclusion is { } conclusion) parts.Add($"**{PollsTexts.Conclusion}**\n\n{conclusion}");
        if (poll.Body.Length > 0) parts.Add(poll.Body);
        if (options.Count > 0) parts.Add(string.Join('\n', options.Select(o => "- " + PlainMarkdown.Quiet(PollWords.Of(o, dates)))));
        parts.Add((poll.IsClosed(clock.GetUtcNow().UtcDateTime) ? PollsTexts.ClosedOn : PollsTexts.EndsOn).With(dates.Exact(poll.ClosesAt)));
        return string.Join("\n\n", parts);
    }
}

/// <summary>Addresses of polls.</summary>
internal static class PollAddress
{
    public static string List(string groupSlug) => $"/groupes/{groupSlug}/sondages";

    public static string Of(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/sondages/{shortId}-{Slug.Of(title)}";

    /// <summary>Without the title, which the page adds.</summary>
    public static string Short(string groupSlug, string shortId) => $"/groupes/{groupSlug}/sondages/{shortId}";
}
