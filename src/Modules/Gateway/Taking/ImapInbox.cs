using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Mime.Imap;
using TerritoireCollab.Mime.Smtp;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Gateway.Taking;

/// <summary>
/// A mailbox read over IMAP and waited on. How far it was read is kept in the database; a server that numbers its mails anew is read from the
/// beginning, and what was stored already is known by its Message-ID. A mail is marked as seen once it is stored.
/// </summary>
internal sealed class ImapInbox(MailOptions options, AppDb database, TimeProvider clock) : IMailInbox, IAsyncDisposable
{
    // A sign of life is written at each contact: a mailbox nobody writes to must not look like one that is out of reach.
    private static readonly TimeSpan Contact = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private readonly string _key = "mail-in." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Imap.Host}\n{options.Imap.User}\n{options.Imap.Mailbox}")))[..32];
    private ImapMailbox? _mailbox;

    /// <inheritdoc />
    /// <exception cref="ImapMailboxException">The server is out of reach, or refuses us.</exception>
    public async Task<int> TakeAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task<bool>> keep, CancellationToken cancellation)
    {
        try
        {
            var mailbox = _mailbox ??= await ImapMailbox.ConnectAsync(Account(), cancellation);
            var (validity, taken) = (mailbox.UidValidity, 0);
            var last = await LastAsync(validity, cancellation);
            await foreach (var message in mailbox.FetchAboveAsync(last, cancellation))
            {
                await keep(message.Raw, cancellation);
                await SaveAsync(validity, message.Uid, cancellation);
                await mailbox.MarkSeenAsync([message.Uid], cancellation);
                taken++;
            }

            return taken;
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task WaitAsync(CancellationToken cancellation)
    {
        if (_mailbox is null)
        {
            await Task.Delay(Again, clock, cancellation);
            return;
        }

        using var timer = new CancellationTokenSource(Contact);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await _mailbox.WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time to look, and to say that we are there.
        }
        catch (ImapMailboxException)
        {
            // The server cut the line: the next look opens another one.
            await CloseAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task CloseAsync()
    {
        if (_mailbox is { } open) await open.DisposeAsync();
        _mailbox = null;
    }

    private Mime.Imap.ImapOptions Account() => new()
    {
        Host = options.Imap.Host,
        Port = options.Imap.Port,
        Security = options.Imap.Security switch
        {
            MailSecurity.Tls => SmtpSecurity.Tls,
            MailSecurity.StartTls => SmtpSecurity.StartTls,
            _ => SmtpSecurity.None,
        },
        User = options.Imap.User,
        Password = options.Imap.Password,
        Mailbox = options.Imap.Mailbox,
        AllowClearAuthenticationOnLoopback = true,
    };

    private async Task<uint> LastAsync(uint validity, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var kept = await db.Settings.Where(s => s.Key == _key).Select(s => s.Value).FirstOrDefaultAsync(cancellation);
        return kept?.Split(':') is [var known, var uid] && known == validity.ToString(CultureInfo.InvariantCulture) && uint.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
    }

    private async Task SaveAsync(uint validity, uint uid, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var value = string.Create(CultureInfo.InvariantCulture, $"{validity}:{uid}");
        if (await db.Settings.Where(s => s.Key == _key).ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, value), cancellation) > 0) return;

        try
        {
            db.Settings.Add(new Setting { Key = _key, Value = value });
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another process wrote it at the same moment: what it read twice it knows again.
        }
    }
}
