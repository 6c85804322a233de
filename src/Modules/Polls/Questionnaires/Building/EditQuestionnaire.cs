using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Polls.Questionnaires.Building;

/// <summary>A questionnaire rewritten.</summary>
/// <param name="Content">Title, introduction, audience, tags.</param>
/// <param name="Details">What it asks, and how; as far as that may still change.</param>
/// <param name="Version">The version that was read.</param>
/// <param name="Files">Files to add and to take off; null for none.</param>
public sealed record EditQuestionnaireInput(ContentInput Content, QuestionnaireDetails Details, int Version, FileChanges? Files = null);

/// <summary>Rewrites a questionnaire. Once somebody has answered, what was asked and who sees the answers stay as they were; the title, the introduction, the end and the reminder may change.</summary>
internal sealed class EditQuestionnaire(AppDb database, EditContent edit, AttachmentWriter attachments, Dates dates, TimeProvider clock)
{
    /// <summary>The questionnaire as it stands, to fill its form.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<QuestionnaireForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var found = await edit.ReadAsync<Questionnaire>(db, GroupPermissions.EditItem, shortId, cancellation);
        var q = found.Entity;
        return new()
        {
            Standing = found.Standing,
            PlatformMembers = found.PlatformMembers,
            ShortId = shortId,
            Title = q.Item.Title,
            Body = q.Body,
            Tags = found.Tags,
            Audience = q.Item.Audience,
            Version = q.Item.Version,
            Details = QuestionnaireDetails.Of(q, dates),
            IsAnswered = await IsAnsweredAsync(db, q.Id, cancellation),
            Files = await AttachmentWriter.OfAsync(db, q.Id, cancellation),
        };
    }

    /// <summary>Saves the questionnaire.</summary>
    /// <returns>Its row as it stands now.</returns>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field cannot be read or is too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task<ContentItem> ExecuteAsync(Viewer viewer, string shortId, EditQuestionnaireInput input, CancellationToken cancellation)
    {
        var files = input.Files ?? FileChanges.None;
        QuestionnaireTerms? terms = null;
        return edit.ExecuteAsync(viewer, shortId, new Rewriting<Questionnaire>
        {
            Content = input.Content with { IsBodyOptional = true },
            Version = input.Version,
            Check = async (db, q, _, rules) =>
            {
                terms = QuestionnaireTerms.Read(input.Details, rules, dates, clock.GetUtcNow().UtcDateTime, q, await IsAnsweredAsync(db, q.Id, cancellation));
                await AttachmentWriter.CheckAsync(db, q.Id, files, rules, cancellation);
            },
            With = (db, q) =>
            {
                terms!.Into(q, input.Details);
                return attachments.ChangeAsync(db, q.Item, files, cancellation);
            },
        }, cancellation);
    }

    private static Task<bool> IsAnsweredAsync(AppDbContext db, Guid id, CancellationToken cancellation) => db.Set<Respondent>().AnyAsync(r => r.ItemId == id, cancellation);
}
