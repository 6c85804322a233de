using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Mime.Trimming;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>
/// <c>mail inspect [--text|--html] FILE...</c>: what the gateway understands of each mail, one JSON object a line; with a flag the files are
/// bodies already decoded; <c>-</c> reads a list of paths on stdin.
/// </summary>
internal static class MailInspectCommand
{
    // Any mail has one of them: without, a file is something else.
    private static readonly string[] MailFields = ["From", "To", "Subject", "Date", "Message-ID", "Received", "Return-Path", "MIME-Version", "Content-Type"];

    public static readonly Command Command = new() { Name = "mail inspect", Usage = CommandTexts.MailInspectUsage, Flags = ["text", "html"], Values = 1, MostValues = int.MaxValue, RunAloneAsync = RunAsync };

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellation)
    {
        var (isText, isHtml) = (arguments.Has("text"), arguments.Has("html"));
        if (isText && isHtml) throw new UsageException(CommandTexts.MailInspectOneFlag);

        Func<string, byte[], InspectedMail> inspect = isText ? OfText : isHtml ? OfHtml : OfMail;
        return await Inspection.RunAsync(arguments, (input, bytes) => bytes.Length == 0 ? InspectedMail.Refused(input, CommandTexts.FileEmpty) : inspect(input, bytes), InspectedMail.Refused, cancellation);
    }

    private static InspectedMail OfMail(string input, byte[] bytes)
    {
        var mail = MailReader.Read(bytes);
        return MailFields.Any(name => mail.Header(name) is not null)
            ? InspectedMail.Of(input, mail, MailClassifier.Classify(mail), NewText.Of(mail))
            : InspectedMail.Refused(input, CommandTexts.NotMail);
    }

    private static InspectedMail OfText(string input, byte[] bytes) => InspectedMail.OfBody(input, ReplyTrimmer.Trim(MailReader.DecodeText(bytes)));

    private static InspectedMail OfHtml(string input, byte[] bytes) => InspectedMail.OfBody(input, ReplyTrimmer.TrimHtml(MailReader.DecodeText(bytes)));
}
