using System.Globalization;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>
/// Tells why a mail was not delivered by what the server said, then by its codes (RFC 3463, RFC 5321 section 4.2): the codes
/// are often put in by somebody on the way, the sentence is the refusing server's own.
/// </summary>
internal static partial class BounceReasons
{
    /// <summary>Characters of a diagnostic that are kept and looked at.</summary>
    public const int LongestDiagnostic = 1000;

    // The first that fits: words about the sender before those about the recipient, since the same verbs serve both.
    private static readonly (Regex Words, BounceReason Reason)[] Rules =
    [
        (SenderWords(), BounceReason.Rejected),
        (FullWords(), BounceReason.MailboxFull),
        (BigWords(), BounceReason.TooBig),
        (ClientWords(), BounceReason.Rejected),
        (AddressWords(), BounceReason.UnknownAddress),
        (NameServiceWords(), BounceReason.Unreachable),
        (DomainWords(), BounceReason.UnknownDomain),
        (DisabledWords(), BounceReason.Disabled),
        (PolicyWords(), BounceReason.Rejected),
        (LoopWords(), BounceReason.System),
        (UnreachableWords(), BounceReason.Unreachable),
    ];

    /// <summary>Judges a refusal.</summary>
    /// <param name="status">The status of RFC 3463, or null.</param>
    /// <param name="reply">The SMTP reply, or null.</param>
    /// <param name="diagnostic">What the server said, or null.</param>
    /// <param name="isOfMail">Whether it was said to the sender's address or to the content, and not to the recipient's address.</param>
    public static BounceReason Judge(string? status, int? reply, string? diagnostic, bool isOfMail)
    {
        // A host or a domain that takes no mail at all (RFC 7504).
        if (reply == 556 || reply == 521 && status == "5.3.2") return BounceReason.UnknownDomain;

        var folded = FoldedText.Fold(diagnostic ?? "");
        var reason = ByWords(folded) ?? ByStatus(status) ?? ByReply(reply, isOfMail);
        // The standard words for an address that is not there (RFC 5321 section 4.2.3), or with a 4 for one that is busy.
        if (reason is BounceReason.Unreachable or BounceReason.System or BounceReason.Unknown && reply is 550 && status?[0] != '4' && folded.Contains("mailbox unavailable", StringComparison.Ordinal)) reason = BounceReason.UnknownAddress;

        // Nobody is unknown before his address was named, nor once it was accepted: what speaks then is a filter.
        return reason is BounceReason.UnknownAddress or BounceReason.UnknownDomain && isOfMail ? BounceReason.Rejected : reason;
    }

    /// <summary>Whether an address that gives this answer must get no more mail.</summary>
    public static bool IsHard(BounceReason reason, string? status) => reason switch
    {
        BounceReason.UnknownAddress => true,
        // Names that could not be looked up today may be there tomorrow.
        BounceReason.UnknownDomain => status is null || status[0] != '4',
        _ => false,
    };

    /// <summary>The status in a text, the one behind an SMTP reply before any other.</summary>
    public static string? StatusIn(string text) =>
        ReplyWithStatus().Match(text) is { Success: true } both ? both.Groups[1].Value
        : BareStatus().Match(text) is { Success: true } bare ? bare.Groups[1].Value : null;

    /// <summary>The SMTP reply in a text.</summary>
    public static int? ReplyIn(string text) =>
        BareReply().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The status that says what a text said without one; the SMTP reply tells whether for good.</summary>
    public static string StatusOf(BounceReason reason, int? reply) =>
        reply is >= 400 and < 500 ? string.Concat("4", StatusOf(reason).AsSpan(1)) : StatusOf(reason);

    private static string StatusOf(BounceReason reason) => reason switch
    {
        BounceReason.UnknownAddress => "5.1.1",
        BounceReason.UnknownDomain => "5.1.2",
        BounceReason.Disabled => "5.2.1",
        BounceReason.MailboxFull => "5.2.2",
        BounceReason.TooBig => "5.3.4",
        BounceReason.Rejected => "5.7.1",
        BounceReason.Unreachable => "4.4.7",
        BounceReason.System => "5.3.0",
        BounceReason.Delivered => "2.0.0",
        _ => "5.0.0",
    };

    private static BounceReason? ByWords(string folded)
    {
        foreach (var (words, reason) in Rules)
        {
            if (words.IsMatch(folded)) return reason;
        }

        return null;
    }

    private static BounceReason? ByStatus(string? status) => status is null ? null : status[2..] switch
    {
        "1.0" or "1.1" or "1.3" or "1.6" or "1.10" => BounceReason.UnknownAddress,
        "1.2" or "4.4" or "4.6" => BounceReason.UnknownDomain,
        "1.7" or "1.8" or "1.9" => BounceReason.Rejected,
        "2.1" => BounceReason.Disabled,
        "2.2" => BounceReason.MailboxFull,
        "2.3" or "3.4" => BounceReason.TooBig,
        "3.2" or "4.1" or "4.2" or "4.3" or "4.5" or "4.7" => BounceReason.Unreachable,
        ['7', '.', ..] => BounceReason.Rejected,
        ['3', '.', ..] or ['4', '.', ..] or ['5', '.', ..] or ['6', '.', ..] => BounceReason.System,
        _ => null,
    };

