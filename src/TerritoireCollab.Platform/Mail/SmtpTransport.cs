using TerritoireCollab.Mime;
using TerritoireCollab.Mime.Smtp;
using Wire = TerritoireCollab.Mime.Smtp;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Sends over SMTP, keeping one session open between mails. The only class to replace for another client, such as MailKit.</summary>
public sealed class SmtpTransport(MailOptions options, MailAssembler assembler) : IMailTransport, IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private SmtpSession? _session;

    /// <inheritdoc />
    public async Task<MailAnswer> SendAsync(MailRow mail, CancellationToken cancellation)
    {
        Mailbox recipient;
        byte[] bytes;
        try
        {
            var message = assembler.Assemble(mail);
            (recipient, bytes) = (message.To, MimeWriter.ToBytes(message));
        }
        catch (ArgumentException refusal)
        {
            return new(MailOutcome.Refused, refusal.Message);
        }

        await _one.WaitAsync(cancellation);
        try
        {
            var session = await OpenAsync(cancellation);
            return await session.SendAsync(new Mailbox(options.From), recipient, bytes, cancellation) switch
            {
                SmtpOutcome.Accepted => MailAnswer.Accepted,
                SmtpOutcome.Refused { IsPermanent: true } refused => new(MailOutcome.Refused, refused.Text),
                SmtpOutcome.Refused refused => new(MailOutcome.TryLater, refused.Text),
                SmtpOutcome.Uncertain lost => new(MailOutcome.Uncertain, lost.Text),
                _ => new(MailOutcome.TryLater),
            };
        }
        catch (SmtpSessionException failure)
        {
            // The server as a whole refuses us (certificate, account, out of reach): no mail is lost for that.
            return new(MailOutcome.TryLater, failure.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        _one.Dispose();
    }

    private async Task<SmtpSession> OpenAsync(CancellationToken cancellation)
    {
        if (_session is { IsUsable: true }) return _session;
        if (_session is not null) await _session.DisposeAsync();

        _session = null;
        return _session = await SmtpSession.ConnectAsync(new Wire.SmtpOptions
        {
            Host = options.Smtp.Host,
            Port = options.Smtp.Port,
            User = options.Smtp.User,
            Password = options.Smtp.Password,
            AllowClearAuthenticationOnLoopback = true,
            Security = options.Smtp.Security switch
            {
                MailSecurity.Tls => SmtpSecurity.Tls,
                MailSecurity.StartTls => SmtpSecurity.StartTls,
                _ => SmtpSecurity.None,
            },
        }, cancellation);
    }
}
