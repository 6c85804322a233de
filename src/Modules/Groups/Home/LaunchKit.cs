using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Groups.Home;

/// <summary>A step of the launch of a group.</summary>
/// <param name="Key">Key.</param>
/// <param name="Title">What it is.</param>
/// <param name="Text">Why, and how.</param>
/// <param name="IsDone">Whether it is done: by what is there, or by a tick.</param>
/// <param name="State">What is there, in words; null where only the animators know.</param>
/// <param name="Address">Where it is done, from the root, or null.</param>
public sealed record LaunchStep(string Key, string Title, string Text, bool IsDone, string? State, string? Address)
{
    /// <summary>Whether its animators tick it, since nothing in the group tells.</summary>
    public bool IsTicked => State is null;
}

/// <summary>The launch kit of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Steps">Its steps, in order.</param>
/// <param name="Ideas">First posts, a week each: what is asked, and the title that it may have.</param>
/// <param name="IsOver">Whether its animators had done with it.</param>
public sealed record LaunchView(Standing Standing, IReadOnlyList<LaunchStep> Steps, IReadOnlyList<(string Title, string Text)> Ideas, bool IsOver);

/// <summary>What makes a group last, as a list: purpose, members, leaders, charter, four first weeks, a date to learn together. States are what is really there.</summary>
internal sealed class LaunchKit(AppDb database, Rights rights, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>Step that only the animators know of: a date on which members learn together.</summary>
    public const string Training = "formation";

    /// <summary>Step that only the animators know of: who answers when nobody does.</summary>
    public const string Answers = "reponses";

    private const int EnoughMembers = 6;
    private const int EnoughLeaders = 2;
    private const int LeastPurpose = 80;
    private const int Weeks = 4;
    private static readonly TimeSpan YoungFor = TimeSpan.FromDays(60);
    private static readonly string[] Ticked = [Answers, Training];

    /// <summary>Whether the home page offers it.</summary>
    public static bool Offers(Group group, Standing standing, DateTime now) =>
        standing is { IsAnimator: true, IsArchived: false } && group.LaunchedAt is null && now - group.CreatedAt < YoungFor;

    /// <summary>The list, for the animators.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task<LaunchView> ReadAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, slug, cancellation);
        var id = standing.GroupId;
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == id, cancellation);
        var leaders = await db.Memberships.CountAsync(m => m.GroupId == id && m.State == MembershipState.Active && m.Role >= GroupRole.Animator && m.Member!.State == MemberState.Active, cancellation);
        // A week missed at first is made up for later.
        var until = group.CreatedAt.AddDays(7 * Weeks * 3);
        var posted = await db.Items.Where(i => i.GroupId == id && i.CreatedAt < until).Select(i => i.CreatedAt).ToListAsync(cancellation);
        var weeks = Math.Min(Weeks, posted.Select(at => Math.Max(0, (at - group.CreatedAt).Days / 7)).Distinct().Count());
        var ticks = (group.LaunchTicks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var home = $"/groupes/{slug}";
        return new(standing,
        [
            new("but", GroupsTexts.LaunchPurpose, GroupsTexts.LaunchPurposeText, group.Purpose.Length >= LeastPurpose, group.Purpose.Length == 0 ? GroupsTexts.LaunchPurposeNone : GroupsTexts.LaunchPurposeState.With(group.Purpose.Length), home + "/reglages"),
            new("membres", GroupsTexts.LaunchMembers, GroupsTexts.LaunchMembersText.With(EnoughMembers), standing.MemberCount >= EnoughMembers, standing.MemberCount == 1 ? GroupsTexts.OneMember : GroupsTexts.SomeMembers.With(standing.MemberCount), home + "/invitations"),
            new("animation", GroupsTexts.LaunchLeaders, GroupsTexts.LaunchLeadersText, leaders >= EnoughLeaders, leaders == 1 ? GroupsTexts.LaunchOneLeader : GroupsTexts.LaunchSomeLeaders.With(leaders), home + "/membres"),
            new("charte", GroupsTexts.LaunchCharter, GroupsTexts.LaunchCharterText, group.CharterVersion > 0, group.CharterVersion > 0 ? GroupsTexts.LaunchCharterThere : GroupsTexts.LaunchCharterNone, home + "/reglages"),
            new("accueil", GroupsTexts.LaunchWelcome, GroupsTexts.LaunchWelcomeText, group.Welcome is not null, group.Welcome is not null ? GroupsTexts.LaunchWelcomeThere : GroupsTexts.LaunchWelcomeNone, home + "/reglages"),
            new("semaines", GroupsTexts.LaunchWeeks, GroupsTexts.LaunchWeeksText, weeks >= Weeks, GroupsTexts.LaunchWeeksState.With(weeks, Weeks), null),
            new(Answers, GroupsTexts.LaunchAnswers, GroupsTexts.LaunchAnswersText, ticks.Contains(Answers), null, null),
            new(Training, GroupsTexts.LaunchTraining, GroupsTexts.LaunchTrainingText, ticks.Contains(Training), null, modules.Tools.FirstOrDefault(t => t.HasCalendar && standing.Has(t)) is { } agenda ? $"{home}/{agenda.Key}/nouveau" : null),
        ],
        [
            (GroupsTexts.LaunchIdea1, GroupsTexts.LaunchIdea1Text), (GroupsTexts.LaunchIdea2, GroupsTexts.LaunchIdea2Text),
            (GroupsTexts.LaunchIdea3, GroupsTexts.LaunchIdea3Text), (GroupsTexts.LaunchIdea4, GroupsTexts.LaunchIdea4Text),
        ], group.LaunchedAt is not null);
    }

    /// <summary>Ticks a step that only the animators know of, or takes the tick off.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or there is no such step.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public Task TickAsync(Viewer viewer, string slug, string step, bool isDone, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, slug, token);
        if (!Ticked.Contains(step)) throw new NotFoundException();

        var group = await db.Groups.FirstAsync(g => g.Id == standing.GroupId, token);
        var ticks = (group.LaunchTicks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Where(t => t != step);
        group.LaunchTicks = string.Join(',', isDone ? ticks.Append(step) : ticks) is { Length: > 0 } kept ? kept : null;
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Says that the animators have done with it: the home page offers it no more. Its page stays.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task EndAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, slug, cancellation);
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        await db.Groups.Where(g => g.Id == standing.GroupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.LaunchedAt, now), cancellation);
    }
}
