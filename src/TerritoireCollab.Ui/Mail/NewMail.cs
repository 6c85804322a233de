using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Ui.Mail;

/// <summary>Whom a mail goes to.</summary>
/// <param name="MemberId">The member, or null when none: then nobody's wishes are asked as it leaves.</param>
/// <param name="Address">The address.</param>
/// <param name="Name">The name, or empty.</param>
public sealed record Addressee(Guid? MemberId, string Address, string Name)
{
    /// <summary>A member, at the member's own address; an account without one gets no mail.</summary>
    public static Addressee Of(Member member) => new(member.Id, member.Email!, member.Name);
}

/// <summary>A mail as a room thinks of it. What is the same for all of them is added by <see cref="MailWriter"/>.</summary>
public sealed record NewMail
{
    /// <summary>As <see cref="MailRow.UniqueKey"/>: what makes a second copy impossible.</summary>
    public required string UniqueKey { get; init; }

    /// <summary>A kind that the room has declared.</summary>
    public required string Kind { get; init; }

    /// <summary>Whom it goes to.</summary>
    public required Addressee To { get; init; }

    /// <summary>What it says.</summary>
    public required MailContent Content { get; init; }

    /// <summary>What it is sorted by. No mail goes without.</summary>
    public required MailSorting Sorting { get; init; }

    /// <summary>Its identifier, as <see cref="MailWriter.IdOf"/> makes them.</summary>
    public required string MessageId { get; init; }

    /// <summary>Subject; null for the title of the content.</summary>
    public string? Subject { get; init; }

    /// <summary>Name shown as sender; null for the name of the list.</summary>
    public string? FromName { get; init; }

    /// <summary>The content it tells of: the right to read it is checked again when the mail leaves.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The group it comes from.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>Whether it leaves only if the member still wishes so.</summary>
    public bool Optional { get; init; }

    /// <summary>Smaller leaves first: 0 security, 1 personal, 2 the rest.</summary>
    public int Priority { get; init; }

    /// <summary>Identifiers of the mails it follows, root first; the last is the one it answers.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Whether an answer to it lands on the platform, under <see cref="ItemId"/> and <see cref="AnswersNumber"/>.</summary>
    public bool IsAnswerable { get; init; }

    /// <summary>Number of the comment that an answer by mail answers; null for the content itself.</summary>
    public int? AnswersNumber { get; init; }

    /// <summary>Stored files that go with it.</summary>
    public IReadOnlyList<Guid> Files { get; init; } = [];

    /// <summary>An iCalendar document that goes with it, with its METHOD; null for none.</summary>
    public string? Calendar { get; init; }

    /// <summary>Header fields besides those of <see cref="Sorting"/>, each <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>As <see cref="MailRow.Key"/>, where the content names it already; null to have one made.</summary>
    public string? Key { get; init; }

    /// <summary>Whether a person must let it go first.</summary>
    public bool IsHeld { get; init; }

    /// <summary>When it was decided (UTC); null for now.</summary>
    public DateTime? At { get; init; }
}
