using System.Globalization;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Groups.Editing;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Groups.Pages;

/// <summary>The fields of a group as a form posts them.</summary>
public sealed class GroupForm
{
    /// <summary>Key proposed for a new group.</summary>
    public Guid? Id { get; set; }
    /// <summary>Version read.</summary>
    public int? Version { get; set; }
    /// <summary>Name.</summary>
    public string? Name { get; set; }
    /// <summary>One sentence.</summary>
    public string? Summary { get; set; }
    /// <summary>Presentation.</summary>
    public string? Purpose { get; set; }
    /// <summary>Whom it gathers.</summary>
    public string? Kind { get; set; }
    /// <summary>Who can know of it.</summary>
    public string? Visibility { get; set; }
    /// <summary>How one joins.</summary>
    public string? Joining { get; set; }
    /// <summary>Widest audience.</summary>
    public string? Ceiling { get; set; }
    /// <summary>Proposed audience.</summary>
    public string? DefaultAudience { get; set; }
    /// <summary>Question to those who ask.</summary>
    public string? JoinQuestion { get; set; }
    /// <summary>Charter.</summary>
    public string? Charter { get; set; }
    /// <summary>Welcome.</summary>
    public string? Welcome { get; set; }
    /// <summary>Announcement.</summary>
    public string? Announcement { get; set; }
    /// <summary>Its last day.</summary>
    public string? AnnouncementUntil { get; set; }
    /// <summary>Mail level of newcomers.</summary>
    public string? DefaultMailLevel { get; set; }
    /// <summary>Titles alone in mails.</summary>
    public bool MailsTitlesOnly { get; set; }
    /// <summary>Hue.</summary>
    public string? Hue { get; set; }
    /// <summary>Agrees that existing content becomes readable by fewer people.</summary>
    public bool ConfirmsNarrowing { get; set; }
    /// <summary>Takes the cover picture away.</summary>
    public bool RemovesCover { get; set; }
    /// <summary>Takes the emblem away.</summary>
    public bool RemovesLogo { get; set; }

    /// <summary>The form of what is set.</summary>
    public static GroupForm Of(GroupInput input) => new()
    {
        Name = input.Name,
        Summary = input.Summary,
        Purpose = input.Purpose,
        Kind = input.Kind.ToString(),
        Visibility = input.Visibility.ToString(),
        Joining = input.Joining.ToString(),
        Ceiling = input.Ceiling.ToString(),
        DefaultAudience = input.DefaultAudience.ToString(),
        JoinQuestion = input.JoinQuestion,
        Charter = input.Charter,
        Welcome = input.Welcome,
        Announcement = input.Announcement,
        AnnouncementUntil = input.AnnouncementUntil?.ToString("O", CultureInfo.InvariantCulture),
        DefaultMailLevel = input.DefaultMailLevel.ToString(),
        MailsTitlesOnly = input.MailsTitlesOnly,
        Hue = input.Hue?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What is set, with the tools that the caller read.</summary>
    public GroupInput ToInput(IReadOnlyList<ToolChoice>? tools) => new()
    {
        Name = Name ?? "",
        Summary = Summary ?? "",
        Purpose = Purpose ?? "",
        Kind = Chosen<GroupKind>(Kind),
        Visibility = Chosen<GroupVisibility>(Visibility),
        Joining = Chosen<GroupJoining>(Joining),
        Ceiling = Chosen<Audience>(Ceiling),
        DefaultAudience = Chosen<Audience>(DefaultAudience),
        JoinQuestion = JoinQuestion,
        Charter = Charter,
        Welcome = Welcome,
        Announcement = Announcement,
        AnnouncementUntil = Day(AnnouncementUntil),
        DefaultMailLevel = Chosen<MailLevel>(DefaultMailLevel),
        MailsTitlesOnly = MailsTitlesOnly,
        Hue = string.IsNullOrEmpty(Hue) ? null : int.TryParse(Hue, NumberStyles.None, CultureInfo.InvariantCulture, out var hue) ? hue : -1,
        Tools = tools,
    };

    /// <summary>The tools ticked in a posted form, with who creates in each.</summary>
    public static IReadOnlyList<ToolChoice> ToolsOf(IFormCollection form, ModuleCatalog modules) =>
        [.. modules.Tools.Select(t => new ToolChoice(t.Key, form["outils"].Contains(t.Key), Parse(form[$"createurs-{t.Key}"].ToString(), t.DefaultCreators)))];

    // What is none of the answers stays none of them: the check refuses it, where a default could open the group wider than was meant.
    private static TEnum Chosen<TEnum>(string? word) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(word, out var value) && Enum.IsDefined(value) ? value : (TEnum)Enum.ToObject(typeof(TEnum), -1);

    // What is no day becomes one that the check refuses.
    private static DateOnly? Day(string? text) => string.IsNullOrWhiteSpace(text) ? null : DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MinValue;

    private static TEnum Parse<TEnum>(string? word, TEnum otherwise) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(word, out var value) && Enum.IsDefined(value) ? value : otherwise;
}
