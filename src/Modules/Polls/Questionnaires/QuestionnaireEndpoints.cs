using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Questionnaires.Building;
using TerritoireCollab.Polls.Questionnaires.Demo;
using TerritoireCollab.Polls.Questionnaires.Guests;
using TerritoireCollab.Polls.Questionnaires.Pages;
using TerritoireCollab.Polls.Questionnaires.Reading;
using TerritoireCollab.Polls.Questionnaires.Reminding;
using TerritoireCollab.Polls.Questionnaires.Results;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Polls.Questionnaires;

/// <summary>What questionnaires add to the module of polls.</summary>
internal static class QuestionnaireEndpoints
{
    public static IServiceCollection AddQuestionnaires(this IServiceCollection services) => services
        .AddSingleton<IContentFace, QuestionnaireFace>().AddSingleton<IContentCompanion, QuestionnaireCompanion>().AddSingleton<IDemoSeed, QuestionnaireSeed>()
        .AddSingleton<NewQuestionnaire>().AddSingleton<CreateQuestionnaire>().AddSingleton<EditQuestionnaire>()
        .AddSingleton<ReadQuestionnaire>().AddSingleton<ReadQuestionnaires>().AddSingleton<TakeAnswers>().AddSingleton<AnswerQuestionnaire>().AddSingleton<IGuestTool, QuestionnaireGuests>().AddSingleton<AnswerAsGuest>()
        .AddSingleton<ReadResults>().AddSingleton<ExportAnswers>()
        .AddMailKinds(QuestionnaireLetters.Kind).AddMailWriting()
        .AddSingleton<QuestionnaireLetters>().AddSingleton<IMailCheck, QuestionnaireMailCheck>().AddSingleton<RemindRespondents>().AddSingleton<IRecurringJob, SendQuestionnaireReminders>();

    public static void MapQuestionnaires(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/sondages/questionnaires/{shortId}/reponses.csv", CsvAsync);
        endpoints.MapGet("/groupes/{slug}/sondages/questionnaires/{shortId}/reponses.xlsx", XlsxAsync);
        endpoints.MapPost("/groupes/{slug}/sondages/questionnaires/{shortId}/relancer", RemindAsync).WithMetadata(new RequireAntiforgeryTokenAttribute(true));
        endpoints.MapQuestionnaireApi();
    }

    private static async Task<IResult> CsvAsync(string slug, string shortId, ExportAnswers export, CurrentViewer current, CancellationToken cancellation)
    {
        var (fileName, bytes) = await export.CsvAsync(current.Viewer, shortId, cancellation);
        return Microsoft.AspNetCore.Http.Results.File(bytes, CsvText.ContentType, fileName);
    }

    private static async Task<IResult> XlsxAsync(string slug, string shortId, ExportAnswers export, CurrentViewer current, CancellationToken cancellation)
    {
        var (fileName, bytes) = await export.XlsxAsync(current.Viewer, shortId, cancellation);
        return Microsoft.AspNetCore.Http.Results.File(bytes, XlsxWriter.ContentType, fileName);
    }

    private static async Task<IResult> RemindAsync(string slug, string shortId, RemindRespondents remind, CurrentViewer current, CancellationToken cancellation)
    {
        var count = await remind.ExecuteAsync(current.Viewer, shortId, cancellation);
        return Microsoft.AspNetCore.Http.Results.LocalRedirect($"{QuestionnaireAddress.Short(slug, shortId)}/resultats?fait={(count == 0 ? QuestionnaireFlash.NobodyReminded : QuestionnaireFlash.Reminded)}");
    }
}
