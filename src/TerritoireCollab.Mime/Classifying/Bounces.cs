using System.Text.RegularExpressions;
using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>Bounces: reports of RFC 3464, and the texts of servers that write to people only.</summary>
internal static partial class Bounces
{
    public static MailVerdict? Of(IncomingMail mail)
    {
        var reports = mail.Parts.Where(IsReport).Select(DeliveryReport.Of).ToArray();
        if (reports.SelectMany(report => report.Recipients).Any()) return OfReports(mail, reports);

        return IsTextual(mail) ? OfText(mail) : null;
    }

    private static MailVerdict OfReports(IncomingMail mail, DeliveryReport[] reports)
    {
        var text = BounceText.Of(mail);
        var entries = text.Entries(Own(mail));
        var groups = reports.SelectMany(report => report.Recipients).ToArray();
        var recipients = groups.Select(group => OfGroup(group, entries, text, groups.Length == 1)).ToArray();
        return new(MailKind.Bounce, "RFC 3464")
        {
            Bounces = recipients,
            IsDelayOnly = groups.All(group => ActionOf(group) == "delayed"),
            OriginalMessageId = OriginalMail.MessageId(mail),
        };
    }

    private static BouncedRecipient OfGroup(IReadOnlyDictionary<string, string> group, IReadOnlyList<(string Address, string Diagnostic, bool IsOfMail)> entries, BounceText text, bool isOnly)
    {
        var recipient = DeliveryReport.Address(group.GetValueOrDefault("final-recipient")) ?? DeliveryReport.Address(group.GetValueOrDefault("original-recipient")) ?? DeliveryReport.Address(group.GetValueOrDefault("x-actual-recipient"));
        var (address, said, isOfMail) = entries.FirstOrDefault(entry => entry.Address.Equals(recipient, StringComparison.OrdinalIgnoreCase));
        // An address that is forwarded fails under another name than the one in the text.
        if (address is null && isOnly) (said, isOfMail) = entries.Count == 1 ? (entries[0].Diagnostic, entries[0].IsOfMail) : (text.Whole, text.IsOfMail);
        recipient ??= entries.Count == 1 ? entries[0].Address : null;

        var code = group.GetValueOrDefault("diagnostic-code") ?? "";
        var own = code[(code.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        var claimed = group.GetValueOrDefault("status") is { } field ? BounceReasons.StatusIn(field) : null;
        // Where the code for programs says nothing, the text for people does.
        var diagnostic = own.Any(char.IsLetter) ? own : said ?? own;
        isOfMail |= isOnly && text.IsOfMail;
        var reported = Make(recipient, Specific(BounceReasons.StatusIn(own)) ?? Specific(claimed) ?? Specific(BounceReasons.StatusIn(said ?? "")) ?? claimed, diagnostic, isOfMail);
        if (reported.Reason == BounceReason.Unknown && said is not null && said != diagnostic) reported = Make(recipient, reported.Status, $"{diagnostic} {said}", isOfMail) with { Diagnostic = reported.Diagnostic };

        return ActionOf(group) switch
        {
            "delivered" or "relayed" or "expanded" => reported with { IsHard = false, Reason = BounceReason.Delivered, Status = claimed ?? reported.Status },
            "delayed" => reported with { IsHard = false },
            "expired" when reported.Reason == BounceReason.Unknown => reported with { Reason = BounceReason.Unreachable },
            _ => reported,
        };
    }

    private static string ActionOf(IReadOnlyDictionary<string, string> group) =>
        group.GetValueOrDefault("action") is { } action ? new string([.. action.TrimStart().ToLowerInvariant().TakeWhile(char.IsAsciiLetter)]) : "";

    // x.0.0 says that something happened.
    private static string? Specific(string? status) => status is null || status.EndsWith(".0.0", StringComparison.Ordinal) ? null : status;

    private static BouncedRecipient Make(string? recipient, string? status, string? said, bool isOfMail)
    {
        var diagnostic = said is { Length: > BounceReasons.LongestDiagnostic } ? said[..BounceReasons.LongestDiagnostic] : said;
        diagnostic = string.IsNullOrWhiteSpace(diagnostic) ? null : TextDecoder.OneLine(diagnostic);
        var reply = BounceReasons.ReplyIn(diagnostic ?? "");
        var reason = BounceReasons.Judge(status, reply, WithoutAddresses(diagnostic), isOfMail);
        status ??= BounceReasons.StatusOf(reason, reply);
        return new(recipient, status, reply, diagnostic, BounceReasons.IsHard(reason, status), reason);
    }

    // The words of an address are not the server's: spam@, blocked@, unknown.example.
    private static string? WithoutAddresses(string? diagnostic) => diagnostic is null ? null : Address().Replace(Gateway().Replace(diagnostic, ""), "<>");

    private static bool IsTextual(IncomingMail mail)
    {
        if (mail.Header("X-Failed-Recipients") is not null) return true;

        var subject = FoldedText.Fold(mail.Subject);
        var fromServer = mail.ReturnPath is "" || mail.ReturnPath is { } path && DaemonPath().IsMatch(path) || mail.From is null || mail.FromAddresses.Any(AutomaticMail.IsDaemon);
        var hasSubject = FailureSubject().IsMatch(subject) && !Passed().IsMatch(subject);
        if (!fromServer && !hasSubject || AutomaticMail.IsAbsence(mail)) return false;

        var text = BounceText.Of(mail);
        var hasOriginal = text.HasOriginal || mail.Parts.Any(part => part.Type is "message/rfc822" or "text/rfc822-headers");
        bool[] signs = [fromServer, hasSubject, text.SpeaksOfFailure, text.NamesAReply, hasOriginal && fromServer];
        return signs.Count(sign => sign) >= 2;
    }

    private static MailVerdict OfText(IncomingMail mail)
    {
        var text = BounceText.Of(mail);
        var entries = text.Entries(Own(mail));
        var named = mail.Header("X-Failed-Recipients")?.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Where(address => address.Contains('@', StringComparison.Ordinal)).Take(100).ToArray() ?? [];
        if (named.Length > 0) entries = [.. named.Select(address => entries.FirstOrDefault(entry => entry.Address.Equals(address, StringComparison.OrdinalIgnoreCase)) is { Address: not null } entry ? entry : (address, text.Whole, text.IsOfMail))];

        var bounced = entries.Select(entry => Make(entry.Address, BounceReasons.StatusIn(entry.Diagnostic), entry.Diagnostic, entry.IsOfMail)).ToList();
        // An address of which nothing is said stands beside the text of the one reason.
        if (bounced.Count == 0 || bounced.TrueForAll(one => one.Reason == BounceReason.Unknown))
        {
            var whole = Make(bounced is [var only, ..] ? only.Recipient : OriginalMail.Recipient(mail), BounceReasons.StatusIn(text.Whole), text.Whole, text.IsOfMail);
            bounced = bounced.Count > 1 ? bounced.ConvertAll(one => whole with { Recipient = one.Recipient }) : [whole];
        }
        else
        {
            // Beside an answer, an address of which nothing is said is one of the text's own.
            bounced.RemoveAll(one => one.Reason == BounceReason.Unknown && one.SmtpReply is null && one.Status == "5.0.0");
        }

        if (bounced is [{ Reason: BounceReason.Unknown }] && Wrapped(mail) is { } wrapped) return wrapped;

        var isDelay = DelayWords().IsMatch(FoldedText.Fold($"{mail.Subject} {text.Whole[..Math.Min(text.Whole.Length, 2000)]}"));
        return new(MailKind.Bounce, "text of a mail server")
        {
            Bounces = isDelay ? bounced.ConvertAll(one => one with { IsHard = false }) : bounced,
            IsDelayOnly = isDelay,
            OriginalMessageId = OriginalMail.MessageId(mail),
        };
    }

    // A gateway that hands on the report of another server within a text of its own.
    private static MailVerdict? Wrapped(IncomingMail mail)
    {
        var part = mail.Parts.FirstOrDefault(part => part.Type == "message/rfc822");
        if (part is null) return null;

        var inner = MailReader.Read(part.Content);
        var reports = inner.Parts.Where(IsReport).Select(DeliveryReport.Of).ToArray();
        return reports.SelectMany(report => report.Recipients).Any() ? OfReports(inner, reports) : null;
    }

    private static bool IsReport(MailPart part) => part.Type is "message/delivery-status" or "message/global-delivery-status" or "text/delivery-status";

    private static string[] Own(IncomingMail mail) =>
        [.. mail.To.Concat(mail.DeliveredTo).Concat(mail.FromAddresses).Concat(mail.ReplyTo).Select(address => address.Address)];

    [GeneratedRegex(@"<?[^\s<>@]+@[^\s<>]+>?", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    // The title that gateways of Cisco put before the words of the server, whatever these are.
    [GeneratedRegex(@"\d\.\d\.\d - [A-Za-z ]{3,60} (?:error|problem) '?[45]\d\d", RegexOptions.NonBacktracking)]
    private static partial Regex Gateway();

    [GeneratedRegex(@"^<?(mailer-?daemon|postmaster)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex DaemonPath();

    [GeneratedRegex(@"^(re|tr|fw|fwd|aw|wg|rep|i|transfere?|transfert) ?:", RegexOptions.NonBacktracking)]
    private static partial Regex Passed();

    [GeneratedRegex(
        @"undeliver|(mail|message|e-?mail)? ?delivery (status|fail|notif|error|problem|delay|report|has failed|incomplete)|returned (mail|message|to sender|e-?mail)|mail (system error|failure|could not be delivered)|failure notice|delivery notification|could not be (delivered|sent)|not (be )?delivered|message not (sent|delivered)|unable to deliver|non[- ]deliver|warning: (message|could not send)|mail delivery|non[- ](remis|delivre|distribue)|(echec|erreur) (de |d'|dans )?(la |l')?(remise|livraison|distribution|envoi|delivrance|acheminement)|message (non remis|non distribue|retourne|refuse)|avis de non[- ]|retour a l'expediteur|notification d'(etat de )?(remise|echec)|unzustellbar|zustellung fehlgeschlagen|no se pudo entregar|mancata consegna|rejected: |your message to .{0,60}(was|could|can)",
        RegexOptions.NonBacktracking)]
    private static partial Regex FailureSubject();

    [GeneratedRegex(@"(delivery|message|mail|remise|envoi)( \S+){0,4} (has been |is |was |est |a ete )?(delayed|deferred|retarde|differe)|warning: (message|could not send)|will (continue|keep) (trying|to (try|be retried))|still (being )?(trying|retried|undelivered)|this is a warning|do not need to resend|no action is required|sera (de nouveau )?(reessaye|tente)|nouvelles? tentatives?|avertissement seulement|warning message only", RegexOptions.NonBacktracking)]
    private static partial Regex DelayWords();
}
