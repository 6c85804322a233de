using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Polls.Voting;

/// <summary>How one votes.</summary>
public enum PollKind
{
    /// <summary>One option.</summary>
    OneChoice = 0,
    /// <summary>Several options, between two limits.</summary>
    Multiple = 1,
    /// <summary>All the options that would do.</summary>
    Approval = 2,
    /// <summary>Options put in order.</summary>
    Ranking = 3,
    /// <summary>Points to share among the options.</summary>
    Points = 4,
    /// <summary>Dates: yes, if need be, no.</summary>
    Dates = 5,
    /// <summary>A proposal: no objection, abstention, objection.</summary>
    Consent = 6,
}

/// <summary>Who sees what somebody voted.</summary>
public enum Secrecy
{
    /// <summary>Nobody, animators neither.</summary>
    Secret = 0,
    /// <summary>All who read the poll.</summary>
    Named = 1,
    /// <summary>Those who animate the group.</summary>
    NamedForAnimators = 2,
}

/// <summary>When the results are shown.</summary>
public enum Showing
{
    /// <summary>To whoever has voted, and to all once it is closed.</summary>
    AfterVote = 0,
    /// <summary>Always.</summary>
    Always = 1,
    /// <summary>Once it is closed.</summary>
    AtEnd = 2,
}

/// <summary>A question on which the members of a group vote until a given moment; its text is the context.</summary>
public sealed class Poll : IWritten
{
    /// <summary>Most options.</summary>
    public const int MostOptions = 40;

    /// <summary>Longest seal, in characters.</summary>
    public const int SealLength = 400;

    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <inheritdoc />
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string BodyHtml { get; set; } = "";

    /// <inheritdoc />
    public int BodyRenderer { get; set; }

    /// <inheritdoc />
    public DateTime? EditedAt { get; set; }

    /// <summary>How one votes.</summary>
    public PollKind Kind { get; set; }

    /// <summary>Who sees what somebody voted.</summary>
    public Secrecy Secrecy { get; set; }

    /// <summary>When the results are shown.</summary>
    public Showing Showing { get; set; }

    /// <summary>When it closes.</summary>
    public DateTime ClosesAt { get; set; }

    /// <summary>When its closing was dealt with: told, and the votes of a secret poll parted from those who gave them.</summary>
    public DateTime? SettledAt { get; set; }

    /// <summary>Votes of members, or of organisations, without which it decides nothing; null for none.</summary>
    public int? Quorum { get; set; }

    /// <summary>Least options that one chooses, where there are several.</summary>
    public int Least { get; set; } = 1;

    /// <summary>Most options that one chooses, where there are several.</summary>
    public int Most { get; set; }

    /// <summary>Points that one shares.</summary>
    public int Points { get; set; }

    /// <summary>Whether each organisation has one vote, instead of each member.</summary>
    public bool PerOrganisation { get; set; }

    /// <summary>Whether whoever may vote may add options.</summary>
    public bool TakesOptions { get; set; }

    /// <summary>Hours before the end when those who have not voted are reminded; 0 for never.</summary>
    public int RemindBefore { get; set; }

    /// <summary>The end that those who have not voted were reminded of; another one is reminded of again.</summary>
    public DateTime? ReminderSentFor { get; set; }

    /// <summary>When those who have not voted were last reminded by the button.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>What names the secret votes without saying whose they are: a key, itself sealed. Null for votes with names, and once a secret poll is settled.</summary>
    public string? Seal { get; set; }

    /// <summary>Whether names are shown no more: it went to another group than the one whose members were told who would see them.</summary>
    public bool HidesNames { get; set; }

    /// <summary>Number of the last option given out; numbers are never given twice.</summary>
    public int LastOption { get; set; }

    /// <summary>Number of the date that was confirmed.</summary>
    public int? ConfirmedOption { get; set; }

    /// <summary>What was concluded, in Markdown.</summary>
    public string? Conclusion { get; set; }

    /// <summary>What was concluded, sanitised HTML.</summary>
    public string? ConclusionHtml { get; set; }

    /// <summary>When it was concluded.</summary>
    public DateTime? ConcludedAt { get; set; }

    /// <summary>Whether no vote is taken any more.</summary>
    public bool IsClosed(DateTime now) => now >= ClosesAt;
}

/// <summary>Something to vote for.</summary>
public sealed class PollOption
{
    /// <summary>Longest text, in characters.</summary>
    public const int TextLength = 200;

    /// <summary>The poll.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The poll.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Its number in the poll, which votes name: never given twice.</summary>
    public required int Number { get; init; }

    /// <summary>Its place, from 1.</summary>
    public required int Position { get; set; }

    /// <summary>Its words; those that go with a date may be empty.</summary>
    public required string Text { get; set; }

    /// <summary>When the date begins.</summary>
    public DateTime? StartUtc { get; set; }

    /// <summary>When the date ends.</summary>
    public DateTime? EndUtc { get; set; }

    /// <summary>Whether somebody else than the author added it.</summary>
    public bool IsAdded { get; set; }

    /// <summary>Most votes that it takes; null for as many as come.</summary>
    public int? Places { get; set; }
}
