using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>What an animator writes into the issue being prepared.</summary>
/// <param name="Number">Number of the issue that was shown: another one is never written into.</param>
/// <param name="Title">Title beside the number, or null.</param>
/// <param name="Introduction">The animator's word, in Markdown.</param>
/// <param name="Version">The version that was read; 0 when there was no row yet.</param>
public sealed record IssueInput(int Number, string? Title, string? Introduction, int Version)
{
    /// <summary>What becomes of the cover; null leaves it alone.</summary>
    public CoverChange? Cover { get; init; }
}

/// <summary>The issue being prepared, for its form and its preview.</summary>
public sealed record IssueForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Name of the revue.</summary>
    public required string RevueName { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Who will read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>The issue as readers will get it.</summary>
    public required IssueView Issue { get; init; }
    /// <summary>The animator's word, in Markdown; the member's own draft where there is one.</summary>
    public required string Introduction { get; init; }
    /// <summary>The word as it is saved, whoever saved it.</summary>
    public required string SavedIntroduction { get; init; }
    /// <summary>How far it is.</summary>
    public required IssueState State { get; init; }
    /// <summary>When it leaves by itself, once it is ready.</summary>
    public DateTime? PublishAt { get; init; }
    /// <summary>Who said that it is ready.</summary>
    public string? ReadyBy { get; init; }
    /// <summary>Hour proposed to leave, in the platform's time zone.</summary>
    public required DateTime Proposed { get; init; }
    /// <summary>Its version; 0 while it has no row.</summary>
    public required int Version { get; init; }

    /// <summary>Key of the draft of an introduction.</summary>
    public static string DraftKey(Guid groupId, int number) => FormattableString.Invariant($"revue/{groupId:N}/{number}");
}

/// <summary>Prepares the next issue of a group: its title, its introduction, and when it leaves.</summary>
internal sealed class PrepareIssue(AppDb database, Rights rights, ModuleCatalog modules, OpenIssue open, Bodies bodies, KeepDrafts drafts, CoverPictures covers, TimeProvider clock, TimeZoneInfo zone)
{
    /// <summary>Longest introduction, in characters: with its articles an issue stays one text.</summary>
    public const int IntroductionLength = 20_000;

    private static readonly TimeSpan Furthest = TimeSpan.FromDays(60);

