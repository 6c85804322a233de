using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Inbox.News;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Inbox.Settings;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Inbox;

/// <summary>A page of notifications, newest first.</summary>
/// <param name="Items">On this page.</param>
/// <param name="Next">Value of <c>after</c> for the next page, or null.</param>
/// <param name="Unread">Not read yet, in all.</param>
public sealed record ApiNotifications(IReadOnlyList<ApiNotification> Items, string? Next, int Unread);

/// <summary>A notification.</summary>
/// <param name="Id">Key.</param>
/// <param name="Kind">What happened, such as <c>comment.created</c>.</param>
/// <param name="Reason">Why the member is told: <c>group</c>, <c>following</c>, <c>mention</c>, <c>author</c>, <c>animator</c>, <c>personal</c>.</param>
/// <param name="Text">In words.</param>
/// <param name="Url">Where to see it.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Group">Name of the group.</param>
/// <param name="Title">Title of the content.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="ReadAt">When it was read, UTC, or null.</param>
public sealed record ApiNotification(
    Guid Id, string Kind, string Reason, string Text, string Url, string Actor, string? Group, string? Title, DateTime CreatedAt, DateTime? ReadAt);

/// <summary>What a member gets by mail, and when.</summary>
public sealed record ApiMailSettings
{
    /// <summary>Hour of the summaries, 0 to 23, on the territory's clocks.</summary>
    public required int DigestHour { get; init; }
    /// <summary>Days of the daily summary: <c>monday</c> to <c>sunday</c>.</summary>
    public required IReadOnlyList<string> DigestDays { get; init; }
    /// <summary>Day of the weekly summary.</summary>
    public required string WeeklyDay { get; init; }
    /// <summary>Hour from which immediate mails wait; null when they never do.</summary>
    public int? QuietFrom { get; init; }
    /// <summary>Hour until which they wait.</summary>
    public int? QuietUntil { get; init; }
    /// <summary>Last day of an absence, <c>yyyy-MM-dd</c>; null for none.</summary>
    public string? AbsentUntil { get; init; }
    /// <summary>No mail at all but what the account needs.</summary>
    public required bool IsSilent { get; init; }
    /// <summary>The member's groups, by name.</summary>
    public required IReadOnlyList<ApiGroupMail> Groups { get; init; }
}

/// <summary>What a member gets by mail from a group.</summary>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Level"><c>nothing</c>, <c>weeklyDigest</c>, <c>dailyDigest</c>, <c>newThreads</c> or <c>everything</c>.</param>
public sealed record ApiGroupMail(string Slug, string Name, string Level);

/// <summary>Mail settings as a program sends them, whole, in the shape in which they are read; of the groups, those that change.</summary>
/// <param name="DigestHour">Hour of the summaries.</param>
/// <param name="DigestDays">Days of the daily summary.</param>
/// <param name="WeeklyDay">Day of the weekly summary.</param>
/// <param name="QuietFrom">Hour from which immediate mails wait.</param>
/// <param name="QuietUntil">Hour until which they wait.</param>
/// <param name="AbsentUntil">Last day of an absence.</param>
/// <param name="IsSilent">No mail at all.</param>
/// <param name="Groups">Levels to set; a group that the member is not in is passed over.</param>
public sealed record MailSettingsBody(
    int? DigestHour, IReadOnlyList<string>? DigestDays, string? WeeklyDay, int? QuietFrom, int? QuietUntil, string? AbsentUntil, bool IsSilent = false, IReadOnlyList<GroupMailBody>? Groups = null);

/// <summary>The level of a group as a program sends it.</summary>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Level">The level.</param>
public sealed record GroupMailBody(string? Slug, string? Level);

/// <summary>The notifications and the mail settings in the API.</summary>
internal static class InboxApi
{
    public static void MapInboxApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/notifications", ListAsync).AddEndpointFilter<ApiGuard>().WithTags("notifications").WithName("listNotifications").WithSummary(InboxTexts.ApiNotifications);
        var settings = endpoints.MapGroup("/api/v1/me/mail").AddEndpointFilter<ApiGuard>().WithTags("me");
        settings.MapGet("", ReadSettingsAsync).WithName("readMailSettings").WithSummary(InboxTexts.ApiMailSettings);
        settings.MapPut("", SetSettingsAsync).WithName("setMailSettings").WithSummary(InboxTexts.ApiSetMailSettings);
    }

    private static async Task<ApiMailSettings> ReadSettingsAsync(ReadMailSettings read, CurrentViewer current, Dates dates, TimeProvider clock, CancellationToken cancellation)
    {
        var view = await read.ExecuteAsync(current.Viewer, all: false, cancellation);
        // The form knows until which day somebody is away, and which bits are days.
        var form = MailSettingsForm.Of(view.Groups, view.Wish, dates, clock.GetUtcNow().UtcDateTime);
        return new()
        {
            DigestHour = view.Wish.DigestHour,
            DigestDays = [.. form.Days.Select(Word)],
            WeeklyDay = Word(view.Wish.WeeklyDay.ToString()),
            QuietFrom = view.Wish.QuietFrom,
            QuietUntil = view.Wish.QuietUntil,
            AbsentUntil = form.Absent is { Length: > 0 } day ? day : null,
            IsSilent = view.Wish.IsSilent,
            Groups = [.. view.Groups.Select(g => new ApiGroupMail(g.Slug, g.Name, Word(g.Level.ToString())))],
        };
    }

    private static async Task<ApiMailSettings> SetSettingsAsync(
        MailSettingsBody body, SetMailSettings set, ReadMailSettings read, CurrentViewer current, Dates dates, TimeProvider clock, CancellationToken cancellation)
    {
        var levels = new Dictionary<string, MailLevel>();
        foreach (var group in body.Groups ?? []) levels[group.Slug ?? ""] = Value<MailLevel>(group.Level) ?? (MailLevel)(-1);
        await set.ExecuteAsync(
            current.Viewer,
            new()
            {
                DigestHour = body.DigestHour,
                // A word that is no day is no choice, as in the form.
                Days = [.. (body.DigestDays ?? []).Select(Value<DayOfWeek>).OfType<DayOfWeek>()],
                WeeklyDay = Value<DayOfWeek>(body.WeeklyDay),
                QuietFrom = body.QuietFrom,
                QuietUntil = body.QuietUntil,
                AbsentUntil = body.AbsentUntil,
                IsSilent = body.IsSilent,
            },
            levels,
            cancellation);
        return await ReadSettingsAsync(read, current, dates, clock, cancellation);
    }

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static TEnum? Value<TEnum>(string? word) where TEnum : struct, Enum =>
        word is { Length: > 0 } && char.IsAsciiLetter(word[0]) && Enum.TryParse<TEnum>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static async Task<ApiNotifications> ListAsync(string? after, int? limit, ListNews news, CurrentViewer current, PlatformOptions platform, CancellationToken cancellation)
    {
        var cursor = NewsCursor.Parse(after);
        if (!string.IsNullOrEmpty(after) && cursor is null) throw PageCursor.Unknown();

        var page = await news.ExecuteAsync(current.Viewer, cursor, PageCursor.Limit(limit), cancellation);
        return new([.. page.Lines.Select(l => new ApiNotification(
            l.Id, l.Kind, l.Reason.ToString().ToLowerInvariant(), l.Text, platform.Absolute(l.Address).AbsoluteUri, l.Actor, l.Group, l.Title, l.At, l.ReadAt))], page.Next, page.Unread);
    }
}
