using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Polls.Questionnaires.Answering;

namespace TerritoireCollab.Polls.Questionnaires.Reading;

/// <summary>A question, or the title of a section, in the API.</summary>
public sealed record ApiQuestion
{
    /// <summary>What answers name it by.</summary>
    public required int Number { get; init; }
    /// <summary><c>section</c>, <c>shortText</c>, <c>longText</c>, <c>oneChoice</c>, <c>severalChoices</c>, <c>scale</c>, <c>grid</c>, <c>date</c>, <c>ranking</c>, <c>number</c> or <c>file</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>The question.</summary>
    public required string Text { get; init; }
    /// <summary>A line of help; of a section its text.</summary>
    public required string Help { get; init; }
    /// <summary>Whether one must answer.</summary>
    public required bool IsRequired { get; init; }
    /// <summary>Choices, counted from 1; of a grid the rows.</summary>
    public required IReadOnlyList<string> Choices { get; init; }
    /// <summary>Columns of a grid, counted from 1.</summary>
    public required IReadOnlyList<string> Columns { get; init; }
    /// <summary>Whether one may name something else.</summary>
    public required bool TakesOther { get; init; }
    /// <summary>Which files it takes: <c>both</c>, <c>documents</c> or <c>pictures</c>; null of any other question.</summary>
    public string? Takes { get; init; }
    /// <summary>First figure of a scale, or least number.</summary>
    public int? From { get; init; }
    /// <summary>Last figure of a scale, or greatest number.</summary>
    public int? To { get; init; }
    /// <summary>What the first figure means.</summary>
    public required string FromWord { get; init; }
    /// <summary>What the last figure means.</summary>
    public required string ToWord { get; init; }
}

/// <summary>A questionnaire in the API.</summary>
public sealed record ApiQuestionnaire
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>The title.</summary>
    public required string Title { get; init; }
    /// <summary>The introduction, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>The introduction, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who asks.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>The questions and sections, in order.</summary>
    public required IReadOnlyList<ApiQuestion> Questions { get; init; }
    /// <summary>Whether answers are kept apart from those who give them.</summary>
    public required bool IsAnonymous { get; init; }
    /// <summary>Who sees the results: <c>animators</c> or <c>members</c>.</summary>
    public required string Results { get; init; }
    /// <summary>When it closes.</summary>
    public required DateTime ClosesAt { get; init; }
    /// <summary>Whether no answer is taken any more.</summary>
    public required bool IsClosed { get; init; }
    /// <summary>Answers after which it closes, or null.</summary>
    public int? MostAnswers { get; init; }
    /// <summary>How many answered.</summary>
    public required int AnswerCount { get; init; }
    /// <summary>Whether you have answered.</summary>
    public required bool HasAnswered { get; init; }
    /// <summary>What you answered, by the number of the question; null for nothing, and in an anonymous questionnaire.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Answers { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads questionnaires for programs, with the rights of the screens.</summary>
