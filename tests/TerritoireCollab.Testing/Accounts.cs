using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Text;
using Group = TerritoireCollab.Platform.Groups.Group;

namespace TerritoireCollab.Testing;

/// <summary>Accounts of a test: their passwords, their browsers, what is mailed to them, and what the administrators chose.</summary>
public static partial class Accounts
{
    /// <summary>A password that is good everywhere in the tests.</summary>
    public const string Password = "quatre tortues bleues";

    /// <summary>Gives a member a password.</summary>
    public static async Task PasswordAsync(this Instance instance, Member member, string password = Password)
    {
        var hash = instance.Services.GetService<IPasswordHasher<Member>>().HashPassword(member, password);
        await using var db = instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PasswordHash, hash));
    }

    /// <summary>Somebody at a browser, not signed in.</summary>
    public static Visitor Stranger(this Instance instance) => new(instance.Browser());

    /// <summary>A member at a browser, signed in.</summary>
    public static async Task<Visitor> VisitorAsync(this Instance instance, Member member) => new(await instance.SignedInAsync(member.Id));

    /// <summary>Signs in at the page, by address and password.</summary>
    public static async Task<VisitedPage> SignInAsync(this Visitor visitor, string email, string password = Password) =>
        await visitor.SendAsync(await visitor.OpenAsync("/connexion"), "form[method='post'] [name='Password']", ("Email", email), ("Password", password));

    /// <summary>Asks at the sign-in page for a link by mail.</summary>
    public static async Task<VisitedPage> AskLinkAsync(this Visitor visitor, string email, string page = "/connexion") =>
        await visitor.SendAsync(await visitor.OpenAsync(page), "[name='Gesture'][value='lien']", ("Email", email));

    /// <summary>Mails decided on for an address, oldest first, as the outbox holds them.</summary>
    public static async Task<IReadOnlyList<MailRow>> LettersAsync(this Instance instance, string? address)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Mails.AsNoTracking().Where(m => m.ToAddress == address).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync();
    }

    /// <summary>Path and query of the one-time link in the last mail to an address.</summary>
    public static async Task<string> LinkAsync(this Instance instance, string? address) => LinkIn((await instance.LettersAsync(address))[^1]);

    /// <summary>Path and query of the one-time link in a mail.</summary>
    public static string LinkIn(MailRow mail) => Link().Match(mail.TextBody) is { Success: true } found ? found.Value : throw new InvalidOperationException($"No link in « {mail.Subject} »: {mail.TextBody}");

    /// <summary>Changes the administrators' choices.</summary>
    public static async Task ChooseAsync(this Instance instance, Func<PlatformChoices, PlatformChoices> change)
    {
        var settings = instance.Services.GetService<PlatformSettings>();
        await settings.WriteAsync(change(await settings.ReadAsync(default)), default);
    }

    /// <summary>Invites an address into a group, and returns the token that the mail would hold.</summary>
    public static async Task<string> InvitationAsync(this Instance instance, Group group, Member by, string? email)
    {
        var token = SecretTokens.New();
        var now = instance.Services.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
        await using var db = instance.Open(Viewer.System);
        db.Invitations.Add(new Invitation { GroupId = group.Id, InvitedById = by.Id, Email = email, TokenHash = SecretTokens.Hash(token), SentAt = now, ExpiresAt = now.AddDays(14) });
        await db.SaveChangesAsync();
        return token;
    }

    /// <summary>An organisation in whose name a member speaks.</summary>
    public static async Task<Organisation> OrganisationAsync(this Scene scene, string name, Member member, string? commune = null)
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(), Name = name, FoldedName = FoldedName.Of(name, 150), Slug = $"structure-{Guid.CreateVersion7():N}", Commune = commune };
        await using var db = scene.Instance.Open(Viewer.System);
        db.Organisations.Add(organisation);
        db.Affiliations.Add(new Affiliation { MemberId = member.Id, OrganisationId = organisation.Id, IsPrincipal = true });
        await db.SaveChangesAsync();
        return organisation;
    }

    /// <summary>The row of a member as it is now.</summary>
    public static async Task<Member?> MemberAsync(this Instance instance, string? email)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.NormalizedEmail == Emails.Normalize(email));
    }

    /// <summary>The page as it came, without what is each visitor's own: the address typed, and what is sealed for the forms. Two such texts that are equal tell nothing apart.</summary>
    public static string Comparable(this VisitedPage page, string typed) => Sealed().Replace(page.WithoutAddress().Replace(typed, "…", StringComparison.Ordinal), "");

    /// <summary>The page as it came, without the address that was asked for, which the skip links of an error page hold.</summary>
    public static string WithoutAddress(this VisitedPage page) => SkipLink().Replace(page.Body, "");

    [GeneratedRegex("(?<=<a href=\")\\./[^\"]*(?=#)")]
    private static partial Regex SkipLink();

    // What the data protection of the host seals begins by these letters.
    [GeneratedRegex("CfDJ8[\\w+/=-]+")]
    private static partial Regex Sealed();

    [GeneratedRegex(@"/lien/[0-9a-z]{32}(\?\S+)?")]
    private static partial Regex Link();
}
