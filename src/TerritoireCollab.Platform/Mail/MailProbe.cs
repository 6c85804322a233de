using TerritoireCollab.Mime.Smtp;

namespace TerritoireCollab.Platform.Mail;

/// <summary>A step of a trial.</summary>
public enum ProbeStage
{
    /// <summary>The server is reached and greets.</summary>
    Connection = 0,
    /// <summary>The link is encrypted, the certificate is good.</summary>
    Encryption = 1,
    /// <summary>The account is known.</summary>
    Account = 2,
    /// <summary>The server takes the mail.</summary>
    Acceptance = 3,
    /// <summary>The file is written.</summary>
    Folder = 4,
}

/// <summary>What became of a step.</summary>
/// <param name="Stage">Which.</param>
/// <param name="IsDone">Whether it went well; null when it was not reached.</param>
/// <param name="Detail">What the server said, without any secret.</param>
public sealed record ProbeStep(ProbeStage Stage, bool? IsDone, string? Detail = null);

/// <summary>Sends one mail at once, beside the queue, over a connection of its own, and tells step by step what happens.</summary>
public sealed class MailProbe(MailOptions options, MailAssembler assembler, IMailTransport transport)
{
    /// <summary>Sends <paramref name="mail"/>, which is in no queue.</summary>
    public async Task<IReadOnlyList<ProbeStep>> RunAsync(MailRow mail, CancellationToken cancellation)
    {
        if (options.Transport == MailTransportKind.Smtp) return await OverSmtpAsync(mail, cancellation);

        var answer = await transport.SendAsync(mail, () => Task.FromResult(true), cancellation);
        return [new(ProbeStage.Folder, answer.Outcome == MailOutcome.Accepted, answer.Outcome == MailOutcome.Accepted ? options.Folder : answer.Detail)];
    }

    private async Task<IReadOnlyList<ProbeStep>> OverSmtpAsync(MailRow mail, CancellationToken cancellation)
    {
        try
        {
            var assembled = await assembler.AssembleAsync(mail, cancellation);
            await using var session = await SmtpSession.ConnectAsync(SmtpTransport.Options(options.Smtp), cancellation);
            return await session.SendAsync(assembled.Sender, assembled.Recipient, assembled.Bytes, cancellationToken: cancellation) switch
            {
                SmtpOutcome.Accepted taken => Until(ProbeStage.Acceptance, true, taken.Reply.ToString()),
                SmtpOutcome.Refused refused => Until(ProbeStage.Acceptance, false, refused.Text),
                SmtpOutcome.Uncertain lost => Until(ProbeStage.Acceptance, false, lost.Text),
                _ => Until(ProbeStage.Acceptance, false, null),
            };
        }
        catch (SmtpSessionException failure)
        {
            return Until(StageOf(failure.Phase), false, failure.Message);
        }
    }

    private IReadOnlyList<ProbeStep> Until(ProbeStage stage, bool isDone, string? detail) =>
        [.. Stages().Select(s => s < stage ? new ProbeStep(s, true) : s == stage ? new ProbeStep(s, isDone, detail) : new ProbeStep(s, null))];

    private IEnumerable<ProbeStage> Stages()
    {
        yield return ProbeStage.Connection;
        if (options.Smtp.Security != MailSecurity.None) yield return ProbeStage.Encryption;
        if (options.Smtp.User is not null) yield return ProbeStage.Account;
        yield return ProbeStage.Acceptance;
    }

    private static ProbeStage StageOf(SmtpPhase phase) => phase switch
    {
        SmtpPhase.Tls => ProbeStage.Encryption,
        SmtpPhase.Authentication => ProbeStage.Account,
        _ => ProbeStage.Connection,
    };
}
