using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Readers;

/// <summary>Shows the animators the letter that the issue being prepared will be.</summary>
internal sealed class PreviewLetter(PrepareIssue prepare, RevueLetter letters, MailRenderer renderer)
{
    /// <summary>The letter as it would leave now.</summary>
    /// <exception cref="NotFoundException">No such group, no veille, or the viewer does not animate it.</exception>
    public async Task<RenderedMail> ExecuteAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        var form = await prepare.ReadAsync(viewer, groupSlug, cancellation);
        var issue = form.Issue;
        var letter = letters.Of(
            form.RevueName, IssueTitle.Full(issue.Number, IssueTitle.Stored(issue.Number, issue.Title)), PlainText.FromHtml(issue.IntroductionHtml), issue.IntroductionHtml,
            issue.Rubrics.SelectMany(r => r.Articles.Select(a => (r.Name, a))), VeilleAddress.Prepare(form.Standing.Slug));
        return await renderer.RenderAsync(letter with { Reason = ReaderTexts.PreviewReason.With(form.RevueName) });
    }
}
