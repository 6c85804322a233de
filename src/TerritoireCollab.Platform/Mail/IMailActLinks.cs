namespace TerritoireCollab.Platform.Mail;

/// <summary>Makes the links of acts for a mail that a room writes itself; mails of activities have theirs from the acts.</summary>
public interface IMailActLinks
{
    /// <summary>The address, from the root, that lets that member do it without signing in.</summary>
    /// <param name="memberId">Whose mail it stands in.</param>
    /// <param name="key">As <see cref="IMailAct.Key"/>.</param>
    /// <param name="offer">What it is about.</param>
    string Of(Guid memberId, string key, MailActOffer offer);
}
