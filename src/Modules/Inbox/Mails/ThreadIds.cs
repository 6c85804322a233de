using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>
/// What gathers the mails of a thread in a mail program: identifiers computed from the content, never random, so that a mail can name
/// its parent without our having kept what was sent (RFC 5322, 3.6.4).
/// </summary>
internal static class ThreadIds
{
    private const int LongestSubject = 70;
    private const int LongestGroup = 30;

    /// <summary>Of a content (number 0) or of one of its answers, without angle brackets.</summary>
    public static string Of(string shortId, int number, string domain) => number == 0 ? $"fil.{shortId}@{domain}" : $"fil.{shortId}.{number}@{domain}";

    /// <summary>Ancestors of an answer, root first: the content, the first-level answer, the answer answered.</summary>
    public static IReadOnlyList<string> References(string shortId, int rootNumber, int number, int? parentNumber, string domain) =>
        [.. new[] { 0, rootNumber, parentNumber ?? 0 }.Distinct().Where(n => n != number).Select(n => Of(shortId, n, domain))];

    /// <summary><c>[Groupe] Titre</c>, the same in a whole thread, cut between two characters.</summary>
    public static string Subject(string group, string title)
    {
        var head = $"[{Excerpt.Cut(MailSorting.OneLine(group), LongestGroup)}] ";
        return head + Excerpt.Cut(MailSorting.OneLine(title), LongestSubject - head.Length);
    }
}
