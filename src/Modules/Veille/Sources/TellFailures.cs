using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>Tells the animators of each group of the sources that could not be read for a week (<see cref="LongFailures"/>).</summary>
internal sealed class TellFailures(AppDb database, TimeProvider clock) : IRecurringJob
{
    /// <inheritdoc />
    public string Key => "veille-pannes";

    /// <summary>Every morning at 7:15, before people come to work.</summary>
    public string Hours => "0 15 7 * * ?";

    /// <inheritdoc />
    public Task RunAsync(CancellationToken cancellation) => database.TransactAsync(Viewer.System, TellAsync, cancellation);

    private async Task<bool> TellAsync(AppDbContext db, CancellationToken cancellation)
    {
        var followed = db.Set<GroupSource>().Where(s => !s.IsMuted && db.GroupTools.Any(t => t.GroupId == s.GroupId && t.ToolKey == VeilleModule.ToolKey && t.Enabled));
        await LongFailures.TellAsync(db, FailureNotice.ActivityKind, followed.Select(s => new Followed<Source> { GroupId = s.GroupId, What = s.Source! }), clock.GetUtcNow().UtcDateTime, cancellation);
        return true;
    }
}

/// <summary>The notice of the sources of a group that could not be read for a week: those that were told of at the moment of its activity.</summary>
internal sealed class FailureNotice(Dates dates) : IGroupNotice
{
    /// <summary>Kind of its activity.</summary>
    public const string ActivityKind = "veille.sources-failing";

    // A mail is read on a phone; the page has them all.
    private const int MostNamed = 20;

    /// <inheritdoc />
    public string Kind => ActivityKind;

    /// <inheritdoc />
    public string Speaker => VeilleTexts.Veille;

    /// <inheritdoc />
    public string Address(string groupSlug) => $"/groupes/{groupSlug}/veille/sources?filtre=panne";

    /// <inheritdoc />
    public string Line(string groupName, ActivityParticulars particulars) =>
        particulars.Note is null or "1" ? SourceTexts.FailureLineOne.With(groupName) : SourceTexts.FailureLineSome.With(groupName, particulars.Note);

    /// <inheritdoc />
    public async Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var failing = await Told(db, activity).AsNoTracking().Include(s => s.Source).ToListAsync(cancellation);
        if (failing.Count == 0) return null;

        var lines = failing.Select(s => (Name: s.Name ?? s.Source!.Title, SourceHealth.Of(s.Source!, dates).Sentence)).OrderBy(l => l.Name, StringComparer.CurrentCultureIgnoreCase);
        return new(failing.Count == 1 ? SourceTexts.FailureTitleOne : SourceTexts.FailureTitleSome.With(failing.Count), SourceTexts.FailureText, [.. lines.Take(MostNamed)], SourceTexts.FailureButton);
    }

    /// <inheritdoc />
    public Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Told(db, activity).AnyAsync(cancellation);

    private static IQueryable<GroupSource> Told(AppDbContext db, Activity activity) =>
        db.Set<GroupSource>().Where(s => s.GroupId == activity.GroupId && !s.IsMuted && s.Source!.FailureToldAt == activity.At);
}