    private static BounceReason ByReply(int? reply, bool isOfMail) => reply switch
    {
        552 => BounceReason.MailboxFull,
        550 or 551 or 553 when !isOfMail => BounceReason.Unknown,
        >= 400 and < 500 => BounceReason.Unreachable,
        _ => BounceReason.Unknown,
    };

    [GeneratedRegex(@"[245]\d\d[ \-#<('""]{1,4}([245]\.\d{1,3}\.\d{1,3})(?:[^.\d]|\.?$|\. )", RegexOptions.NonBacktracking)]
    private static partial Regex ReplyWithStatus();

    [GeneratedRegex(@"(?:^|[^.\d])([245]\.\d{1,3}\.\d{1,3})(?:[^.\d]|\.?$|\. )", RegexOptions.NonBacktracking)]
    private static partial Regex BareStatus();

    [GeneratedRegex(@"(?:^|[^.\d\w\-])([45][0-5]\d)(?:[ \-]|$)", RegexOptions.NonBacktracking)]
    private static partial Regex BareReply();

    [GeneratedRegex(
        @"domain of sender|sender( address| domain| email)?( \S+)? (was |is |has been )?(rejected|denied|refused|not |does not|unknown|invalid|verif|must|blocked)"
        + @"|senders? (are )?not |sender verif|envelope sender|purported responsible|unauthenticated|not verified|in from: header|"
        + @"(adresse |domaine )?(de l')?expediteur.{0,20}(refuse|inconnu|invalide|rejete|interdit|bloque)|bad sender|mail from .{0,40}(reject|denied|not )",
        RegexOptions.NonBacktracking)]
    private static partial Regex SenderWords();

    [GeneratedRegex(
        @"over ?quota|overquota|quota[a-z]*( limit| size)?( is| has been| would be| was)? ?(exceed|reached|violat|full|depasse|atteint)|(exceed|over|out of|reached|beyond)[a-z]*.{0,40}(quota|storage|mailbox|allotted|allocated)"
        + @"|(mail ?box|inbox|mail ?folder|maildrop|account|user|recipient|storage|boite( aux lettres)?( electronique)?|bal|messagerie)( \S+){0,4} (is |est |was |has )?(too )?(full|pleine?|saturee?|over (its|the|their|his)|out of (storage|space))"
        + @"|(mail ?box|inbox).{0,60}(exceed|limit (reached|exceeded))|exceed.{0,20}local limit|(not enough|insufficient|no) (disk |storage |system |free )*(space|storage)( left)?|espace (disque )?(insuffisant|sature)|quota.{0,20}(depasse|atteint)|depass.{0,30}quota|mailbox full|too many messages in",
        RegexOptions.NonBacktracking)]
    private static partial Regex FullWords();

    [GeneratedRegex(
        @"(message|mail|content|size|file|attachment|taille|body|header)s?.{0,40}(too (big|large|long)|exceed(s|ed)? .{0,30}(size|limit|maxim)|exceed(s|ed)? fixed|trop (gros|grand|volumineu|long|lourd))|size limit|(exceed|depass|larger than|superieure? a).{0,40}(size|taille|octets|bytes)|too large",
        RegexOptions.NonBacktracking)]
    private static partial Regex BigWords();

    [GeneratedRegex(
        @"(cannot|can't|could ?n.t|could not|unable to|failed to) (find|resolve|verify|determine) (your|the client|sender|hostname)|reverse[ _-]?(dns|hostname|lookup|name)|\bptr\b|\brdns\b|client host|name lookup fail|\b(helo|ehlo)\b|not accepted from|\byour (host|ip|server|domain|network|address|mail server)\b.{0,60}(not|block|list|reject|den|no )",
        RegexOptions.NonBacktracking)]
    private static partial Regex ClientWords();

