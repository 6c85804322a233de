using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>Writes to those who curate the veille that something was not announced, and why.</summary>
internal sealed class TellAnimators(MailWriter writer, MailFoot foot, MailOutbox outbox, PlatformOptions platform, Dates dates, TimeProvider clock)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "veille.annonce";

    /// <summary>Writes once of each failure.</summary>
    /// <param name="db">Sees everything.</param>
    /// <param name="row">What failed, with its outlet and its content.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ExecuteAsync(AppDbContext db, Announcement row, CancellationToken cancellation)
    {
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == row.Item.GroupId, cancellation);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var letter = new MailContent
        {
            Preheader = OutletTexts.MailText.With(row.Item.Title, row.Outlet!.Name),
            Context = group.Name,
            Title = OutletTexts.MailTitle,
            Blocks =
            [
                new MailParagraph(OutletTexts.MailText.With(row.Item.Title, row.Outlet.Name)),
                new MailParagraph(OutletWords.Of(row, row.Outlet, dates)),
                new MailButton(OutletTexts.MailButton, VeilleAddress.Outlets(group.Slug)),
            ],
            Reason = OutletTexts.MailReason.With(group.Name),
        };
        var rows = new List<MailRow>();
        foreach (var animator in await CuratorsAsync(db, group.Id, cancellation)) rows.Add(await AddressAsync(letter, row, group, animator));
        await outbox.AddAsync(db, rows, cancellation);
    }

    private Task<MailRow> AddressAsync(MailContent letter, Announcement row, Group group, Member animator)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return writer.WriteAsync(new()
        {
            UniqueKey = $"{Kind}:{row.Id:N}:{animator.Id:N}:{now.ToString("yyMMddHHmm", CultureInfo.InvariantCulture)}",
            Kind = Kind,
            MessageId = writer.IdOf($"annonce.{row.Id:N}.{now.Ticks}.{animator.Id:N}"),
            ItemId = row.ItemId,
            GroupId = group.Id,
            Priority = 1,
            To = Addressee.Of(animator),
            Subject = OutletTexts.MailSubject.With(row.Item.Title, row.Outlet!.Name),
            Content = letter with { FooterLinks = foot.OfGroup(animator.Id, group.Id, group.Slug, group.Name) },
            Sorting = MailSorting.OfGroup("animation", group.Name, group.Slug, platform) with { Archive = platform.Absolute(VeilleAddress.Outlets(group.Slug)) },
        });
    }

    /// <summary>Those who curate the veille of a group: its animators, or fewer where the group says so.</summary>
    internal static IQueryable<Membership> Curating(AppDbContext db, Guid groupId) => db.Memberships.Where(m =>
        m.GroupId == groupId && m.State == MembershipState.Active && m.Member!.State == MemberState.Active && m.Role >= GroupRole.Animator
        && !db.GroupTools.Any(t => t.GroupId == groupId && t.ToolKey == VeilleModule.ToolKey && t.Creators > m.Role));

    private static Task<List<Member>> CuratorsAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        Curating(db, groupId).Select(m => m.Member!).Where(m => m.Email != null).ToListAsync(cancellation);
}

/// <summary>Whether such a mail may still leave: whoever gets it curates the veille as before.</summary>
internal sealed class OutletMailCheck : IMailCheck
{
    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind == TellAnimators.Kind;

    /// <inheritdoc />
    public Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation) =>
        mail is { GroupId: { } group, MemberId: { } member } ? TellAnimators.Curating(db, group).AnyAsync(m => m.MemberId == member, cancellation) : Task.FromResult(false);
}
