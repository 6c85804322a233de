using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Creating;

/// <summary>What the form of a poll shows.</summary>
public sealed record PollForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Short identifier, or null for a new one.</summary>
    public string? ShortId { get; init; }
    /// <summary>The question.</summary>
    public string Title { get; init; } = "";
    /// <summary>The context, in Markdown.</summary>
    public string Body { get; init; } = "";
    /// <summary>Tags separated by commas.</summary>
    public string Tags { get; init; } = "";
    /// <summary>Who may read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>Its version; 0 for a new one.</summary>
    public int Version { get; init; }
    /// <summary>How one votes, until when, on what.</summary>
    public required PollDetails Details { get; init; }
    /// <summary>Title of the content that it is made from, or null.</summary>
    public string? SourceTitle { get; init; }
    /// <summary>Whether somebody voted, so that what the votes were given to stays as it is.</summary>
    public bool HasVotes { get; init; }
    /// <summary>Whether it is closed.</summary>
    public bool IsClosed { get; init; }
    /// <summary>What takes place on each date that was typed; null where nobody asked.</summary>
    public ILookup<TypedDate, Planned>? Besides { get; init; }
    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];
    /// <summary>Those of them that are to be taken off.</summary>
    public IReadOnlyCollection<Guid> RemovedFiles { get; init; } = [];
    /// <summary>Whether fields for the places of each option are asked for.</summary>
    public bool WithPlaces { get; init; }
}

/// <summary>Reads what the form of a new poll shows.</summary>
internal sealed class NewPoll(AppDb database, Rights rights, LinkContents links, Dates dates)
{
    /// <summary>The form, begun with the content that the poll is made from where there is one.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer may not ask there.</exception>
    public async Task<PollForm> ExecuteAsync(Viewer viewer, string groupSlug, PollKind kind, string? source, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, PollsModule.Create, groupSlug, cancellation);
        var from = await links.ReadAsync(db, source, cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            Title = from?.Item.Title ?? "",
            Tags = from?.Tags ?? "",
            Audience = standing.ProposedAudience,
            Details = PollDetails.Proposed(kind, dates),
            SourceTitle = from?.Item.Title,
        };
    }
}
