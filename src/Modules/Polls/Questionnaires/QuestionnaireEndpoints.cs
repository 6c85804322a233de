using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
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
        .AddSingleton<ReadResults>().AddSingleton<ExportAnswers>().AddSingleton<ReceiveAnswers>().AddSingleton<OpenAnswerFile>().AddSingleton<IFileHolder, HoldAnswerFiles>().AddSingleton<IGroupBytes, HoldAnswerFiles>()
        .AddMailKinds(QuestionnaireLetters.Kind).AddMailWriting()
        .AddSingleton<QuestionnaireLetters>().AddSingleton<IMailCheck, QuestionnaireMailCheck>().AddSingleton<RemindRespondents>().AddSingleton<IRecurringJob, SendQuestionnaireReminders>();

    public static void MapQuestionnaires(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/sondages/questionnaires/{shortId}/reponses.csv", CsvAsync);
        endpoints.MapGet("/groupes/{slug}/sondages/questionnaires/{shortId}/reponses.xlsx", XlsxAsync);
        endpoints.MapGet("/groupes/{slug}/sondages/questionnaires/{shortId}/fichiers/{id:guid}", FileAsync);
        endpoints.MapGet("/groupes/{slug}/sondages/questionnaires/{shortId}/fichiers.zip", ZipAsync);
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

    // Always a download, whatever it claims to be: what strangers send is not shown in a page.
    private static async Task<IResult> FileAsync(string slug, string shortId, Guid id, OpenAnswerFile open, FileStore store, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var file = await open.ExecuteAsync(current.Viewer, shortId, id, cancellation);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        return Microsoft.AspNetCore.Http.Results.File(await store.OpenAsync(file.Sha256, cancellation), FileTypes.Unknown, file.Name, enableRangeProcessing: true);
    }

    private static async Task<IResult> ZipAsync(string slug, string shortId, OpenAnswerFile open, CurrentViewer current, CancellationToken cancellation)
    {
        var all = await open.AllAsync(current.Viewer, shortId, cancellation);
        return Microsoft.AspNetCore.Http.Results.Stream(output => open.WriteAsync(all, output, cancellation), "application/zip", all.Name);
    }

    private static async Task<IResult> RemindAsync(string slug, string shortId, RemindRespondents remind, CurrentViewer current, CancellationToken cancellation)
    {
        var count = await remind.ExecuteAsync(current.Viewer, shortId, cancellation);
        return Microsoft.AspNetCore.Http.Results.LocalRedirect($"{QuestionnaireAddress.Short(slug, shortId)}/resultats?fait={(count == 0 ? QuestionnaireFlash.NobodyReminded : QuestionnaireFlash.Reminded)}");
    }
}
