using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Questionnaires.Building;
using TerritoireCollab.Polls.Questionnaires.Reading;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires;

/// <summary>A question that a program asks.</summary>
public sealed record PostedQuestion
{
    /// <summary><c>section</c>, <c>shortText</c>, <c>longText</c>, <c>oneChoice</c>, <c>severalChoices</c>, <c>scale</c>, <c>grid</c>, <c>date</c>, <c>ranking</c>, <c>number</c> or <c>file</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>The question, or the title of the section.</summary>
    public string? Text { get; init; }
    /// <summary>A line of help; of a section its text.</summary>
    public string? Help { get; init; }
    /// <summary>Whether one must answer.</summary>
    public bool IsRequired { get; init; }
    /// <summary>Choices; of a grid the rows.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
    /// <summary>Columns of a grid.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
    /// <summary>Whether one may name something else.</summary>
    public bool TakesOther { get; init; }
    /// <summary>Which files it takes: <c>both</c>, <c>documents</c> or <c>pictures</c>.</summary>
    public string? Takes { get; init; }
    /// <summary>First figure of a scale, or least number.</summary>
    public int? From { get; init; }
    /// <summary>Last figure of a scale, or greatest number.</summary>
    public int? To { get; init; }
    /// <summary>What the first figure means.</summary>
    public string? FromWord { get; init; }
    /// <summary>What the last figure means.</summary>
    public string? ToWord { get; init; }
}

/// <summary>A questionnaire that a program publishes, or what it changes of one: what is absent stays.</summary>
public sealed record PostedQuestionnaire
{
    /// <summary>The title.</summary>
    public string? Title { get; init; }
    /// <summary>The introduction, in Markdown.</summary>
    public string? Body { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public string? Audience { get; init; }
    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>The questions and sections, in order; refused once somebody has answered.</summary>
    public IReadOnlyList<PostedQuestion>? Questions { get; init; }
    /// <summary>Whether answers are kept apart from those who give them.</summary>
    public bool? IsAnonymous { get; init; }
    /// <summary>Who sees the results: <c>animators</c> or <c>members</c>.</summary>
    public string? Results { get; init; }
    /// <summary>When it closes, to the minute; in two weeks without one.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
    /// <summary>Answers after which it closes.</summary>
    public int? MostAnswers { get; init; }
    /// <summary>The version that was read: a change is refused when somebody has edited since.</summary>
    public int? Version { get; init; }
}

/// <summary>Answers that a program gives.</summary>
public sealed record PostedAnswers
{
    /// <summary>
    /// By the number of the question: words; numbers of choices, or <c>=</c> and other words; <c>row:column</c> for each row of a grid; the choices of a ranking
    /// in order; a figure; a day such as <c>2026-12-08</c>; the key of an upload of yours for a file, or the file as it was read, to leave it; without it, the file is taken off.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Answers { get; init; }
}

/// <summary>Questionnaires under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class QuestionnaireApi
{
    private static readonly ApiKind Kind = new(PollsModule.QuestionnaireKindKey, "questionnaires", "Questionnaire");

    public static void MapQuestionnaireApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("questionnaires");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/questionnaires", ListAsync).WithName("listQuestionnaires").WithSummary(QuestionnaireTexts.ApiList);
        api.MapPost("/groups/{slug}/questionnaires", CreateAsync).WithName("openQuestionnaire").WithSummary(QuestionnaireTexts.ApiCreate);
        api.MapGet("/questionnaires/{id}", ReadAsync).WithName("readQuestionnaire").WithSummary(QuestionnaireTexts.ApiRead);
        api.MapPatch("/questionnaires/{id}", ChangeAsync).WithName("changeQuestionnaire").WithSummary(QuestionnaireTexts.ApiChange);
        api.MapPost("/questionnaires/{id}/answers", AnswerAsync).WithName("answerQuestionnaire").WithSummary(QuestionnaireTexts.ApiAnswer);
        api.MapDelete("/questionnaires/{id}/answers", WithdrawAsync).WithName("withdrawAnswers").WithSummary(QuestionnaireTexts.ApiWithdraw);
        api.MapRemoval(Kind, QuestionnaireTexts.ApiRemove);
        api.MapComments(Kind, QuestionnaireTexts.ApiComments, QuestionnaireTexts.ApiComment);
    }

