using System.Text;
using TerritoireCollab.Mime.Tests.Reading;

namespace TerritoireCollab.Mime.Tests.Classifying;

/// <summary>Reports as servers make them, about the mail of an invented member.</summary>
internal static class SampleReports
{
    public const string Member = "parti@mairie.example";

    public const string Original = "From: espace@espace.example\nTo: parti@mairie.example\nSubject: Compte rendu\nMessage-ID: <m.12@espace.example>\n\nBonjour\n";

    /// <summary>A report of RFC 3464.</summary>
    public static byte[] Dsn(string action, string status, string diagnostic, string text = "Your mail could not be delivered.") => RawMails.Bytes($"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@relais.example>
        To: retours+k1@espace.example
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=r

        --r
        Content-Type: text/plain

        {text}
        --r
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relais.example

        Final-Recipient: rfc822; {Member}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {diagnostic}

        --r
        Content-Type: message/rfc822

        {Original}
        --r--
        """);

    /// <summary>A report for people only.</summary>
    public static byte[] Text(string subject, string body, string from = "MAILER-DAEMON@relais.example") => RawMails.Bytes($"Return-Path: <>\nFrom: {from}\nTo: retours+k1@espace.example\nSubject: {subject}\n\n{body}\n");

    /// <summary>A complaint of RFC 5965.</summary>
    public static byte[] Complaint(string type, string fields = "") => Encoding.UTF8.GetBytes($"""
        From: plaintes@fournisseur.example
        To: abus@espace.example
        Subject: Plainte
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary=f

        --f
        Content-Type: text/plain

        This is an abuse report.
        --f
        Content-Type: message/feedback-report

        Feedback-Type: {type}
        User-Agent: Boucle/1.0
        Version: 1
        {fields}

        --f
        Content-Type: message/rfc822

        {Original}
        --f--
        """);
}
