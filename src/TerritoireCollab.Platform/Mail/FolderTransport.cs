using TerritoireCollab.Mime;

namespace TerritoireCollab.Platform.Mail;

/// <summary>One <c>.eml</c> file a mail: for a demonstration, for development, and for a relay that picks files up. A file appears whole.</summary>
public sealed class FolderTransport(MailOptions options, MailAssembler assembler) : IMailTransport
{
    /// <inheritdoc />
    public async Task<MailAnswer> SendAsync(MailRow mail, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            bytes = MimeWriter.ToBytes(assembler.Assemble(mail));
        }
        catch (ArgumentException refusal)
        {
            return new(MailOutcome.Refused, refusal.Message);
        }

        try
        {
            Directory.CreateDirectory(options.Folder);
            var name = $"{mail.CreatedAt:yyyyMMdd-HHmmss}-{mail.Id:N}";
            var temporary = Path.Combine(options.Folder, name + ".tmp");
            await File.WriteAllBytesAsync(temporary, bytes, cancellation);
            File.Move(temporary, Path.Combine(options.Folder, name + ".eml"), overwrite: true);
            return MailAnswer.Accepted;
        }
        catch (IOException failure)
        {
            return new(MailOutcome.TryLater, failure.Message);
        }
    }
}
