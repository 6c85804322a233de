using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>An édito to publish.</summary>
/// <param name="Content">Title, text, audience, tags.</param>
/// <param name="Month">Its month, such as 202611; the last complete one when null.</param>
public sealed record WriteEditorialInput(ContentInput Content, int? Month);

/// <summary>What the form of an édito shows.</summary>
public sealed record EditorialForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Short identifier, or null for a new édito.</summary>
    public string? ShortId { get; init; }
    /// <summary>Its month.</summary>
    public required int Month { get; init; }
    /// <summary>Months that can be chosen, the latest first.</summary>
    public IReadOnlyList<int> Months { get; init; } = [];
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>The text, in Markdown: what was being written, else the draft of the month.</summary>
    public required string Body { get; init; }
    /// <summary>Tags separated by commas.</summary>
    public required string Tags { get; init; }
    /// <summary>Who may read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>Who may read it at most: as the revue.</summary>
    public required Audience Widest { get; init; }
    /// <summary>What the month gave; null for an édito that is corrected.</summary>
    public MonthDraft? Draft { get; init; }
    /// <summary>Éditos that the month has.</summary>
    public IReadOnlyList<(string ShortId, string Title)> Present { get; init; } = [];
    /// <summary>Its version; 0 for a new édito.</summary>
    public int Version { get; init; }

    /// <summary>Key of the draft of a new édito.</summary>
    public static string DraftKey(Guid groupId, int month) => FormattableString.Invariant($"edito/{groupId:N}/{month}");
}

/// <summary>Writes the édito of a month, beginning with what the month gave. A month can have several: a title tells them apart.</summary>
internal sealed class WriteEditorial(AppDb database, Rights rights, DraftEditorial drafting, KeepDrafts drafts, Bodies bodies, ContentWriter writer, Dates dates)
{
    private const int MonthsBack = 12;

    /// <summary>The form for a month, filled with what was being written, else with the draft of the month.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">The viewer does not animate it.</exception>
    public async Task<EditorialForm> ReadAsync(Viewer viewer, string groupSlug, string? monthWord, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var profile = await ProfileAsync(db, standing.GroupId, cancellation);
        var month = EditorialMonth.Parse(monthWord) is { } asked && EditorialMonth.IsUsable(asked, dates.Today) ? asked : EditorialMonth.LastComplete(dates.Today);
        var widest = PublishIssue.AudienceOf(profile, standing);
        var draft = await drafting.ExecuteAsync(db, standing, profile, month, widest, cancellation);
        var present = await db.Set<Editorial>().AsNoTracking().Where(e => e.Item.GroupId == standing.GroupId && e.Month == month).OrderBy(e => e.Item.CreatedAt).Select(e => new { e.Item.ShortId, e.Item.Title }).ToListAsync(cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            Month = month,
            Months = MonthsWith(month),
            Title = present.Count == 0 ? EditorialMonth.Title(month) : "",
            Body = await drafts.ReadAsync(viewer, EditorialForm.DraftKey(standing.GroupId, month), cancellation) ?? draft.Text,
            Tags = "",
            Audience = widest,
            Widest = widest,
            Draft = draft,
            Present = [.. present.Select(e => (e.ShortId, e.Title))],
        };
    }

    /// <summary>
    /// The draft of the month put under what was typed, and kept on the server: nothing typed is lost. In place of what was typed only where
    /// that is the draft itself, or nothing.
    /// </summary>
    /// <param name="viewer">The animator.</param>
    /// <param name="form">The form, with what was typed.</param>
    /// <param name="isUntouched">Whether what was typed is the draft that was shown.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidInputException">Too long together.</exception>
    public async Task<string> TakeDraftAsync(Viewer viewer, EditorialForm form, bool isUntouched, CancellationToken cancellation)
    {
        var (typed, draft) = (form.Body.ReplaceLineEndings("\n").TrimEnd(), form.Draft!.Text.TrimEnd());
        var text = isUntouched || typed.Length == 0 ? draft : typed.EndsWith(draft, StringComparison.Ordinal) ? typed : $"{typed}\n\n---\n\n{draft}";
        await drafts.SaveAsync(viewer, EditorialForm.DraftKey(form.Standing.GroupId, form.Month), text, cancellation);
        return text;
    }

    /// <summary>Publishes the édito and returns its short identifier; that of before when the form was sent already.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">The viewer does not animate it, or it is archived.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or the month is to come.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string groupSlug, WriteEditorialInput input, CancellationToken cancellation)
    {
        var tries = 0;
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, groupSlug, input, isFirst: tries++ == 0, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && input.Content.Id != Guid.Empty)
        {
            await using var db = database.Open(viewer);
            return await db.Items.Where(i => i.Id == input.Content.Id && i.AuthorId == viewer.MemberId).Select(i => i.ShortId).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        }
    }

    /// <summary>Breaks a rule for each thing wrong with an édito: it is not for more readers than the revue.</summary>
    public static void Check(Rules rules, ContentInput content, Standing standing, VeilleProfile? profile)
    {
        ContentWriter.Check(rules, content, standing);
        rules.Check(!(content.Audience <= standing.Ceiling) || content.Audience <= PublishIssue.AudienceOf(profile, standing), nameof(content.Audience), EditorialTexts.WiderThanRevue);
    }

    /// <summary>How the group runs its veille, or null.</summary>
    public static Task<VeilleProfile?> ProfileAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == groupId, cancellation);

    private async Task<string> WriteAsync(AppDbContext db, string groupSlug, WriteEditorialInput input, bool isFirst, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var profile = await ProfileAsync(db, standing.GroupId, cancellation);
        var month = input.Month ?? EditorialMonth.LastComplete(dates.Today);
        var content = input.Content with { Audience = input.Content.Audience ?? PublishIssue.AudienceOf(profile, standing) };
        var rules = new Rules();
        Check(rules, content, standing, profile);
        rules.Check(EditorialMonth.IsUsable(month, dates.Today), nameof(input.Month), EditorialTexts.MonthWrong).Demand();

        var body = await bodies.RenderAsync(db, content.Body, cancellation);
        var item = await writer.CreateAsync(db, standing, VeilleModule.EditorialKind, content, body, cancellation);
        var slug = await SlugAsync(db, item, month, profile is { ServesTerritory: true } && isFirst, cancellation);
        db.Add(new Editorial { Id = item.Id, Item = item, Month = month, Slug = slug, Body = content.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer });
        await db.SaveChangesAsync(cancellation);
        return item.ShortId;
    }

    // The bare title is for the territory alone, whose éditos have it as their address: elsewhere it would tell what others have written.
    private static async Task<string> SlugAsync(AppDbContext db, ContentItem item, int month, bool isBare, CancellationToken cancellation)
    {
        var slug = $"{EditorialMonth.Word(month)}-{Slug.Of(item.Title)}";
        var isTaken = !isBare || await db.Set<Editorial>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).AnyAsync(e => e.Item.GroupId == item.GroupId && e.Slug == slug, cancellation);
        return isTaken ? $"{slug}-{item.ShortId}" : slug;
    }

    private IReadOnlyList<int> MonthsWith(int chosen)
    {
        var thisMonth = EditorialMonth.First(EditorialMonth.Of(dates.Today));
        var months = Enumerable.Range(0, MonthsBack + 1).Select(back => EditorialMonth.Of(thisMonth.AddMonths(-back))).ToList();
        return months.Contains(chosen) ? months : [.. months, chosen];
    }
}
