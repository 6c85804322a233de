using System.Text.Encodings.Web;
using System.Text.Json;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Mime.Trimming;
using TerritoireCollab.Platform;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>
/// <c>mail inspect [--text|--html] FILE...</c>: what the gateway understands of each mail, one JSON object a line; with a flag the files are
/// bodies already decoded; <c>-</c> reads a list of paths on stdin.
/// </summary>
internal static class MailInspectCommand
{
    // The output is read by programs as UTF-8, and by people.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Any mail has one of them: without, a file is something else.
    private static readonly string[] MailFields = ["From", "To", "Subject", "Date", "Message-ID", "Received", "Return-Path", "MIME-Version", "Content-Type"];

    public static readonly Command Command = new() { Name = "mail inspect", Usage = CommandTexts.MailInspectUsage, Flags = ["text", "html"], Values = 1, MostValues = int.MaxValue, RunAloneAsync = RunAsync };

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellation)
    {
        var (isText, isHtml) = (arguments.Has("text"), arguments.Has("html"));
        if (isText && isHtml) throw new UsageException(CommandTexts.MailInspectOneFlag);

        Func<string, byte[], InspectedMail> inspect = isText ? OfText : isHtml ? OfHtml : OfMail;
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var input in arguments.Values)
        {
            if (input != "-") await WriteAsync(output, input, inspect, cancellation);
            else while (await Console.In.ReadLineAsync(cancellation) is { } path) if (path.Length > 0) await WriteAsync(output, path, inspect, cancellation);
        }

        return CommandLine.Done;
    }

    private static async Task WriteAsync(StreamWriter output, string input, Func<string, byte[], InspectedMail> inspect, CancellationToken cancellation)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(await InspectAsync(input, inspect, cancellation), Json));
        await output.FlushAsync(cancellation);
    }

    private static async Task<InspectedMail> InspectAsync(string input, Func<string, byte[], InspectedMail> inspect, CancellationToken cancellation)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(input, cancellation);
            return bytes.Length == 0 ? InspectedMail.Refused(input, CommandTexts.FileEmpty) : inspect(input, bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return InspectedMail.Refused(input, CommandTexts.FileUnreadable.With(failure.Message));
        }
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
