using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Finds;

/// <summary>
/// A mail to <c>veille-SLUG@</c>, or to <c>veille@</c> for the territory's veille, brings its links as finds, in the name of the member who wrote
/// or forwarded it. What became of each is written back.
/// </summary>
internal sealed class TakeFindsByMail(AppDb database, Rights rights, ProposeFindsFromMail propose, ModuleCatalog modules) : IMailDestination
{
    private const string Alone = "veille";
    private const string First = Alone + "-";

    /// <inheritdoc />
    public bool TakesWithoutWords => true;

    /// <inheritdoc />
    public bool Takes(string localPart) => localPart == Alone || (localPart.Length > First.Length && localPart.StartsWith(First, StringComparison.Ordinal));

    /// <inheritdoc />
    public string? GroupOf(string localPart) => localPart == Alone ? null : localPart[First.Length..];

    /// <inheritdoc />
    public async Task<DeliveredMail> DeliverAsync(ArrivedMail mail, CancellationToken cancellation)
    {
        await using var db = database.Open(mail.Sender);
        var slug = GroupOf(mail.LocalPart) ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new MailRefusedException(MailRefusal.UnknownAddress);
        try
        {
            var found = await propose.ExecuteAsync(mail.Sender, slug, new FindsMail(mail.Subject, mail.Text, mail.Html), cancellation);
            return new((await rights.StandingAsync(db, slug, cancellation)).GroupId, null, found.Reply);
        }
        catch (Exception refusal) when (refusal is ForbiddenException or NotFoundException)
        {
            throw new MailRefusedException(await WhyAsync(db, slug, cancellation));
        }
    }

    // A hidden group and one that is not there are told alike; one that shows itself says why.
    private async Task<MailRefusal> WhyAsync(AppDbContext db, string slug, CancellationToken cancellation)
    {
        try
        {
            return await rights.StandingAsync(db, slug, cancellation) switch
            {
                { IsMember: false } => MailRefusal.NotAMember,
                { IsArchived: true } => MailRefusal.Archived,
                var standing when modules.Tool(VeilleModule.ToolKey) is { } tool && !standing.Has(tool) => MailRefusal.UnknownAddress,
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
