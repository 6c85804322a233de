using System.Text.RegularExpressions;
using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>Files of a mail, stored, and those that were not taken.</summary>
/// <param name="Taken">Stored.</param>
/// <param name="Refused">Names, each with why.</param>
internal sealed record TakenFiles(IReadOnlyList<ReceivedFile> Taken, IReadOnlyList<(string Name, string Why)> Refused);

/// <summary>Takes the files of a mail into the store, by the rules of the site and those of a mail: nothing that runs, 10 MB each.</summary>
internal sealed partial class MailFiles(FileStore store)
{
    /// <summary>Largest file, in bytes.</summary>
    public const long MostBytes = 10 * 1024 * 1024;

    // What a double click runs. On the site a file is sent with intent; a mailbox that was taken over sends these by itself.
    private static readonly HashSet<string> Running = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".msi", ".msp", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".cpl", ".jar", ".lnk", ".reg", ".iso", ".img", ".vhd", ".apk", ".dll", ".sh", ".app",
    };

    /// <summary>Stores them.</summary>
    public async Task<TakenFiles> ExecuteAsync(IncomingMail mail, CancellationToken cancellation)
    {
        var (taken, refused) = (new List<ReceivedFile>(), new List<(string, string)>());
        foreach (var file in mail.Attachments.Where(f => !f.IsInline || IsWritten(mail, f)))
        {
            var name = FileNames.Clean(file.Name);
            if (Why(name, file, taken.Count) is { } why)
            {
                refused.Add((name, why));
                continue;
            }

            try
            {
                await using var bytes = new MemoryStream(file.Content.ToArray(), writable: false);
                var stored = await store.AddAsync(bytes, name, cancellation);
                if (!taken.Exists(t => t.Stored.Sha256 == stored.Sha256)) taken.Add(new(name, stored));
            }
            catch (InvalidInputException invalid)
            {
                refused.Add((name, invalid.Message));
            }
        }

        return new(taken, refused);
    }

    private static string? Why(string name, IncomingAttachment file, int count)
    {
        if (Running.Contains(Path.GetExtension(name))) return GatewayTexts.FileRuns;
        if (file.Length > MostBytes) return GatewayTexts.FileTooLarge.With(MostBytes / 1024 / 1024);
        return count >= AttachmentWriter.Most ? GatewayTexts.FileOneTooMany.With(AttachmentWriter.Most) : null;
    }

    // Pictures that stand in the quote came from us or from others; those of the text are its author's.
    private static bool IsWritten(IncomingMail mail, IncomingAttachment file)
    {
        if (file.ContentId is not { Length: > 0 } id || mail.Html is not { } html) return true;
        if (html.IndexOf("cid:" + id, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at)) return true;

        return Quote().Match(html) is not { Success: true } quote || at < quote.Index;
    }

    [GeneratedRegex("gmail_quote|gmail_signature|gmail_extra|divRplyFwdMsg|appendonsend|moz-cite-prefix|moz-signature|protonmail_quote|data-marker=\"__|yahoo_quoted|AppleMailSignature|<blockquote[^>]+type=\"?cite", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Quote();
}
