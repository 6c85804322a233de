namespace TerritoireCollab.Mime.Tests.Writing;

/// <summary>The mail that the tests vary.</summary>
internal static class SampleMail
{
    public static OutgoingMail Create(string subject = "Bonjour", string? text = "Bonjour", string? html = null) => new()
    {
        From = new Mailbox("espace@exemple.test", "Camille Fictive"),
        To = new Mailbox("membre@exemple.test"),
        Subject = subject,
        Date = new DateTimeOffset(2026, 11, 3, 9, 5, 7, TimeSpan.FromHours(1)),
        MessageId = "<fil.1.msg.2@exemple.test>",
        TextBody = text,
        HtmlBody = html,
    };
}
