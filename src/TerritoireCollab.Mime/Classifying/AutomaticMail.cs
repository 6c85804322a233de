using System.Text.RegularExpressions;
using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>Tells the mails that machines write (RFC 3834 and the habits that came before it).</summary>
internal static partial class AutomaticMail
{
    /// <summary>Why a mail is a machine's, or null for a person's.</summary>
    public static string? Cause(IncomingMail mail)
    {
        if (mail.Parts.Any(part => part.Type == "message/disposition-notification") || mail.Header("Content-Type") is { } type && type.Contains("disposition-notification", StringComparison.OrdinalIgnoreCase)) return "read receipt";
        if (mail.Header("Auto-Submitted") is { } submitted && !submitted.TrimStart().StartsWith("no", StringComparison.OrdinalIgnoreCase)) return "Auto-Submitted";
        if (mail.Header("Precedence") is { } precedence && PrecedenceValue().IsMatch(precedence)) return "Precedence";
        if (mail.Fields.FirstOrDefault(IsAutomatic) is { } field) return field.Name;
        if (mail.ReturnPath is "") return "empty envelope sender";
        if (mail.FromAddresses.Any(IsMachine)) return "address of a machine";
        if (SubjectOfMachine().IsMatch(FoldedText.Fold(mail.Subject))) return "subject";
        return IsAbsenceInWords(mail) ? "words of an absence" : null;
    }

    /// <summary>Whether an address belongs to no person, by its local part.</summary>
    public static bool IsMachine(MailAddress address) => MachineName().IsMatch(Plain(address.LocalPart));

    /// <summary>Whether an address is that of a mail server, by its local part or name.</summary>
    public static bool IsDaemon(MailAddress address) =>
        DaemonName().IsMatch(Plain(address.LocalPart)) || address.Name is { } name && DaemonTitle().IsMatch(FoldedText.Fold(name));

    /// <summary>Whether a mail tells of an absence, in its subject or in both subject and text.</summary>
    public static bool IsAbsence(IncomingMail mail) => SubjectOfMachine().IsMatch(FoldedText.Fold(mail.Subject)) || IsAbsenceInWords(mail);

    private static string Plain(string localPart) => string.Concat(localPart.Where(c => c is not ('-' or '_' or '.'))).ToLowerInvariant();

    // X-Auto-Response-Suppress asks others for silence: Exchange writes it into the mails of people too.
    private static bool IsAutomatic(MailField field)
    {
        var name = field.Name;
        if (name.Equals("X-Auto-Response-Suppress", StringComparison.OrdinalIgnoreCase) || name.Equals("Subject", StringComparison.OrdinalIgnoreCase)) return false;
        if (AutomaticName().IsMatch(name)) return !IsDenial(field.Value);
        return name.StartsWith("X-", StringComparison.OrdinalIgnoreCase) && field.Value.Length < 200 && AutomaticValue().IsMatch(field.Value);
    }

    private static bool IsDenial(string value) => value.Trim() is "" or "0" || value.TrimStart().StartsWith("no", StringComparison.OrdinalIgnoreCase) || value.TrimStart().StartsWith("false", StringComparison.OrdinalIgnoreCase);

    // Programs without any mark: only when the subject and the first sentences both say so, and nobody is answered by hand.
    private static bool IsAbsenceInWords(IncomingMail mail) =>
        SubjectOfAbsence().IsMatch(FoldedText.Fold(mail.Subject)) && mail.Text is { } text && TextOfAbsence().IsMatch(FoldedText.Fold(text.Length > 800 ? text[..800] : text));

    [GeneratedRegex(@"^\s*(list|junk|bulk|auto[_-]?reply|first-class-auto)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex PrecedenceValue();

    [GeneratedRegex(@"^x-(mail-)?(auto-?(reply|respond|responder|response|responded|replied|generated|generator|submitted|mailer|answer)(-.*)?|autoreply.*|autorespond.*|holidayreply|vacation.*|(facebook|amazon)-notify|failed-recipients|noreply|cron-env)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AutomaticName();

    [GeneratedRegex(@"auto[ -]?(response|submitted|replied|reply|generated|respond)|holidayreply|vacation (message|reply|program)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AutomaticValue();

    [GeneratedRegex(@"^(mailerdaemon|maildaemon|mdaemon|postmaster|noreply.*|.*noreply|donotreply.*|.*donotreply|nereply|nepasrepondre.*|.*nepasrepondre|nepasrepondresvp|sansreponse|autoreply|autoresponder|autorepondeur|bounces?|nobody|listserv|majordomo)$", RegexOptions.NonBacktracking)]
    private static partial Regex MachineName();

    [GeneratedRegex(@"^(mailerdaemon|maildaemon|mdaemon|postmaster|mailsystem|mailadministrator|mailserver|doublebounce|mailadm|mailerror|delivery|bounces?)$", RegexOptions.NonBacktracking)]
    private static partial Regex DaemonName();

    [GeneratedRegex(@"mail delivery|delivery (sub)?system|mailer.?daemon|mail administrator|system administrator|^postmaster|mail system|administrateur (systeme|de messagerie)|ndr admin", RegexOptions.NonBacktracking)]
    private static partial Regex DaemonTitle();

    [GeneratedRegex(
        @"^(\[?auto(matic|matique|matisch)?[- ]?(reply|response|respon[sd]er|reponse|antwort)\]?|auto ?: |automatic reply|reponse (automatique|auto)|message automatique|(automatische antwort|abwesenheitsnotiz|abwesend)|(message|notification|avis|reponse|notice) d'absence|absence du bureau|(je suis )?absente?\(?e?\)? du bureau|en dehors du bureau|hors du bureau|out of (the )?office|out-of-office|ooo ?:|vacation (reply|response|message|notice)|respuesta automatica|risposta automatica|resposta automatica|fuera de la oficina|fuori sede|automatisch antwoord|accuse de (lecture|reception) ?:|(lu|read|delivered|remis|gelesen|leido|letto|non lu|not read) ?: )",
        RegexOptions.NonBacktracking)]
    private static partial Regex SubjectOfMachine();

    // The word alone or with dates: « Congés du 3 au 7 », not « Congés de Noël de la mairie ».
    [GeneratedRegex(@"^(((away|absente?|absence|(en )?conges?( annuels?| d'ete)?|(en )?vacances|on (vacation|holiday|leave)|vacation|holiday|indisponible)( ?$| ?:| (- )?(du|au|le|jusqu'?a?u?|until|till|from|to|for|pour)? ?.{0,12}[0-9]))|maternity leave|conge (maternite|paternite|parental)|(i am|i'm|je suis|je serai) (away|absente?|en conges?|en vacances|on (leave|vacation|holiday)|out of))", RegexOptions.NonBacktracking)]
    private static partial Regex SubjectOfAbsence();

    [GeneratedRegex(
        @"(i am|i'm|i will be|i'll be|we are) (currently |presently |now )?(away|out of (the )?office|on (annual |maternity |sick |parental )?(leave|vacation|holiday))|(je suis|je serai|nous sommes) (actuellement |presentement )?(absente?|en conges?|en vacances|en deplacement|indisponible|hors du bureau)|(on|upon|after) my return|limited access to (e-?mail|my)|a mon retour|des mon retour|en mon absence|pendant mon absence|en cas d'urgence",
        RegexOptions.NonBacktracking)]
    private static partial Regex TextOfAbsence();
}
