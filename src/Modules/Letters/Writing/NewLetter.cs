using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Letters.Writing;

/// <summary>What the form of a letter shows.</summary>
public sealed record LetterForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Short identifier, or null for a new letter.</summary>
    public string? ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>Who may read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>Whether it leaves at once to everybody.</summary>
    public bool IsUrgent { get; init; }
    /// <summary>Its version; 0 for a new letter.</summary>
    public int Version { get; init; }
    /// <summary>What the group published of late, the newest first, to be taken into the text of a new letter.</summary>
    public IReadOnlyList<RecentContent> Recent { get; init; } = [];

    /// <summary>Key of the draft of a new letter in a group.</summary>
    public static string DraftKey(Guid groupId) => $"lettre-nouvelle/{groupId:N}";
}

/// <summary>Whom a letter would reach by mail if it left now.</summary>
/// <param name="Members">Every other member of the group, by name.</param>
public sealed record LetterReach(IReadOnlyList<ReachedMember> Members)
{
    /// <summary>How many get it one way or the other.</summary>
    public int Reached => Of(Reach.AtOnce).Count + Of(Reach.InDigest).Count + Of(Reach.AfterPause).Count;

    /// <summary>Those whom it comes to in that way.</summary>
    public IReadOnlyList<ReachedMember> Of(Reach reach) => [.. Members.Where(m => m.Reach == reach)];
}

/// <summary>Reads what an animator sees before a letter leaves: the form, then whom it reaches.</summary>
internal sealed class NewLetter(AppDb database, Rights rights, KeepDrafts drafts, MailReach reach, QuoteContents quote)
{
    /// <summary>The form, filled with the draft that was kept.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no letters.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write to the whole group.</exception>
    public async Task<LetterForm> ReadAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, LettersModule.WriteLetter, groupSlug, cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await PlatformMembersAsync(db, cancellation),
            Title = "",
            Body = await drafts.ReadAsync(viewer, LetterForm.DraftKey(standing.GroupId), cancellation) ?? "",
            // A letter is written to the members: that others may read it is a choice of its own.
            Audience = Audience.Group,
            Recent = await quote.ListAsync(db, standing, cancellation),
        };
    }

    /// <summary>Checks what was written, keeps it as a draft, and foretells whom it reaches.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no letters.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write to the whole group.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, or the audience too wide.</exception>
    public async Task<LetterReach> CheckAsync(Viewer viewer, string groupSlug, ContentInput content, bool isUrgent, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, LettersModule.WriteLetter, groupSlug, cancellation);
        var rules = new Rules();
        ContentWriter.Check(rules, content, standing);
        rules.Demand();

        await drafts.SaveAsync(viewer, LetterForm.DraftKey(standing.GroupId), content.Body, cancellation);
        return new(await reach.OfGroupAsync(db, standing.GroupId, viewer.MemberId, isUrgent, cancellation));
    }

    /// <summary>Active members of the platform.</summary>
    public static Task<int> PlatformMembersAsync(AppDbContext db, CancellationToken cancellation) => db.Members.CountAsync(m => m.State == MemberState.Active, cancellation);
}