internal sealed class ReadQuestionnaires(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site, TimeProvider clock)
{
    /// <summary>A page of the group's questionnaires, the newest first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no polls.</exception>
    public async Task<CursorPage<ApiQuestionnaire>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(PollsModule.ToolKey)!)) throw new NotFoundException();

        var rows = await db.Set<Questionnaire>().Where(q => q.Item.GroupId == standing.GroupId).NewestFirst(after, limit).Rows(db).ToListAsync(cancellation);
        return new(await JsonAsync(db, [.. rows.Take(limit)], cancellation), PageCursor.Next(rows, limit, r => r.AtCreation));
    }

    /// <summary>One questionnaire.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiQuestionnaire> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var row = await db.Set<Questionnaire>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return (await JsonAsync(db, [row], cancellation))[0];
    }

    private async Task<IReadOnlyList<ApiQuestionnaire>> JsonAsync(AppDbContext db, IReadOnlyList<ContentRow<Questionnaire>> rows, CancellationToken cancellation)
    {
        var (ids, me) = (rows.Select(r => r.Item.Id).ToList(), db.Viewer.MemberId);
        var counts = await db.Set<Respondent>().Where(r => ids.Contains(r.ItemId)).GroupBy(r => r.ItemId).Select(g => new { g.Key, Count = g.Count(), Mine = g.Any(r => r.PersonId == me) }).ToDictionaryAsync(g => g.Key, cancellation);
        var mine = await db.Set<AnswerSheet>().AsNoTracking().Where(s => ids.Contains(s.ItemId) && s.PersonId == me).Select(s => new { s.ItemId, s.Answers }).ToDictionaryAsync(s => s.ItemId, s => s.Answers, cancellation);
        return [.. rows.Select(r => Json(r, counts.GetValueOrDefault(r.Item.Id)?.Count ?? 0, counts.GetValueOrDefault(r.Item.Id)?.Mine == true, mine.GetValueOrDefault(r.Item.Id)))];
    }

    private ApiQuestionnaire Json(ContentRow<Questionnaire> row, int answers, bool hasAnswered, string? mine)
    {
        var q = row.Content;
        return new()
        {
            Id = row.Item.ShortId,
            Group = row.Group,
            Title = row.Item.Title,
            Body = q.Body,
            BodyHtml = q.Html(),
            Author = row.Author,
            Audience = AudienceWord.Of(row.Item.Audience),
            Tags = row.Tags,
            Questions = [.. FormParts.Read(q.Parts).Select(Json)],
            IsAnonymous = q.IsAnonymous,
            Results = q.ResultsFor == ResultsFor.Members ? QuestionnaireApiWords.Members : QuestionnaireApiWords.Animators,
            ClosesAt = q.ClosesAt,
            IsClosed = AnswerQuestionnaire.Closed(q, answers, hasAnswered: false, clock.GetUtcNow().UtcDateTime) is not null,
            MostAnswers = q.MostAnswers,
            AnswerCount = answers,
            HasAnswered = hasAnswered,
            Answers = mine is null ? null : AnswerText.Read(mine).ToDictionary(a => a.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), a => a.Value),
            CommentCount = row.Item.CommentCount,
            CreatedAt = row.Item.CreatedAt,
            UpdatedAt = row.Item.UpdatedAt,
            Version = row.Item.Version,
            Url = site.Absolute(QuestionnaireAddress.Of(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
        };
    }

    private static ApiQuestion Json(FormPart part) => new()
    {
        Number = part.Number,
        Kind = QuestionnaireApiWords.Of(part.Kind),
        Text = part.Text,
        Help = part.Help,
        IsRequired = part.IsRequired,
        Choices = part.Choices,
        Columns = part.Columns,
        TakesOther = part.TakesOther,
        Takes = part.Kind == PartKind.File ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(part.Takes.ToString()) : null,
        From = part.From,
        To = part.To,
        FromWord = part.FromWord,
        ToWord = part.ToWord,
    };
}

/// <summary>Words of the API.</summary>
internal static class QuestionnaireApiWords
{
    /// <summary>The results are for the author and the animators.</summary>
    public const string Animators = "animators";

    /// <summary>The results are for the members too.</summary>
    public const string Members = "members";

    /// <summary>The word of a kind.</summary>
    public static string Of(PartKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>The kind of a word; for any other word one that is refused at its field.</summary>
    public static PartKind Kind(string? word) => Enum.GetValues<PartKind>().Cast<PartKind?>().FirstOrDefault(k => Of(k!.Value) == word) ?? (PartKind)(-1);

    /// <summary>Which files a question takes, by its word; all without one, and for any other word what is refused at its field.</summary>
    public static FilesTaken Takes(string? word) => word is null ? FilesTaken.Both : Enum.GetValues<FilesTaken>().Cast<FilesTaken?>().FirstOrDefault(t => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(t!.Value.ToString()) == word) ?? (FilesTaken)(-1);

    /// <summary>Who sees the results, by its word; for any other word one that is refused at its field.</summary>
    public static ResultsFor? Results(string? word) => word switch { null => null, Animators => ResultsFor.Animators, Members => ResultsFor.Members, _ => (ResultsFor)(-1) };
}
