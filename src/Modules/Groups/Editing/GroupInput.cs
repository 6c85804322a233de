using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Groups.Editing;

/// <summary>A tool as a group has it.</summary>
/// <param name="Key">Key of the tool.</param>
/// <param name="Enabled">Whether it is shown and usable.</param>
/// <param name="Creators">The least role that may create in it.</param>
public sealed record ToolChoice(string Key, bool Enabled, GroupRole Creators);

/// <summary>All that can be said of a group by those who keep it.</summary>
public sealed record GroupInput
{
    /// <summary>Longest text in Markdown, in characters.</summary>
    public const int LongestText = 20_000;

    /// <summary>Longest announcement, in characters.</summary>
    public const int LongestAnnouncement = 500;

    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }
    /// <summary>Presentation, in Markdown.</summary>
    public string Purpose { get; init; } = "";
    /// <summary>Whom it gathers.</summary>
    public GroupKind Kind { get; init; }
    /// <summary>Who can know of it.</summary>
    public GroupVisibility Visibility { get; init; }
    /// <summary>How one joins.</summary>
    public GroupJoining Joining { get; init; }
    /// <summary>Widest audience of its content.</summary>
    public Audience Ceiling { get; init; } = Audience.Public;
    /// <summary>Audience proposed for new content.</summary>
    public Audience DefaultAudience { get; init; } = Audience.Group;
    /// <summary>Question to those who ask to join.</summary>
    public string? JoinQuestion { get; init; }
    /// <summary>Charter, in Markdown.</summary>
    public string? Charter { get; init; }
    /// <summary>Welcome, in Markdown.</summary>
    public string? Welcome { get; init; }
    /// <summary>Announcement on top of the home page, in Markdown.</summary>
    public string? Announcement { get; init; }
    /// <summary>Last day of the announcement.</summary>
    public DateOnly? AnnouncementUntil { get; init; }
    /// <summary>Mail level of newcomers.</summary>
    public MailLevel DefaultMailLevel { get; init; } = MailLevel.WeeklyDigest;
    /// <summary>Whether mails tell the titles of its contents alone, without their texts.</summary>
    public bool MailsTitlesOnly { get; init; }
    /// <summary>Hue of its colour in degrees; drawn from the name when null.</summary>
    public int? Hue { get; init; }
    /// <summary>Its tools; unchanged, or the tools' own defaults, when null.</summary>
    public IReadOnlyList<ToolChoice>? Tools { get; init; }

    /// <summary>The same with blanks cut off, and with what being hidden entails: nothing leaves the group, and one enters by invitation.</summary>
    public GroupInput Normalised()
    {
        var trimmed = this with
        {
            Name = Name.Trim(), Summary = Summary.Trim(), Purpose = Purpose.Trim(),
            JoinQuestion = OrNull(JoinQuestion), Charter = OrNull(Charter), Welcome = OrNull(Welcome), Announcement = OrNull(Announcement),
        };
        return Visibility != GroupVisibility.Hidden ? trimmed : trimmed with { Ceiling = Audience.Group, DefaultAudience = Audience.Group, Joining = GroupJoining.ByInvitation };
    }

    /// <summary>Breaks a rule for each thing wrong.</summary>
    public Rules Check()
    {
        var rules = new Rules();
        rules.Text(Name, nameof(Name), 100).Text(Summary, nameof(Summary), 200)
            .Check(!Name.Concat(Summary).Any(char.IsControl), nameof(Name), GroupsTexts.NoControlCharacters)
            .Text(Purpose, nameof(Purpose), LongestText, required: false)
            .Check(Enum.IsDefined(Kind), nameof(Kind), GroupsTexts.ChooseOne)
            .Check(Enum.IsDefined(Visibility), nameof(Visibility), GroupsTexts.ChooseOne)
            .Check(Enum.IsDefined(Joining), nameof(Joining), GroupsTexts.ChooseOne)
            .Check(Enum.IsDefined(Ceiling), nameof(Ceiling), GroupsTexts.ChooseOne)
            .Check(Enum.IsDefined(DefaultAudience) && DefaultAudience <= Ceiling, nameof(DefaultAudience), GroupsTexts.DefaultAboveCeiling)
            .Check(Enum.IsDefined(DefaultMailLevel), nameof(DefaultMailLevel), GroupsTexts.ChooseOne)
            .Text(JoinQuestion, nameof(JoinQuestion), 300, required: false)
            .Text(Charter, nameof(Charter), LongestText, required: false)
            .Text(Welcome, nameof(Welcome), LongestText, required: false)
            .Text(Announcement, nameof(Announcement), LongestAnnouncement, required: false)
            .Check(AnnouncementUntil != DateOnly.MinValue, nameof(AnnouncementUntil), GroupsTexts.NotADay)
            .Check(Hue is null or (>= 0 and <= 350), nameof(Hue), GroupsTexts.ChooseOne);
        return rules;
    }

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A ready-made set of choices for a new group.</summary>
/// <param name="Key">Its word in addresses.</param>
/// <param name="Name">Its name in the reader's language.</param>
/// <param name="Kind">Whom it gathers.</param>
/// <param name="Joining">How one joins.</param>
/// <param name="MailLevel">Mail level of newcomers.</param>
/// <param name="Tools">Keys of its tools.</param>
public sealed record GroupPreset(string Key, Func<string> Name, GroupKind Kind, GroupJoining Joining, MailLevel MailLevel, IReadOnlyList<string> Tools)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<GroupPreset> All { get; } =
    [
        new("projet", () => GroupsTexts.PresetProject, GroupKind.Mixed, GroupJoining.OnRequest, MailLevel.Everything, ["forum", "fichiers", "agenda", "pages", "sondages"]),
        new("echange", () => GroupsTexts.PresetExchange, GroupKind.Mixed, GroupJoining.Free, MailLevel.WeeklyDigest, ["forum", "articles", "favoris", "agenda", "sondages"]),
        new("club", () => GroupsTexts.PresetClub, GroupKind.Firms, GroupJoining.OnRequest, MailLevel.WeeklyDigest, ["forum", "articles", "agenda", "favoris"]),
        new("veille", () => GroupsTexts.PresetWatch, GroupKind.Mixed, GroupJoining.Free, MailLevel.WeeklyDigest, ["forum", "articles", "favoris", "veille"]),
    ];

    /// <summary>The preset of that word, or null.</summary>
    public static GroupPreset? Of(string? key) => All.FirstOrDefault(p => p.Key == key);
}
