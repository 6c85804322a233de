using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Settings;

/// <summary>How a group runs its veille, as it is set.</summary>
public sealed record VeilleSettingsInput
{
    /// <summary>Name of the revue; empty for the group's.</summary>
    public string? Name { get; init; }
    /// <summary>The rubrics, one a line.</summary>
    public string? Rubrics { get; init; }
    /// <summary>Who may read the revue.</summary>
    public Audience? Audience { get; init; }
    /// <summary>Day on which an issue is proposed to leave.</summary>
    public DayOfWeek? Day { get; init; }
    /// <summary>Hour of that day, 0 to 23.</summary>
    public int? Hour { get; init; }
    /// <summary>Number of the first issue; heard only while none is published.</summary>
    public int? FirstNumber { get; init; }
    /// <summary>Whether whoever reads the revue gets the list of its sources.</summary>
    public bool ListsSources { get; init; }
    /// <summary>Whether it is the territory's revue; heard only from administrators of the platform.</summary>
    public bool ServesTerritory { get; init; }
}

/// <summary>The settings as their page shows them.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Input">What is set.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence of an audience.</param>
/// <param name="MayNumber">Whether the first number can still be chosen.</param>
/// <param name="MayServe">Whether the viewer chooses the territory's revue.</param>
/// <param name="MayEdit">Whether anything can be changed: not in an archived group.</param>
/// <param name="IsServedByOther">Whether another group's revue is the territory's.</param>
/// <param name="OtherName">Name of that group, when the viewer may know of it.</param>
public sealed record VeilleSettingsView(
    Standing Standing, VeilleSettingsInput Input, int PlatformMembers, bool MayNumber, bool MayServe, bool MayEdit, bool IsServedByOther, string? OtherName);

/// <summary>Reads and changes how a group runs its veille.</summary>
internal sealed class EditVeille(AppDb database, Rights rights, ModuleCatalog modules, SecurityLog log, TimeProvider clock)
{
    /// <summary>Longest name of a revue, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>Highest number a first issue may have.</summary>
    public const int HighestNumber = 9999;

    /// <summary>The settings.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer does not curate it.</exception>
    public async Task<VeilleSettingsView> ReadAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.BoardOfAsync(db, modules, groupSlug, cancellation);
        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, cancellation) ?? new VeilleProfile { GroupId = standing.GroupId };
        var others = viewer.IsAdmin ? db.Set<VeilleProfile>().Where(p => p.ServesTerritory && p.GroupId != standing.GroupId) : null;
        var input = new VeilleSettingsInput
        {
            Name = profile.Name, Rubrics = profile.Rubrics, Audience = profile.Audience <= standing.Ceiling ? profile.Audience : standing.Ceiling, Day = profile.Day, Hour = profile.Hour,
            FirstNumber = profile.FirstNumber, ListsSources = profile.ListsSources, ServesTerritory = profile.ServesTerritory,
        };
        return new(
            standing, input, await db.Members.CountAsync(m => m.State == MemberState.Active, cancellation), !await HasPublishedAsync(db, standing.GroupId, cancellation), viewer.IsAdmin,
            rights.Allows(VeilleModule.Curate, standing), others is not null && await others.AnyAsync(cancellation),
            others is null ? null : await others.Join(db.Groups, p => p.GroupId, g => g.Id, (_, g) => g.Name).FirstOrDefaultAsync(cancellation));
    }

    /// <summary>Changes the settings.</summary>
    /// <exception cref="NotFoundException">As for reading.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    /// <exception cref="InvalidInputException">A field is wrong.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, VeilleSettingsInput input, CancellationToken cancellation)
    {
        var (name, rubrics) = (string.IsNullOrWhiteSpace(input.Name) ? null : input.Name.Trim(), RubricList.Parse(input.Rubrics));
        return database.TransactAsync(viewer, async (db, token) =>
        {
            var standing = await rights.RequireBoardAsync(db, modules, groupSlug, token);
            Check(input, name, rubrics, standing.Ceiling).Demand();
            var profile = await db.Set<VeilleProfile>().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, token);
            if (profile is null) db.Add(profile = new VeilleProfile { GroupId = standing.GroupId });
            (profile.Name, profile.Rubrics, profile.Audience, profile.Day, profile.Hour, profile.ListsSources) =
                (name, string.Join('\n', rubrics), input.Audience!.Value, input.Day!.Value, input.Hour!.Value, input.ListsSources);
            if (input.FirstNumber is { } first) await NumberAsync(db, profile, first, token);
            if (viewer.IsAdmin && input.ServesTerritory != profile.ServesTerritory) await ServeAsync(db, profile, input.ServesTerritory, token);
            db.Activities.Add(BoardActivities.Of(BoardActivities.Moved, standing.GroupId, viewer, clock.GetUtcNow().UtcDateTime));
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
    }

    private static Rules Check(VeilleSettingsInput input, string? name, IReadOnlyList<string> rubrics, Audience ceiling)
    {
        var rules = new Rules().Text(name, nameof(input.Name), NameLength, required: false)
            .Check(rubrics.Count <= RubricList.Most, nameof(input.Rubrics), BoardTexts.TooManyRubrics.With(RubricList.Most, rubrics.Count));
        foreach (var rubric in rubrics.Where(r => r.Length > PoolEntry.RubricLength).Take(1))
            rules.Check(false, nameof(input.Rubrics), BoardTexts.RubricTooLong.With(Platform.Text.Excerpt.Cut(rubric, 30).TrimEnd('…'), PoolEntry.RubricLength));
        return rules.Text(string.Join(' ', rubrics), nameof(input.Rubrics), int.MaxValue, required: false)
            .Check(input.Audience is { } audience && Enum.IsDefined(audience) && audience <= ceiling, nameof(input.Audience), BoardTexts.AudienceWrong)
            .Check(input.Day is { } day && Enum.IsDefined(day), nameof(input.Day), BoardTexts.DayWrong)
            .Check(input.Hour is >= 0 and <= 23, nameof(input.Hour), BoardTexts.HourWrong)
            .Check(input.FirstNumber is null or (>= 1 and <= HighestNumber), nameof(input.FirstNumber), BoardTexts.FirstNumberWrong);
    }

    private static Task<bool> HasPublishedAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        db.Set<Issue>().AnyAsync(i => i.GroupId == groupId && i.State == IssueState.Published, cancellation);

    // An issue in the making takes the number along.
    private static async Task NumberAsync(AppDbContext db, VeilleProfile profile, int first, CancellationToken cancellation)
    {
        if (profile.FirstNumber == first || await HasPublishedAsync(db, profile.GroupId, cancellation)) return;

        profile.FirstNumber = first;
        await db.Set<Issue>().Where(i => i.GroupId == profile.GroupId && i.State != IssueState.Published)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Number, first).SetProperty(i => i.Version, i => i.Version + 1), cancellation);
    }

    // All profiles are held, so that of two administrators at once the later one finds the choice of the earlier.
    private async Task ServeAsync(AppDbContext db, VeilleProfile profile, bool serves, CancellationToken cancellation)
    {
        await db.Set<VeilleProfile>().Where(p => p.GroupId != profile.GroupId).ExecuteUpdateAsync(set => set.SetProperty(p => p.ServesTerritory, p => !serves && p.ServesTerritory), cancellation);
        profile.ServesTerritory = serves;
        log.Add(db, serves ? "veille.territoire" : "veille.territoire-retiree", db.Viewer.MemberId, group: profile.GroupId);
    }
}
