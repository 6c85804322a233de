using System.Text.RegularExpressions;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>
/// Whether a mail comes from whom it says. Only the words of our own mail server are believed (RFC 8601, section 5): it writes them above those
/// that came with the mail, so the first that bear its name count, and all others may be forged.
/// </summary>
internal sealed partial class SenderTrust(MailOptions options)
{
    /// <summary>Whether our server found that the sender's domain disowns it, or it has several senders.</summary>
    public bool IsDoubtful(IncomingMail mail) => mail.FromAddresses.Count > 1 || Dmarc(mail) is "fail";

    private string? Dmarc(IncomingMail mail)
    {
        if (options.AuthServId.Length == 0) return null;

        return mail.Headers("Authentication-Results").Select(Uncommented).Where(IsOurs)
            .Select(value => Result().Match(value)).FirstOrDefault(m => m.Success)?.Groups[1].Value.ToLowerInvariant();
    }

    private bool IsOurs(string value)
    {
        var id = value.Split(';', 2)[0].Trim().Split(' ', 2)[0];
        return id.Equals(options.AuthServId, StringComparison.OrdinalIgnoreCase);
    }

    // Comments nest (RFC 5322, section 3.2.2), and hold whatever the other side said.
    private static string Uncommented(string value)
    {
        var (kept, depth, isQuoted) = (new System.Text.StringBuilder(value.Length), 0, false);
        foreach (var letter in value)
        {
            if (letter == '"' && depth == 0) isQuoted = !isQuoted;
            else if (letter == '(' && !isQuoted) depth++;
            else if (letter == ')' && !isQuoted && depth > 0) depth--;
            else if (depth == 0 && !isQuoted) kept.Append(letter);
        }

        return kept.ToString();
    }

    [GeneratedRegex(@";\s*dmarc\s*=\s*([a-z]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Result();
}
