using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Subjects of mails, whatever room writes them: where it comes from in brackets, then what it is about, short enough for a list of mails.</summary>
public static class MailSubject
{
    /// <summary>Longest subject, in characters.</summary>
    public const int Longest = 70;

    private const int LongestList = 30;

    /// <summary><c>[Groupe] Titre</c>, cut between two characters.</summary>
    public static string Of(string list, string title)
    {
        var head = $"[{Excerpt.Cut(MailSorting.OneLine(list), LongestList)}] ";
        return head + Excerpt.Cut(MailSorting.OneLine(title), Longest - head.Length);
    }
}
