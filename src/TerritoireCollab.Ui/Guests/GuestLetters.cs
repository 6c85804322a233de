using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Ui.Guests;

/// <summary>Writes the mails to people who are asked, or who asked, to take part in a content without an account.</summary>
internal sealed class GuestLetters(MailWriter writer, MailFoot foot, GuestLinks links, GroupLabels labels, Faces faces, PlatformOptions platform) : IGuestLetters
{
    /// <inheritdoc />
    public Task<MailRow> WriteAsync(GuestLetter letter)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var (item, group) = (letter.Item, letter.Item.Group!);
        var isMember = letter.Cause is GuestLetterCause.MemberInvited or GuestLetterCause.MemberAsked;
        var words = Words(letter);
        var stop = links.StopOf(letter.To.Email);
        return writer.WriteAsync(new()
        {
            UniqueKey = letter.UniqueKey,
            Kind = letter.Cause is GuestLetterCause.Invited or GuestLetterCause.MemberInvited ? GuestMailCheck.InvitedKind : GuestMailCheck.AskedKind,
            MessageId = writer.IdOf(letter.UniqueKey.Replace(':', '.')),
            ItemId = item.Id,
            GroupId = group.Id,
            Priority = 1,
            To = new(isMember ? letter.To.PersonId : null, letter.To.Email, letter.To.Name),
            Subject = MailSubject.Of(letter.Label.Name, words.Title),
            Content = new()
            {
                Preheader = letter.Offer.Lines.Count > 0 ? letter.Offer.Lines[0] : words.Text,
                Context = letter.Label.Name,
                Title = words.Title,
                Blocks =
                [
                    new MailParagraph(words.Text),
                    .. letter.Message is { } message ? [new MailQuote(message, letter.Inviter)] : Array.Empty<MailBlock>(),
                    .. letter.Offer.Lines.Count > 0 ? [new MailList([.. letter.Offer.Lines.Select(l => new MailListItem(l))])] : Array.Empty<MailBlock>(),
                    isMember ? new MailButton(GuestTexts.SeePage, faces.Address(group.Slug, item)) : new MailButton(letter.Cause == GuestLetterCause.Asked ? GuestTexts.ConfirmButton : GuestTexts.InviteAnswer, links.Of(letter.To.PersonId)),
                ],
                Reason = words.Reason,
                FooterLinks = isMember ? foot.OfMember(letter.To.PersonId) : foot.OfGuest(letter.To.Email),
            },
            Sorting = labels.Sorting(letter.Label, "invitation", isMember ? null : platform.Absolute(stop)),
            Calendar = letter.Calendar,
        });
    }

    private static (string Title, string Text, string Reason) Words(GuestLetter letter)
    {
        var title = letter.Item.Title;
        return letter.Cause switch
        {
            GuestLetterCause.Invited => (GuestTexts.InvitedTitle.With(letter.Inviter, title), GuestTexts.InvitedText.With(letter.Inviter), GuestTexts.InvitedReason.With(letter.Inviter)),
            GuestLetterCause.MemberInvited => (GuestTexts.InvitedTitle.With(letter.Inviter, title), GuestTexts.MemberInvitedText.With(letter.Inviter), GuestTexts.InvitedReason.With(letter.Inviter)),
            GuestLetterCause.Asked => (GuestTexts.AskedTitle.With(title), GuestTexts.AskedText, GuestTexts.AskedReason.With(title)),
            _ => (GuestTexts.MemberAskedTitle.With(title), GuestTexts.MemberAskedText, GuestTexts.MemberAskedReason.With(title)),
        };
    }
}
