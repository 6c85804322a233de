using System.Text;
using System.Text.RegularExpressions;
using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>What a server writes to people when it could not deliver a mail, up to the copy of that mail.</summary>
internal sealed partial class BounceText
{
    private const int MostLines = 400;
    private const int LinesOfAnEntry = 14;

    private readonly string[] lines;

    private BounceText(string[] lines, bool hasOriginal)
    {
        this.lines = lines;
        HasOriginal = hasOriginal;
        Whole = string.Join(' ', lines.Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    /// <summary>Whether the copy of a mail stands below the text.</summary>
    public bool HasOriginal { get; }

    /// <summary>All of it on one line.</summary>
    public string Whole { get; }

    /// <summary>Whether it says that a mail was not delivered.</summary>
    public bool SpeaksOfFailure => FailureWords().IsMatch(FoldedText.Fold(Whole.Length > 4000 ? Whole[..4000] : Whole));

    /// <summary>Whether it names a reply of an SMTP server.</summary>
    public bool NamesAReply => BounceReasons.StatusIn(Whole) is not null || SmtpLine().IsMatch(Whole);

    public static BounceText Of(IncomingMail mail)
    {
        var text = mail.Text ?? (mail.Html is { } html ? Tags().Replace(LineTags().Replace(html.Length > 60_000 ? html[..60_000] : html, "\n"), " ") : "");
        // Servers that put their text into a part of its own without saying what it is.
        if (string.IsNullOrWhiteSpace(text)) text = mail.Parts.FirstOrDefault(part => part.Text is { Length: > 0 } && part.Type == "text/plain")?.Text ?? "";

        var kept = new List<string>();
        foreach (var line in text.Split('\n', MostLines + 1).Take(MostLines))
        {
            if (IsStartOfOriginal(line)) return new([.. kept], hasOriginal: true);

            kept.Add(line.Length > 998 ? line[..998] : line);
        }

        return new([.. kept], hasOriginal: false);
    }

    /// <summary>The recipients it names, each with what is said of him.</summary>
    /// <param name="own">Addresses that are ours or the server's.</param>
    public IReadOnlyList<(string Address, string Diagnostic, bool IsOfMail)> Entries(IReadOnlyCollection<string> own)
    {
        var entries = new List<(string Address, StringBuilder Said, int Lines)>();
        var ofMail = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var current = -1;
        foreach (var line in lines)
        {
            if (RecipientOf(line, own) is { } address)
            {
                current = entries.FindIndex(entry => entry.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
                if (current < 0 && entries.Count < 100)
                {
                    entries.Add((address, new(), 0));
                    current = entries.Count - 1;
                }
            }

            if (current < 0 || line.TrimStart().StartsWith(">>>", StringComparison.Ordinal)) continue;

            var (recipient, said, count) = entries[current];
            if (count >= LinesOfAnEntry || string.IsNullOrWhiteSpace(line)) continue;

            said.Append(said.Length > 0 ? " " : "").Append(line.Trim());
            entries[current] = (recipient, said, count + 1);
            if (NotToRecipient().IsMatch(line)) ofMail.Add(recipient);
        }

        return [.. entries.Select(entry => (entry.Address, entry.Said.ToString(), ofMail.Contains(entry.Address)))];
    }

    /// <summary>Whether a refusal was said to the sender's address or to the content: by the words of Postfix and Exim, or the transcripts of Sendmail.</summary>
    public bool IsOfMail
    {
        get
        {
            // With pipelining the answer to the recipient stands below DATA too; then DATA itself is refused for want of one.
            var hasNoRecipient = lines.Any(line => NoRecipient().IsMatch(line));
            var command = "";
            foreach (var line in lines)
            {
                if (NotToRecipient().IsMatch(line)) return true;
                if (Command().Match(line) is { Success: true } spoken) command = spoken.Groups[1].Value.ToUpperInvariant();
                if (!hasNoRecipient && command == "DATA" && line.TrimStart().StartsWith("<<< 5", StringComparison.Ordinal)) return true;
            }

            return false;
        }
    }

    private static string? RecipientOf(string line, IReadOnlyCollection<string> own)
    {
        if (line.Length > 600 || NotTheRecipient().IsMatch(line)) return null;

        foreach (Match match in AddressPattern().Matches(line))
        {
            var address = match.Value.Trim('.', '\'');
            if (!own.Contains(address, StringComparer.OrdinalIgnoreCase) && !Postmaster().IsMatch(address)) return address;
        }

        return null;
    }

    private static bool IsStartOfOriginal(string line)
    {
        if (line.AsSpan().Trim().Length is < 5 or > 200) return OriginalField().IsMatch(line);

        return OriginalField().IsMatch(line) || IsRule(line.Trim()) && OriginalWords().IsMatch(line) && !ReasonRule().IsMatch(line);
    }

    // A rule across the page, or a sentence that announces: not any line with the word « original ».
    private static bool IsRule(string line) => line[0] is '-' or '=' or '*' or '_' && line.Length > 1 && line[1] == line[0]
        || line.EndsWith(':') || line.TrimEnd('.').EndsWith("follows", StringComparison.OrdinalIgnoreCase);

    // Unindented fields that no server writes into its own text.
    [GeneratedRegex(@"^(received|return-path|message-id|dkim-signature|mime-version|delivered-to|arc-[a-z-]+|x-[a-z0-9-]+):", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OriginalField();

    [GeneratedRegex(@"^\s*([-=*_#]{2,}\s*)?.{0,60}\b(original|returned|undelivered|unsent|non-delivered|copy of|below this line|below is|message header|message d'origine|message d’origine|message original|copie d)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OriginalWords();

    [GeneratedRegex(@"error|reason|transcript|address|recipient|problem|fail|technical|session|status|because|received at|was received|sent by|deliver(ed|y) to", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ReasonRule();

    [GeneratedRegex(@"[A-Za-z0-9.!#$%&'*+/=?^_{}|~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}", RegexOptions.NonBacktracking)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"mail from|^\s*(from|de|sender|reply-to|message-id|subject|objet)\s*:|generated by|please contact|contact the|https?://|envoye par|smtp\.mailfrom", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NotTheRecipient();

    [GeneratedRegex(@"^(post[._-]?master|mailer-?daemon)@", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Postmaster();

    [GeneratedRegex(@"^\s*>>>\s*([A-Za-z]{4})", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\s*<<< 503|need rcpt|no valid recipient|5\d\d 5\.1\.1", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NoRecipient();

    [GeneratedRegex(@"(in reply to|after) mail from|in reply to (end of )?data|after (end of )?data|end of data|after sending (the )?(data|message)|reply to data|smtp error from remote .{0,30}after .{0,12}data", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NotToRecipient();

    [GeneratedRegex(@"(<<<|said:|said|reason:|error:|response:|answered|responded|smtp;|host)\W{0,10}.{0,40}\b[45]\d\d[ -]|(^| )[45][0-5]\d[ -]\S", RegexOptions.NonBacktracking)]
    private static partial Regex SmtpLine();

    [GeneratedRegex(
        @"(could|can|was|has|have|were|be|were|did)( ?not|n't) (be )?(been )?(deliver|sent|reach|transmit|distribut)|undeliver|not delivered|unable to (deliver|send|reach)|wasn't able to deliver|delivery (to|of|attempt|status|problem|error|ha[sd]|fail|temporarily|notification)|(deliver|deliverys?|delivering).{0,40}(fail|error|problem|delay|impossible)|fail(ed|ure)?.{0,60}(deliver|recipient|address|reach)"
        + @"|returned (mail|message|to sender)|addresses? had|following (address|recipient|error|destination)|permanent(ly)? (fatal )?(error|failure)|message (was )?(undeliverable|rejected|delayed)|error (message|transfer)|unknown (user|recipient|host)|no such user|user unknown|mailbox (is )?full|over ?quota|transcript of session|invalid (user|recipient|address)"
        + @"|n'a (pas )?(pu|ete) (etre )?(remis|delivre|distribue|achemine|envoye|transmis)|n'a pas pu etre|(impossible|echec|echoue).{0,60}(remis|livr|distrib|delivr|achemin|envo|destinataire)|non (remis|delivre|distribue)|destinataires? (suivants?|inconnu)|konnte nicht zugestellt|unzustellbar|no (se )?(pudo|ha podido) entregar|impossibile recapitare|non e stato possibile",
        RegexOptions.NonBacktracking)]
    private static partial Regex FailureWords();

    [GeneratedRegex(@"<(br|p|div|tr|li|h[1-6]|table)\b[^>]*>", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex LineTags();

    [GeneratedRegex(@"<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
