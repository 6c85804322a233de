using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Creating;

/// <summary>A poll to publish.</summary>
/// <param name="Content">Question, context, audience, tags.</param>
/// <param name="Details">How one votes, until when, on what.</param>
/// <param name="Files">Files received and stored, to attach.</param>
/// <param name="Source">Short identifier of the content that it was made from, or null.</param>
public sealed record CreatePollInput(ContentInput Content, PollDetails Details, IReadOnlyList<ReceivedFile> Files, string? Source = null);

/// <summary>Asks a group a question.</summary>
internal sealed class CreatePoll(PublishContent publish, BallotTags tags, Dates dates, TimeProvider clock)
{
    /// <summary>Publishes the poll and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or the source cannot be read.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators ask.</exception>
    /// <exception cref="InvalidInputException">A field cannot be read, is too long, or the audience too wide.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string groupSlug, CreatePollInput input, CancellationToken cancellation)
    {
        PollTerms? terms = null;
        return publish.ExecuteAsync(viewer, groupSlug, new Publication<Poll>
        {
            Permission = PollsModule.Create,
            Kind = PollsModule.PollKindKey,
            Content = input.Content with { IsBodyOptional = true },
            Check = (_, _, rules) =>
            {
                terms = PollTerms.Read(input.Details, rules, dates, clock.GetUtcNow().UtcDateTime);
                return Task.CompletedTask;
            },
            Make = item => terms!.Into(new Poll { Id = item.Id, Item = item }, input.Details),
            With = (db, poll, _) =>
            {
                poll.Seal = tags.NewSeal(poll.Secrecy);
                AddOptions(db, poll, terms!.Options);
                return Task.CompletedTask;
            },
            Files = input.Files,
            Source = input.Source,
        }, cancellation);
    }

    /// <summary>Adds options at the end of those that the poll has; the caller saves.</summary>
    /// <returns>The options.</returns>
    public static IReadOnlyList<PollOption> AddOptions(AppDbContext db, Poll poll, IEnumerable<ReadOption> options, bool isAdded = false)
    {
        var added = new List<PollOption>();
        foreach (var option in options)
        {
            var number = ++poll.LastOption;
            added.Add(new PollOption { ItemId = poll.Id, Number = number, Position = number, Text = option.Text, StartUtc = option.StartUtc, EndUtc = option.EndUtc, IsAdded = isAdded, Places = option.Places });
        }

        db.AddRange(added);
        return added;
    }
}
