using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Letters.Faces;
using TerritoireCollab.Letters.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Letters.Writing;

/// <summary>Shows an animator the mail that the letter being written will be.</summary>
internal sealed class PreviewLetter(AppDb database, Rights rights, Bodies bodies, MailRenderer renderer)
{
    private const int PreheaderLength = 120;

    /// <summary>The mail as it would leave now.</summary>
    /// <param name="viewer">The animator.</param>
    /// <param name="groupSlug">The group.</param>
    /// <param name="title">Title, as typed.</param>
    /// <param name="body">Markdown, as typed.</param>
    /// <param name="files">Names of the files that go with it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no letters.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write to the whole group.</exception>
    /// <exception cref="InvalidInputException">The text is too long.</exception>
    public async Task<RenderedMail> ExecuteAsync(Viewer viewer, string groupSlug, string title, string body, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, LettersModule.WriteLetter, groupSlug, cancellation);
        var rules = new Rules().Text(title, "Title", ContentItem.TitleLength, required: false).Text(body, "Body", Bodies.MaxLength, required: false);
        rules.Demand();

        var author = await db.Members.Where(m => m.Id == viewer.MemberId)
            .Select(m => new { m.Name, Organisation = m.Affiliations.Where(a => a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault() }).FirstAsync(cancellation);
        var speaker = author.Organisation is null ? author.Name : $"{author.Name} ({author.Organisation})";
        var html = (await bodies.RenderAsync(db, body, cancellation)).Html;
        var address = LetterAddress.List(standing.Slug);
        List<MailBlock> blocks = [new MailParagraph(LettersTexts.MailWrote.With(speaker, LettersTexts.WroteToGroup))];
        if (html.Length > 0) blocks.Add(renderer.Prose(html));
        if (files.Count > 0) blocks.AddRange([new MailHeading(LettersTexts.MailFiles), new MailList([.. files.Select(f => new MailListItem(f, address))])]);
        blocks.Add(new MailButton(LettersTexts.MailReadAndAnswer, address));
        return await renderer.RenderAsync(new MailContent
        {
            Preheader = Excerpt.Of(body, PreheaderLength),
            Context = $"{standing.Name} · {LettersTexts.Letters}",
            Title = title.Trim().Length == 0 ? LettersTexts.Untitled : title.Trim(),
            Blocks = blocks,
            Reason = LettersTexts.PreviewReason.With(standing.Name),
        });
    }
}
