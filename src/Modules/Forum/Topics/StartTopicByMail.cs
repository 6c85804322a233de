using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A mail to <c>groupe-SLUG@</c> starts a thread in that group, in the name of the member who wrote it and by his rights.</summary>
internal sealed class StartTopicByMail(AppDb database, Rights rights, StartTopic start) : IMailDestination
{
    private const string First = "groupe-";

    /// <inheritdoc />
    public bool Takes(string localPart) => localPart.Length > First.Length && localPart.StartsWith(First, StringComparison.Ordinal);

    /// <inheritdoc />
    public string? GroupOf(string localPart) => localPart[First.Length..];

    /// <inheritdoc />
    public async Task<DeliveredMail> DeliverAsync(ArrivedMail mail, CancellationToken cancellation)
    {
        await using var db = database.Open(mail.Sender);
        var slug = GroupOf(mail.LocalPart)!;
        try
        {
            var input = new ContentInput { Id = mail.Id, Title = mail.Title, Body = mail.Body, Origin = mail.Origin };
            var shortId = await start.ExecuteAsync(mail.Sender, slug, new StartTopicInput(input, IsQuestion: false, mail.Files), cancellation);
            var item = await db.Items.Where(i => i.ShortId == shortId).Select(i => new { i.Id, i.GroupId }).FirstAsync(cancellation);
            return new(item.GroupId, item.Id);
        }
        catch (Exception refusal) when (refusal is ForbiddenException or NotFoundException)
        {
            throw new MailRefusedException(await WhyAsync(db, slug, cancellation));
        }
    }

    // A hidden group and one that is not there are told alike.
    private async Task<MailRefusal> WhyAsync(AppDbContext db, string slug, CancellationToken cancellation)
    {
        try
        {
            return await rights.StandingAsync(db, slug, cancellation) switch
            {
                { IsMember: false } => MailRefusal.NotAMember,
                { IsArchived: true } => MailRefusal.Archived,
                var standing when !standing.Has(ForumModule.Forum) => MailRefusal.NoTool,
                { Role: GroupRole.Reader } => MailRefusal.ReaderOnly,
                _ => MailRefusal.MayNotStart,
            };
        }
        catch (NotFoundException)
        {
            return MailRefusal.NotAMember;
        }
    }
}
