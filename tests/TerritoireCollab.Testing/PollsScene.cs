using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Mails;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Testing;

/// <summary>Polls of a test, asked and voted on as members do.</summary>
public static class PollsScene
{
    /// <summary>Asks a question that closes in so many days at six in the evening, and returns its short identifier.</summary>
    public static Task<string> PollAsync(
        this Scene scene, Group group, Member author, string title, PollKind kind = PollKind.OneChoice, IReadOnlyList<string>? options = null, int inDays = 7, string body = "", Audience? audience = null, Func<PollDetails, PollDetails>? with = null)
    {
        var details = new PollDetails { Kind = kind, Day = PollDetails.Typed(DateOnly.FromDateTime(scene.Now.AddDays(inDays))), Hour = "18:00", Options = options ?? ["Oui", "Non"] };
        return scene.Instance.Services.GetService<CreatePoll>().ExecuteAsync(
            Viewer.Member(author.Id), group.Slug, new(new ContentInput { Title = title, Body = body, Audience = audience }, with?.Invoke(details) ?? details, []), default);
    }

    /// <summary>Votes: for that option, with that reason.</summary>
    public static Task VoteAsync(this Scene scene, string shortId, Member member, int option = 1, string? reason = null) => scene.VoteAsync(shortId, member, new Dictionary<int, int> { [option] = 1 }, reason);

    /// <summary>Votes with those marks.</summary>
    public static Task VoteAsync(this Scene scene, string shortId, Member member, IReadOnlyDictionary<int, int> marks, string? reason = null) =>
        scene.Instance.Services.GetService<CastVote>().ExecuteAsync(Viewer.Member(member.Id), shortId, new(marks, reason), default);

    /// <summary>The link of a mail by which that member votes without signing in, from the root.</summary>
    public static async Task<string> VoteLinkAsync(this Scene scene, string shortId, Member member)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        return scene.Instance.Services.GetService<VoteLinks>().Of(member.Id, await db.Items.Where(i => i.ShortId == shortId).Select(i => i.Id).SingleAsync());
    }
}
