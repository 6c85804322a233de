using System.Text;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// One <c>.eml</c> file a mail: for a demonstration, for development, and for a relay that picks files up. A file appears whole, under a name that
/// is the mail's own: written twice, it is there once. Its first field is Return-Path, which holds the sender of the envelope.
/// </summary>
public sealed class FolderTransport(MailOptions options, MailAssembler assembler) : IMailTransport
{
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

        if (!await begin()) return new(MailOutcome.Withdrawn);
        try
        {
            await WriteAsync(mail, assembled, cancellation);
            return MailAnswer.Accepted;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(MailOutcome.Unreachable, failure.Message);
        }
    }

    /// <inheritdoc />
    public Task RestAsync() => Task.CompletedTask;

    private async Task WriteAsync(MailRow mail, AssembledMail assembled, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.Folder);
        var name = $"{mail.CreatedAt:yyyyMMdd-HHmmss}-{mail.Id:N}";
        var temporary = Path.Combine(options.Folder, name + ".tmp");
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"Return-Path: <{assembled.Sender.Address}>\r\n"), .. assembled.Bytes];
        await File.WriteAllBytesAsync(temporary, bytes, cancellation);
        File.Move(temporary, Path.Combine(options.Folder, name + ".eml"), overwrite: true);
    }
}
