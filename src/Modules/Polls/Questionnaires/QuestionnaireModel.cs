using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Polls.Questionnaires;

/// <summary>How the rows of questionnaires are stored.</summary>
internal static class QuestionnaireModel
{
    public static void Configure(ModelBuilder model)
    {
        var questionnaire = model.Content<Questionnaire>();
        questionnaire.ToTable("Questionnaires");
        questionnaire.HasIndex(q => q.ClosesAt);
        model.Entity<Respondent>(respondent =>
        {
            respondent.ToTable("QuestionnaireRespondents");
            respondent.HasKey(r => new { r.ItemId, r.PersonId });
            respondent.HasIndex(r => r.MemberId);
            respondent.HasOne(r => r.Item).WithMany().HasForeignKey(r => r.ItemId).OnDelete(DeleteBehavior.Cascade);
            respondent.HasOne(r => r.Member).WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AnswerSheet>(sheet =>
        {
            sheet.ToTable("QuestionnaireAnswers");
            sheet.Property(s => s.Id).ValueGeneratedNever();
            sheet.HasIndex(s => new { s.ItemId, s.PersonId }).IsUnique();
            sheet.HasOne(s => s.Item).WithMany().HasForeignKey(s => s.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<AnswerFile>(file =>
        {
            file.ToTable("QuestionnaireFiles");
            file.Property(f => f.Id).ValueGeneratedNever();
            file.Property(f => f.Name).HasMaxLength(AnswerFile.NameLength);
            // With its sheet alone: a second way down from the content is one that SQL Server does not take.
            file.HasOne(f => f.Item).WithMany().HasForeignKey(f => f.ItemId).OnDelete(DeleteBehavior.NoAction);
            file.HasOne(f => f.Sheet).WithMany().HasForeignKey(f => f.SheetId).OnDelete(DeleteBehavior.Cascade);
            file.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