    [GeneratedRegex(
        @"\b(no such|unknown|invalid|non-?existent|nonexisting|bad|undeliverable|unroutable|unrouteable|illegal|wrong|inactive or unknown)( local| destination| recipient'?s?| e-?mail| mail| email| virtual| internet)* ?(user|users|recipient|recipients|mail ?box|address|addresses|account|alias|local[- ]?part|person|customer|subscriber|addressee|name|login)\b"
        + @"|\b(user|username|recipient|recipients|mail ?box|mailbox name|address|addressee|account|alias|e-?mail|local part|customer|member)s?( name)?( [^ ]+@[^ ]+| <[^ ]*>| \([^)]*\)| you tried to reach| you entered| specified| address)*[ :,]*( is| was| are|) ?(currently )?(unknown|not found|not exist|does ?n.t exist|does not exist|do not exist|did not exist|could not be found|cannot be found|was not found|is not found|not known|not valid|not recogni[sz]ed|is invalid|invalid\b|non-?existent|nonexistent|not listed|not local|not a valid|no longer|isn't valid|doesn.t have)"
        + @"|no (mail ?box|user|account|recipient|valid recipient|valid user|local user|known user)s?( here| by| with| for| called| found|\b)|not (a |our |one of our )+(valid |known |current |local |registered )*(user|customer|recipient|mail ?box|address|account)"
        + @"|recip(ient)?notfound|user ?unknown|unknown ?user|mailbox unavailable or|user not (exist|known|found|in)|not listed in|address (rejected|unknown).{0,5}(unknown|no )|(the|this|that) (user|email|address|mailbox) (does|do|did)(n't| not)|no one (here|by)|delivery to this address is|has (left|moved) |no longer (with|here|employed|exist|valid|work|in use|a member)|does ?n.t have an? .{0,40}account|there is no (user|one|account|mailbox)"
        + @"|destinataires?( est| sont)? (inconnu|invalide|inexistant|introuvable)|(adresse|utilisateur|usager|compte|boite|bal|destinataire|mailbox)( \S+){0,7} (est )?(inconnue?|invalide|inexistante?|introuvable|erronee?)\b|(adresse|utilisateur|compte|boite|bal|destinataire).{0,60}n'?(existe|est pas (valide|reconnu|connu))|empfanger( ist)? unbekannt|unbekannter (benutzer|empfanger)|usuario desconocido|utente sconosciuto|recipient name is not recogni",
        RegexOptions.NonBacktracking)]
    private static partial Regex AddressWords();

    [GeneratedRegex(@"(not found|lookup|name service|dns|resol).{0,80}(try again|malformed|servfail|server failure|unexpected|timed out|timeout|temporar)", RegexOptions.NonBacktracking)]
    private static partial Regex NameServiceWords();

    [GeneratedRegex(
        @"\b(unknown|no such|invalid|non-?existent|bad|unrouteable|unroutable)( mail| destination| recipient)* (host|domain|site)|\b(host|hostname|domain|domain name|site|mail server|mail exchanger)( name)?( or domain name)?( \S+)? ?(is |was |are )?(unknown|not found|does ?n.t exist|does not exist|not exist|could not be found|cannot be found|couldn't be found|could not be resolved|not valid|is invalid|non-?existent)"
        + @"|null ?mx|\bno mx\b|no (mail exchanger|mx record|smtp service|a or mx|mail server)|mail exchanger or ip|find any host|find a mail exchanger|name or service not known|nxdomain|(does not|doesn't|not|n'?accepte) (accept(ing)?|pas) (any |de )?(incoming )?(mail|e-?mail|courriels?|messages?)\b( for| from anyone|$|\.)|(host|domain) does not accept mail|relevant mx records point to non-existent|no address associated|all hosts? .{0,20}failed permanently|domaine( \S+){0,3} (inconnu|inexistant|invalide|introuvable)|unresolvable",
        RegexOptions.NonBacktracking)]
    private static partial Regex DomainWords();

    [GeneratedRegex(
        @"\b(disabled|deactivated|inactive|suspended|suspension|frozen|locked|closed|discontinued|not active|unused|over its lifetime|dormant|expired account|account (has )?expired|mailbox (has )?expired|desactive|suspendue?|fermee?|inactif|resilie|cloture|gele)",
        RegexOptions.NonBacktracking)]
    private static partial Regex DisabledWords();

    [GeneratedRegex(
        @"spam|virus|malware|phish|black ?list|block ?list|deny ?list|\b(rbl|dnsbl|spf|dkim|dmarc|arc|uribl|surbl)\b|block(ed|ing)|reputation|polic(y|ies)|denied|\bdeny\b|relay|not permitted|prohibited|unsolicited|\bbulk\b|junk|too many|too much|rate ?limit|\brate\b|frequency|throttl|gr[ea]y-?list|authenticat|authoriz|authoris|banned|suspicious|forbidden|complaint|unexpected volume|listed (by|in|at|on)|liste noire|indesirable|politique|relais|authentifi|trop de|non autorise|reject(ed)? (by|for|due)|message (was )?(rejected|refused)|mail rejete|rejete",
        RegexOptions.NonBacktracking)]
    private static partial Regex PolicyWords();

    [GeneratedRegex(@"\bloop|hop count|too many hops|misconfigur|configuration error|protocol error|syntax error|not implemented|unrecognized command|internal error|software error", RegexOptions.NonBacktracking)]
    private static partial Regex LoopWords();

    [GeneratedRegex(
        @"time ?out|timed ?out|refused|unreachable|temporar|try again|retry|deferred|delayed|expired|not be delivered (for|within|in)|has not been delivered|no route|lost connection|connection (dropped|reset|closed|lost|failed|was)|could ?n.t connect|cannot connect|unavailable|too busy|overload|queue|giving up|temporaire|plus tard|reessay|delai|still (being )?(trying|retried)|not accepting|lookup fail|try later",
        RegexOptions.NonBacktracking)]
    private static partial Regex UnreachableWords();
}
