using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Taking;

/// <summary>
/// Mails as <c>.eml</c> files of a folder, which whoever puts them there writes beside and renames. Those that are stored go to
/// <c>traites</c>, what is no mail to <c>refuses</c>: nothing is ever erased here.
/// </summary>
internal sealed partial class FolderInbox(MailOptions options, ILogger<FolderInbox> log) : IMailInbox, IDisposable
{
    /// <summary>Folder of the mails that are stored.</summary>
    public const string Done = "traites";

    /// <summary>Folder of what is no mail.</summary>
    public const string Refused = "refuses";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private readonly InboxWake _wake = new();
    private FileSystemWatcher? _watcher;

    /// <inheritdoc />
    public async Task<int> TakeAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task<bool>> keep, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.InboxFolder);
        Watch();
        var taken = 0;
        foreach (var path in Directory.EnumerateFiles(options.InboxFolder, "*.eml").Order(StringComparer.Ordinal).ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            if (await ReadAsync(path, cancellation) is not { } raw) continue;

            var isMail = raw.Length > 0 && await keep(raw, cancellation);
            if (!isMail) LogNoMail(Path.GetFileName(path));
            Move(path, isMail ? Done : Refused);
            taken++;
        }

        return taken;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => _wake.WaitAsync(Look, cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        _watcher?.Dispose();
        _wake.Dispose();
    }

    private void Watch()
    {
        if (_watcher is not null) return;

        _watcher = new FileSystemWatcher(options.InboxFolder, "*.eml") { NotifyFilter = NotifyFilters.FileName };
        _watcher.Created += (_, _) => _wake.Wake();
        _watcher.Renamed += (_, _) => _wake.Wake();
        _watcher.EnableRaisingEvents = true;
    }

    // Another process took it, or whoever brought it took it back; or it is not readable yet.
    private async Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception failure) when (failure is FileNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(Path.GetFileName(path), failure.Message);
            return null;
        }
    }

    private void Move(string path, string folder)
    {
        var target = Path.Combine(options.InboxFolder, folder);
        Directory.CreateDirectory(target);
        try
        {
            File.Move(path, Path.Combine(target, Path.GetFileName(path)), overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Another process has moved it.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} in the folder of incoming mails cannot be read: {Why}")]
    private partial void LogUnreadable(string file, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} in the folder of incoming mails is no mail; it is set aside.")]
    private partial void LogNoMail(string file);

    private sealed class InboxWake : WorkerWake;
}
