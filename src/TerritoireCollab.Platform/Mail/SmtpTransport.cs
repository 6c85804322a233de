using System.Collections.Concurrent;
using TerritoireCollab.Mime.Smtp;
using Wire = TerritoireCollab.Mime.Smtp;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Sends over SMTP, keeping sessions open between mails: as many as mails are handed over at once, each for a hundred mails. The only class to replace
/// for another client, such as MailKit.
/// </summary>
public sealed class SmtpTransport(MailOptions options, MailAssembler assembler) : IMailTransport, IAsyncDisposable
{
    /// <summary>Mails of one session: servers do not like endless ones.</summary>
    public const int MailsPerSession = 100;

    private readonly ConcurrentStack<SmtpSession> _idle = new();

    /// <inheritdoc />
    public async Task<MailAnswer> SendAsync(MailRow mail, Func<Task<bool>> begin, CancellationToken cancellation)
    {
        AssembledMail assembled;
        try
        {
            assembled = await assembler.AssembleAsync(mail, cancellation);
        }
        catch (ArgumentException refusal)
        {
            return new(MailOutcome.Refused, refusal.Message);
        }

        SmtpSession session;
        try
        {
            session = await TakeAsync(cancellation);
        }
        catch (SmtpSessionException failure)
        {
            return new(MailOutcome.Unreachable, failure.Message);
        }

        try
        {
            return SmtpAnswers.Of(await session.SendAsync(assembled.Sender, assembled.Recipient, assembled.Bytes, begin, cancellation));
        }
        finally
        {
            await GiveBackAsync(session);
        }
    }

    /// <inheritdoc />
    public async Task RestAsync()
    {
        while (_idle.TryPop(out var session)) await session.DisposeAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await RestAsync();

    private async Task<SmtpSession> TakeAsync(CancellationToken cancellation)
    {
        while (_idle.TryPop(out var kept))
        {
            if (kept.IsUsable) return kept;
            await kept.DisposeAsync();
        }

        return await SmtpSession.ConnectAsync(Options(options.Smtp), cancellation);
    }

    private async Task GiveBackAsync(SmtpSession session)
    {
        if (session is { IsUsable: true, AcceptedCount: < MailsPerSession }) _idle.Push(session);
        else await session.DisposeAsync();
    }

    /// <summary>The options of a session to that server.</summary>
    internal static Wire.SmtpOptions Options(SmtpOptions smtp) => new()
    {
        Host = smtp.Host,
        Port = smtp.Port,
        User = smtp.User,
        Password = smtp.Password,
        AllowClearAuthenticationOnLoopback = true,
        Security = smtp.Security switch
        {
            MailSecurity.Tls => SmtpSecurity.Tls,
            MailSecurity.StartTls => SmtpSecurity.StartTls,
            _ => SmtpSecurity.None,
        },
        Timeouts = new SmtpTimeouts
        {
            Connect = Least(smtp.Timeout, TimeSpan.FromSeconds(30)),
            Greeting = smtp.Timeout,
            Command = smtp.Timeout,
            Data = smtp.Timeout,
        },
    };

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
