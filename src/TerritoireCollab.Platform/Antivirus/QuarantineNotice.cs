using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Platform.Antivirus;

/// <summary>Tells those who animate a group that the antivirus has put a file of it aside.</summary>
public class QuarantineNotice(IEnumerable<IFileHolder> holders) : IGroupNotice
{
    /// <summary>Kind of its activity.</summary>
    public const string ActivityKind = "files.quarantined";

    private const int MostNamed = 20;

    /// <inheritdoc />
    public virtual string Kind => ActivityKind;

    /// <inheritdoc />
    public virtual bool IsPersonal => false;

    /// <inheritdoc />
    public string Speaker => PlatformTexts.Antivirus;

    /// <inheritdoc />
    public virtual string? Why(string groupName) => null;

    /// <inheritdoc />
    public string Address(string groupSlug) => $"/groupes/{groupSlug}";

    /// <inheritdoc />
    public virtual string Line(string groupName, ActivityParticulars particulars) => PlatformTexts.QuarantineLine.With(groupName);

    /// <inheritdoc />
    public async Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var file = await Held(db, activity).Select(f => new { f.Threat, Group = db.Groups.Where(g => g.Id == activity.GroupId).Select(g => g.Name).First() }).FirstOrDefaultAsync(cancellation);
        if (file is null) return null;

        var places = new List<FilePlace>();
        foreach (var holder in holders) places.AddRange(await holder.PlacesAsync(db, FileOf(activity), cancellation));
        var lines = places.Where(p => p.GroupId == activity.GroupId).DistinctBy(p => (p.Name, p.Title)).Take(MostNamed)
            .Select(p => (p.Name, p.Name == p.Title ? file.Group : PlatformTexts.QuarantineWhere.With(p.Title)));
        return new(PlatformTexts.QuarantineTitle, Text(file.Group, file.Threat!), [.. lines], PlatformTexts.QuarantineButton);
    }

    /// <inheritdoc />
    public Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Held(db, activity).AnyAsync(cancellation);

    /// <summary>What the mail says.</summary>
    protected virtual string Text(string groupName, string threat) => PlatformTexts.QuarantineText.With(groupName, threat);

    private static Guid FileOf(Activity activity) => Guid.TryParse(ActivityParticulars.Of(activity).Note, out var id) ? id : Guid.Empty;

    private static IQueryable<StoredFile> Held(AppDbContext db, Activity activity)
    {
        var id = FileOf(activity);
        return db.Files.Where(f => f.Id == id && f.Check == FileCheck.Quarantined);
    }
}

/// <summary>Tells whoever sent a file that the antivirus has put it aside.</summary>
public sealed class OwnQuarantineNotice(IEnumerable<IFileHolder> holders) : QuarantineNotice(holders)
{
    /// <summary>Kind of its activity.</summary>
    public new const string ActivityKind = "files.quarantined-own";

    /// <inheritdoc />
    public override string Kind => ActivityKind;

    /// <inheritdoc />
    public override bool IsPersonal => true;

    /// <inheritdoc />
    public override string Why(string groupName) => PlatformTexts.QuarantineOwnWhy.With(groupName);

    /// <inheritdoc />
    public override string Line(string groupName, ActivityParticulars particulars) => PlatformTexts.QuarantineOwnLine.With(groupName);

    /// <inheritdoc />
    protected override string Text(string groupName, string threat) => PlatformTexts.QuarantineOwnText.With(groupName, threat);
}
