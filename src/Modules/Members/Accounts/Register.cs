using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Members.Organisations;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Members.Accounts;

/// <summary>What somebody types to get an account.</summary>
internal sealed record RegisterInput
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }
    /// <summary>Address.</summary>
    public string? Email { get; init; }
    /// <summary>Password.</summary>
    public string? Password { get; init; }
    /// <summary>Name of the organisation, known or new.</summary>
    public string? Organisation { get; init; }
    /// <summary>Kind of a new organisation.</summary>
    public OrganisationKind? OrganisationKind { get; init; }
    /// <summary>Where to go afterwards.</summary>
    public string? Back { get; init; }
    /// <summary>Token of an invitation, which opens registration whatever the mode.</summary>
    public string? Invitation { get; init; }
}

/// <summary>
/// Makes an account that waits for its address to be confirmed. Whoever types an address that has an account gets the same answer, and
/// its holder a mail.
/// </summary>
internal sealed class Register(AppDb database, IPasswordHasher<Member> passwords, NewMembers newMembers, PasswordRules rules, PlatformSettings settings, InvitationOfToken invitations, AccountMails mails, SecurityLog security, PlatformOptions platform, TimeProvider clock)
{
    private const int MostAttempts = 20;

    /// <summary>What the registration page shows: whether anybody may register with it, and the address that an invitation was sent to.</summary>
    public async Task<(bool IsOpen, string? InvitedEmail)> ShowAsync(string? invitation, CancellationToken cancellation)
    {
        var invited = await invitations.ReadAsync(invitation, cancellation) is { Recipient: { } recipient } found && found.LetsRegister(recipient) ? recipient : null;
        return (invited is not null || (await settings.ReadAsync(cancellation)).Registration != RegistrationMode.ByInvitation, invited);
    }

    /// <summary>Registers.</summary>
    /// <exception cref="ForbiddenException">Only people who were invited may.</exception>
    /// <exception cref="InvalidInputException">A field is missing, too long, the password too weak, or the invitation for another address.</exception>
    public async Task ExecuteAsync(RegisterInput input, CancellationToken cancellation)
    {
        await CheckAsync(input, cancellation);
        await DemandInvitationAsync(input, cancellation);

        // Hashed before looking, so that an address with an account takes as long as a new one.
        var hash = passwords.HashPassword(null!, input.Password!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteAsync(input, hash, cancellation);
                return;
            }
            catch (DbUpdateException failure) when ((failure is DbUpdateConcurrencyException || failure.IsDuplicate()) && attempt < MostAttempts)
            {
                // The same form sent twice, or somebody took the handle or named the same new organisation in between: look again.
            }
        }
    }

    private async Task DemandInvitationAsync(RegisterInput input, CancellationToken cancellation)
    {
        if ((await settings.ReadAsync(cancellation)).Registration != RegistrationMode.ByInvitation) return;

        var invitation = await invitations.ReadAsync(input.Invitation, cancellation);
        if (invitation?.LetsRegister(input.Email!) == true) return;
        if (invitation?.Recipient is { } recipient && invitation.LetsRegister(recipient)) throw new InvalidInputException(nameof(input.Email), MembersTexts.InvitedAtAnotherAddress.With(recipient));
        throw new ForbiddenException(MembersTexts.RegistrationByInvitation);
    }

    private async Task CheckAsync(RegisterInput input, CancellationToken cancellation)
    {
        var fault = await rules.FaultAsync(input.Password, [input.Name, input.Email, input.Organisation], cancellation);
        new Rules()
            .Text(input.Name, nameof(input.Name), 100)
            .Check(Emails.IsUsable(input.Email), nameof(input.Email), MembersTexts.AddressNotUsable)
            .Check(fault is null, nameof(input.Password), fault ?? "")
            .Text(input.Organisation, nameof(input.Organisation), 150, required: false)
            .Check(input.OrganisationKind is null || Enum.IsDefined(input.OrganisationKind.Value), nameof(input.OrganisationKind), MembersTexts.ChooseKind)
            .Demand();
    }

    private async Task WriteAsync(RegisterInput input, string hash, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var normalized = Emails.Normalize(input.Email);
        var known = await db.Members.FirstOrDefaultAsync(m => m.NormalizedEmail == normalized, cancellation);
        if (known is { State: not MemberState.Unconfirmed })
        {
            security.Add(db, "inscription.adresse-connue", subject: known.Id);
            await mails.RequestedAsync(db, known, () => AlreadyMember(known), cancellation);
            return;
        }

        var member = known ?? newMembers.Build(
            new NewMember { Name = input.Name!, Email = input.Email!, State = MemberState.Unconfirmed }, await NewMembers.FreeHandleAsync(db, input.Name!, cancellation), hash);
        if (known is null) newMembers.Add(db, member);
        else await TakeOverAsync(db, member, input.Name!.Trim(), hash, cancellation);

        if (!string.IsNullOrWhiteSpace(input.Organisation))
        {
            var organisation = await OrganisationNames.FindOrAddAsync(db, input.Organisation, input.OrganisationKind ?? default, cancellation);
            db.Affiliations.Add(new Affiliation { MemberId = member.Id, OrganisationId = organisation.Id, IsPrincipal = true });
        }

        security.Add(db, "inscription", member.Id);
        await mails.RequestedAsync(db, member, () => SendLink.Confirm(
            newMembers.Issue(db, member.Id, MailedLinkPurpose.ConfirmAddress, member.Email!, NewMembers.LongLink), member, LocalAddress.OrNull(input.Back)), cancellation);
    }

    // Nobody has shown yet that the address is theirs: what was typed last counts, and links sent for an earlier password are void,
    // so that nobody can prepare an account for somebody else's address and keep its password.
    private async Task TakeOverAsync(AppDbContext db, Member member, string name, string hash, CancellationToken cancellation)
    {
        (member.Name, member.FoldedName, member.PasswordHash, member.SecurityStamp) = (name, FoldedName.Of(name), hash, NewMembers.NewStamp());
        db.Affiliations.RemoveRange(await db.Affiliations.Where(a => a.MemberId == member.Id).ToListAsync(cancellation));
        await MailedLinks.VoidAsync(db, member.Id, purpose: null, clock.GetUtcNow().UtcDateTime, cancellation);
    }

    private AccountMail AlreadyMember(Member member) => new()
    {
        Kind = "deja-membre",
        Id = Guid.CreateVersion7(),
        Member = member,
        To = member.Email!,
        Subject = MembersTexts.MailKnownSubject,
        Before = [MembersTexts.MailKnownText],
        Button = (MembersTexts.SignInButton, platform.Absolute("/connexion")),
        After = [MembersTexts.MailKnownAfter],
    };
}
