using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>Complaints about our mail: RFC 5965, and the form of its own that Outlook.com keeps.</summary>
internal static class Complaints
{
    public static MailVerdict? Of(IncomingMail mail)
    {
        var part = mail.Parts.FirstOrDefault(part => part.Type == "message/feedback-report");
        if (part is not null) return OfReport(mail, DeliveryReport.Of(part));
        if (IsReportType(mail)) return new(MailKind.Complaint, "RFC 5965") { OriginalRecipient = OriginalMail.Recipient(mail), OriginalMessageId = OriginalMail.MessageId(mail) };

        var outlook = mail.Header("X-HmXmrOriginalRecipient") ?? OriginalMail.Field(mail, "X-HmXmrOriginalRecipient");
        return outlook is null ? null : new(MailKind.Complaint, "Outlook.com") { OriginalRecipient = outlook.Trim('<', '>', ' '), OriginalMessageId = OriginalMail.MessageId(mail), FeedbackType = "abuse" };
    }

    private static MailVerdict OfReport(IncomingMail mail, DeliveryReport report) => new(MailKind.Complaint, "RFC 5965")
    {
        FeedbackType = report.Value("feedback-type")?.ToLowerInvariant(),
        OriginalRecipient = DeliveryReport.Address(report.Value("original-rcpt-to")) ?? DeliveryReport.Address(report.Value("removal-recipient")) ?? OriginalMail.Recipient(mail),
        OriginalMessageId = OriginalMail.MessageId(mail),
    };

    private static bool IsReportType(IncomingMail mail) =>
        mail.Header("Content-Type") is { } type && type.Contains("multipart/report", StringComparison.OrdinalIgnoreCase) && type.Contains("feedback-report", StringComparison.OrdinalIgnoreCase);
}