    private static Task<CursorPage<ApiQuestionnaire>> ListAsync(string slug, string? after, int? limit, ReadQuestionnaires read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiQuestionnaire>> CreateAsync(string slug, PostedQuestionnaire body, CreateQuestionnaire create, ReadQuestionnaires read, Dates dates, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var details = Details(body, QuestionnaireDetails.Proposed(dates) with { Parts = [] }, dates);
        var id = await ApiFields.NamedAsync(() => create.ExecuteAsync(current.Viewer, slug, new(content, details, []), cancellation), Named);
        return TypedResults.Created($"/api/v1/questionnaires/{id}", await read.OneAsync(current.Viewer, id, cancellation));
    }

    private static Task<ApiQuestionnaire> ReadAsync(string id, ReadQuestionnaires read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiQuestionnaire> ChangeAsync(string id, PostedQuestionnaire body, EditQuestionnaire edit, ReadQuestionnaires read, Dates dates, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        if (form.IsAnswered && ((object?)body.Questions ?? body.IsAnonymous ?? (object?)body.Results) is not null) throw new InvalidInputException(nameof(body.Questions), QuestionnaireTexts.AnswersKeepQuestions);

        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await ApiFields.NamedAsync(() => edit.ExecuteAsync(current.Viewer, id, new(content, Details(body, form.Details, dates), body.Version ?? form.Version), cancellation), Named);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<ApiQuestionnaire> AnswerAsync(string id, PostedAnswers body, AnswerQuestionnaire answer, ReadQuestionnaires read, ReceiveFiles receive, CurrentViewer current, CancellationToken cancellation)
    {
        var q = await read.OneAsync(current.Viewer, id, cancellation);
        var (typed, files) = await WithFilesAsync(Typed(body, q), q, receive, current.Viewer, cancellation);
        if (await answer.ExecuteAsync(current.Viewer, id, new(typed, Files: files), cancellation) == AnswerOutcome.AlreadyGiven) throw new ForbiddenException(QuestionnaireTexts.AlreadyAnswered);

        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<NoContent> WithdrawAsync(string id, AnswerQuestionnaire answer, CurrentViewer current, CancellationToken cancellation)
    {
        await answer.WithdrawAsync(current.Viewer, id, cancellation);
        return TypedResults.NoContent();
    }

    // An upload is known to be its sender's: where answers are anonymous, files come with the form of the page alone.
    private static async Task<(TypedAnswers Typed, ReceivedAnswers Files)> WithFilesAsync(TypedAnswers typed, ApiQuestionnaire q, ReceiveFiles receive, Viewer viewer, CancellationToken cancellation)
    {
        var (files, faults, fields) = (new Dictionary<int, ReceivedFile>(), new Dictionary<int, string>(), new Dictionary<string, IReadOnlyList<string>>(typed.Fields));
        foreach (var question in q.Questions.Where(p => p.Kind == QuestionnaireApiWords.Of(PartKind.File)))
        {
            var (field, value) = (TypedAnswers.Field(question.Number), typed.One(TypedAnswers.Field(question.Number)));
            if (value.Length == 0) fields[TypedAnswers.TakeOffField(question.Number)] = ["true"];
            else if (Guid.TryParse(value, out var upload) && !q.IsAnonymous)
            {
                var file = (await receive.UploadedAsync(viewer, [upload], cancellation))[0];
                var part = new FormPart { Number = question.Number, Kind = PartKind.File, Text = question.Text, Takes = QuestionnaireApiWords.Takes(question.Takes) };
                if (ReceiveAnswers.Fault(part, file.Name, file.Stored) is { } fault) faults[question.Number] = fault;
                else files[question.Number] = file;
            }
            else if (q.Answers?.GetValueOrDefault(question.Number.ToString(CultureInfo.InvariantCulture))?.Contains(value) != true) faults[question.Number] = QuestionnaireTexts.FileOnThePage;

            fields.Remove(field);
        }

        return (new(fields), new(files, faults));
    }

    // The same fields as those of the page, so that the same rules read them.
    private static TypedAnswers Typed(PostedAnswers body, ApiQuestionnaire q)
    {
        var parts = q.Questions.Select(p => new FormPart { Number = p.Number, Kind = QuestionnaireApiWords.Kind(p.Kind), Text = p.Text }).ToList();
        var answers = new Dictionary<int, IReadOnlyList<string>>();
        foreach (var (key, values) in body.Answers ?? new Dictionary<string, IReadOnlyList<string>>())
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && parts.Exists(p => p.Number == number)) answers[number] = [.. (values ?? []).OfType<string>()];
            else throw new InvalidInputException(nameof(body.Answers), QuestionnaireTexts.NoSuchQuestion.With(key));
        return TypedAnswers.Of(parts, answers);
    }

    private static QuestionnaireDetails Details(PostedQuestionnaire body, QuestionnaireDetails present, Dates dates)
    {
        var details = present with
        {
            Parts = body.Questions is null ? present.Parts : [.. body.Questions.OfType<PostedQuestion>().Select(Typed)],
            IsAnonymous = body.IsAnonymous ?? present.IsAnonymous,
            ResultsFor = QuestionnaireApiWords.Results(body.Results) ?? present.ResultsFor,
            MostAnswers = body.MostAnswers?.ToString(CultureInfo.InvariantCulture) ?? present.MostAnswers,
        };
        if (body.ClosesAt is not { } closes) return details;

        var (day, hour) = ApiFields.End(closes, dates);
        return details with { Day = day, Hour = hour };
    }

    private static TypedPart Typed(PostedQuestion question) => new()
    {
        Kind = QuestionnaireApiWords.Kind(question.Kind),
        Text = question.Text ?? "",
        Help = question.Help ?? "",
        IsRequired = question.IsRequired,
        Choices = Lines(question.Choices),
        Columns = Lines(question.Columns),
        TakesOther = question.TakesOther,
        Takes = QuestionnaireApiWords.Takes(question.Takes),
        From = question.From?.ToString(CultureInfo.InvariantCulture) ?? "",
        To = question.To?.ToString(CultureInfo.InvariantCulture) ?? "",
        FromWord = question.FromWord ?? "",
        ToWord = question.ToWord ?? "",
    };

    private static string Lines(IReadOnlyList<string>? texts) => string.Join('\n', (texts ?? []).OfType<string>().Select(t => t.ReplaceLineEndings(" ")));

    private static string Named(string field) => field switch
    {
        nameof(QuestionnaireDetails.Day) or nameof(QuestionnaireDetails.Hour) => nameof(PostedQuestionnaire.ClosesAt),
        nameof(QuestionnaireDetails.NewKind) => nameof(PostedQuestionnaire.Questions),
        nameof(QuestionnaireDetails.ResultsFor) => nameof(PostedQuestionnaire.Results),
        ['P', >= '0' and <= '9', ..] => nameof(PostedQuestionnaire.Questions),
        _ => field,
    };
}
