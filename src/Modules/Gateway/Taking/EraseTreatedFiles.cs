using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Taking;

/// <summary>Erases the files of the folder of incoming mails that were treated, once the mails themselves are kept no more.</summary>
internal sealed class EraseTreatedFiles(MailOptions options, TimeProvider clock) : IRecurringJob
{
    /// <inheritdoc />
    public string Key => "mail-in-files";

    /// <summary>Every night at 3:35.</summary>
    public string Hours => "0 35 3 * * ?";

    /// <inheritdoc />
    public Task RunAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - Retention.RawMails;
        foreach (var folder in new[] { FolderInbox.Done, FolderInbox.Refused }.Select(f => Path.Combine(options.InboxFolder, f)).Where(Directory.Exists))
            foreach (var file in Directory.EnumerateFiles(folder, "*.eml").Where(f => File.GetLastWriteTimeUtc(f) < before).ToList()) File.Delete(file);
        return Task.CompletedTask;
    }
}