    /// <summary>The issue being prepared; nothing is written.</summary>
    /// <exception cref="NotFoundException">No such group, no veille, or the viewer does not animate it.</exception>
    public async Task<IssueForm> ReadAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await AnimatedAsync(db, groupSlug, cancellation);
        var issue = await open.NextAsync(db, standing.GroupId, cancellation);
        var isOpen = db.Entry(issue).State != EntityState.Detached;
        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, cancellation);
        var articles = !isOpen ? [] : await ChosenArticles.ReadAsync(db, standing.GroupId, issue.Id, profile, cancellation);
        var draft = await drafts.ReadAsync(viewer, IssueForm.DraftKey(standing.GroupId, issue.Number), cancellation);
        var introduction = draft ?? issue.Introduction ?? "";
        return new IssueForm
        {
            Standing = standing,
            RevueName = profile?.Name ?? standing.Name,
            PlatformMembers = await db.Members.CountAsync(m => m.State == MemberState.Active, cancellation),
            Audience = PublishIssue.AudienceOf(profile, standing),
            Issue = new IssueView
            {
                Number = issue.Number,
                Week = issue.Week,
                Title = issue.Title,
                Cover = CoverView.Of(issue.CoverFileId, issue.CoverText),
                IntroductionHtml = (await bodies.RenderAsync(db, introduction, cancellation)).Html,
                Rubrics = RubricView.Of(articles.Select(a => (a.Entry.Rubric, View(a)))),
            },
            Introduction = introduction,
            SavedIntroduction = issue.Introduction ?? "",
            State = issue.State,
            PublishAt = issue.PublishAt,
            ReadyBy = issue.ReadyById is { } by ? await db.Members.Where(m => m.Id == by).Select(m => m.Name).FirstOrDefaultAsync(cancellation) : null,
            Proposed = PublishTime.Proposed(profile, clock.GetUtcNow().UtcDateTime, zone),
            Version = isOpen ? issue.Version : 0,
        };
    }

    /// <summary>Keeps title and introduction.</summary>
    /// <exception cref="NotFoundException">No such group, no veille, or the viewer does not animate it.</exception>
    /// <exception cref="InvalidInputException">Too long, edited meanwhile, or the issue has left.</exception>
    public Task SaveAsync(Viewer viewer, string groupSlug, IssueInput input, CancellationToken cancellation) =>
        WriteAsync(viewer, groupSlug, input, (_, _, _) => Task.CompletedTask, cancellation);

    /// <summary>Keeps what a program writes; what is absent stays.</summary>
    /// <inheritdoc cref="SaveAsync"/>
    public Task WrittenAsync(Viewer viewer, string groupSlug, WrittenIssue input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await AnimatedAsync(db, groupSlug, token);
        var rules = new Rules();
        input.Check(rules);
        rules.Demand();
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
        var issue = await open.ExecuteAsync(db, standing.GroupId, token);
        (issue.Title, issue.Introduction) = (input.Title?.Trim() ?? issue.Title, input.Body ?? issue.Introduction);
        issue.Version++;
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Keeps title and introduction, and lets the issue leave by itself at that hour of the platform's time zone.</summary>
    /// <exception cref="NotFoundException">No such group, no veille, or the viewer does not animate it.</exception>
    /// <exception cref="InvalidInputException">Too long, edited meanwhile, nothing to publish, or an hour that has passed.</exception>
    public Task ReadyAsync(Viewer viewer, string groupSlug, IssueInput input, DateTime? at, CancellationToken cancellation) =>
        WriteAsync(viewer, groupSlug, input, async (db, issue, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var leaves = at is { } local ? ZoneClock.ToUtc(local, zone) : DateTime.MinValue;
            new Rules().Check(leaves > now && leaves - now <= Furthest, "Date", IssueTexts.HourToCome).Demand();
            await PublishIssue.DemandSomethingAsync(db, issue, token);
            (issue.State, issue.PublishAt, issue.ReadyById) = (IssueState.Ready, leaves, viewer.MemberId);
        }, cancellation);

    /// <summary>Keeps title and introduction, and takes the issue back from leaving by itself.</summary>
    /// <inheritdoc cref="SaveAsync"/>
    public Task BackToDraftAsync(Viewer viewer, string groupSlug, IssueInput input, CancellationToken cancellation) =>
        WriteAsync(viewer, groupSlug, input, (_, issue, _) =>
        {
            (issue.State, issue.PublishAt, issue.ReadyById) = (IssueState.Draft, null, null);
            return Task.CompletedTask;
        }, cancellation);

    private Task WriteAsync(Viewer viewer, string groupSlug, IssueInput input, Func<AppDbContext, Issue, CancellationToken, Task> further, CancellationToken cancellation) =>
        database.TransactAsync(viewer, async (db, token) =>
        {
            var standing = await AnimatedAsync(db, groupSlug, token);
            // In turn with whoever moves a card of the group, or publishes.
            await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
            var issue = await open.ExecuteAsync(db, standing.GroupId, token);
            Check(issue, input);
            (issue.Title, issue.Introduction) = (Trimmed(input.Title), Trimmed(input.Introduction));
            if (input.Cover is { } cover) (issue.CoverFileId, issue.CoverText) = await cover.ApplyAsync(db, covers, issue.CoverFileId, token);
            issue.Version++;
            await further(db, issue, token);
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);

    /// <summary>The cover of the issue being prepared; null when it has none.</summary>
    /// <exception cref="NotFoundException">No such group, no veille, or the viewer does not animate it.</exception>
    public async Task<StoredFile?> CoverAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await AnimatedAsync(db, groupSlug, cancellation);
        var issue = await open.NextAsync(db, standing.GroupId, cancellation);
        return issue.CoverFileId is { } cover ? await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == cover, cancellation) : null;
    }

    /// <summary>Breaks a rule for each thing wrong with an introduction.</summary>
    public static void CheckIntroduction(Rules rules, string? introduction, string field)
    {
        rules.Text(introduction, field, IntroductionLength, required: false);
        if (introduction is { Length: > 0 and <= IntroductionLength }) rules.Check(RichText.Check(introduction) != RichTextCheck.TooComplex, field, PlatformTexts.TextTooComplex);
    }

    private static void Check(Issue issue, IssueInput input)
    {
        var rules = new Rules();
        rules.Text(input.Title, nameof(input.Title), ContentItem.TitleLength, required: false);
        CheckIntroduction(rules, input.Introduction, nameof(input.Introduction));
        rules.Text(input.Cover?.Text, nameof(issue.CoverText), Issue.CoverTextLength, required: false);
        rules.Check(issue.Number == input.Number, nameof(input.Introduction), IssueTexts.HasLeft.With(input.Number, issue.Number));
        var isUntouched = issue is { Title: null, Introduction: null, State: IssueState.Draft };
        if (issue.Number == input.Number) rules.Check(issue.Version == input.Version || isUntouched, nameof(input.Introduction), PlatformTexts.EditedMeanwhile);
        rules.Demand();
    }

    // What is being prepared is nobody's but the animators': to others there is no such page.
    private async Task<Standing> AnimatedAsync(AppDbContext db, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        return rights.Allows(VeilleModule.Curate, standing) ? standing : throw new NotFoundException();
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static ArticleView View(ChosenArticle chosen) => new()
    {
        Id = chosen.Entry.Id,
        Title = chosen.Title,
        Address = chosen.News.Address,
        SourceName = chosen.SourceName,
        Author = chosen.News.Author,
        DatedAt = chosen.News.PublishedAt,
        Line = chosen.Entry.Line,
        Excerpt = chosen.Excerpt,
        Finder = chosen.Finder,
    };
}
