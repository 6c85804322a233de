using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Getting an account: open, on approval, by invitation; and what nobody learns by trying.</summary>
public sealed class RegistrationTests(Stage stage) : IClassFixture<Stage>
{
    private const string Form = "[name='FullName']";

    private static int _count;

    private Instance Instance => stage.Instance;

    [Fact]
    public async Task Register_Open_LinkOpensTheAccountOnceItIsPosted()
    {
        await ModeAsync(RegistrationMode.Open);
        var (visitor, email) = (Instance.Stranger(), NewEmail());

        var sent = await RegisterAsync(visitor, email);
        var link = await Instance.LinkAsync(email);
        var shown = await visitor.OpenAsync(link);
        await visitor.OpenAsync(link);
        var before = await Instance.MemberAsync(email);
        var inside = await visitor.SendAsync(shown, "main form");

        Assert.Contains($"Un message vient de partir vers {email}", sent.Text, StringComparison.Ordinal);
        Assert.Contains(email, shown.Text, StringComparison.Ordinal);
        Assert.Equal(MemberState.Unconfirmed, before?.State);
        Assert.StartsWith("/bienvenue", inside.Address, StringComparison.Ordinal);
        Assert.Contains("Bienvenue, Odile Essai", inside.Text, StringComparison.Ordinal);
        Assert.Equal(MemberState.Active, (await Instance.MemberAsync(email))?.State);
    }

    [Fact]
    public async Task Register_OnApproval_OpensWhenAnAdministratorSaysSo()
    {
        await ModeAsync(RegistrationMode.OnApproval);
        var (visitor, email) = (Instance.Stranger(), NewEmail());
        var ada = await stage.Scene.MemberAsync("Ada Admin", admin: true);
        var admin = await Instance.VisitorAsync(ada);

        await RegisterAsync(visitor, email);
        var confirmed = await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync(email)), "main form");
        var early = await Instance.Stranger().SignInAsync(email);
        var id = (await Instance.MemberAsync(email))!.Id;
        var waiting = await admin.OpenAsync("/administration/membres?etat=attente");
        var approved = await admin.SendAsync(waiting, $"[formaction$='{id}/approuver']");
        var inside = await Instance.Stranger().SignInAsync(email);

        Assert.Contains("L’équipe doit encore valider votre compte", confirmed.Text, StringComparison.Ordinal);
        Assert.Contains("L’équipe doit encore valider votre compte", early.Text, StringComparison.Ordinal);
        Assert.Contains(email, Assert.Single(await Instance.LettersAsync(ada.Email)).TextBody, StringComparison.Ordinal);
        Assert.Contains("Odile Essai", waiting.Text, StringComparison.Ordinal);
        Assert.Contains("etat=attente", approved.Address, StringComparison.Ordinal);
        Assert.Equal("compte.approuve", (await Instance.LettersAsync(email))[^1].Kind);
        Assert.StartsWith("/bienvenue", inside.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_ByInvitation_ClosedToOthersEvenWithAFormOpenedBefore()
    {
        await ModeAsync(RegistrationMode.Open);
        var (visitor, email) = (Instance.Stranger(), NewEmail());
        var old = await visitor.OpenAsync("/inscription");
        await ModeAsync(RegistrationMode.ByInvitation);

        var page = await visitor.OpenAsync("/inscription");
        var posted = await visitor.SendAsync(old, Form, Fields(email));

        Assert.Null(page.Document.QuerySelector(Form));
        foreach (var shown in new[] { page, posted })
        {
            Assert.Equal(HttpStatusCode.OK, shown.Status);
            Assert.Contains("Pour avoir un compte, il faut une invitation", shown.Text, StringComparison.Ordinal);
        }

        Assert.Null(await Instance.MemberAsync(email));
    }

    [Fact]
    public async Task Register_Invited_ConfirmsAndLandsInTheInvitation()
    {
        await ModeAsync(RegistrationMode.ByInvitation);
        var (visitor, email) = (Instance.Stranger(), NewEmail());
        var group = await stage.Scene.GroupAsync("Eau et rivières", await stage.Scene.MemberAsync("Guy Guide"), GroupVisibility.Hidden);
        var token = await Instance.InvitationAsync(group, await stage.Scene.MemberAsync("Ida Invite"), email);

        var invitation = await visitor.OpenAsync($"/invitation/{token}");
        var form = await visitor.OpenAsync("/" + invitation.Document.QuerySelector("main a[href^='inscription']")!.GetAttribute("href"));
        await visitor.SendAsync(form, Form, [.. Fields(email).Where(f => f.Name != "Email")]);
        var welcome = await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync(email)), "main form");
        var second = await visitor.OpenAsync("/" + welcome.Document.QuerySelector("main form .actions a")!.GetAttribute("href"));
        var third = await visitor.OpenAsync("/" + second.Document.QuerySelector("main .actions a.bouton")!.GetAttribute("href"));
        var back = await visitor.SendAsync(third, "[name='Skip']");
        var inside = await visitor.SendAsync(back, "main form");

        Assert.Equal(email, form.ValueOf("Email"));
        Assert.Equal($"/invitation/{token}", back.Address);
        Assert.Contains("Eau et rivières", back.Text, StringComparison.Ordinal);
        Assert.StartsWith($"/groupes/{group.Slug}", inside.Address, StringComparison.Ordinal);
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(MembershipState.Active, (await db.Memberships.SingleAsync(m => m.GroupId == group.Id && m.Member!.Email == email)).State);
    }

    [Fact]
    public async Task Register_InvitedAtAnotherAddress_SentenceAtTheFieldAndTextKept()
    {
        await ModeAsync(RegistrationMode.ByInvitation);
        var (visitor, invited, other) = (Instance.Stranger(), NewEmail(), NewEmail());
        var owner = await stage.Scene.MemberAsync("Guy Guide");
        var token = await Instance.InvitationAsync(await stage.Scene.GroupAsync("Groupe", owner), owner, invited);

        var refused = await visitor.SendAsync(await visitor.OpenAsync($"/inscription?invitation={token}"), Form, Fields(other));

        Assert.True(refused.Refuses("Email"));
        Assert.Contains($"Votre invitation est pour {invited}", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Odile Essai", refused.ValueOf("FullName"));
        Assert.Null(await Instance.MemberAsync(other));
    }

    [Theory]
    [InlineData(false, MemberState.Active)]
    [InlineData(true, MemberState.AwaitingApproval)]
    public async Task Confirm_LinkAskedForAgain_WorthWhatTheInvitationIsWorthNow(bool withdrawn, MemberState expected)
    {
        await ModeAsync(RegistrationMode.ByInvitation);
        var (visitor, email) = (Instance.Stranger(), NewEmail());
        var owner = await stage.Scene.MemberAsync("Guy Guide");
        var token = await Instance.InvitationAsync(await stage.Scene.GroupAsync("Groupe", owner), owner, email);
        await visitor.SendAsync(await visitor.OpenAsync($"/inscription?invitation={token}"), Form, Fields(email));
        if (withdrawn)
        {
            await using var db = Instance.Open(Viewer.System);
            await db.Invitations.Where(i => i.Email == email).ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, Instance.Clock.GetUtcNow().UtcDateTime));
        }

        await visitor.AskLinkAsync(email);
        await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync(email)), "main form");

        Assert.Equal(2, (await Instance.LettersAsync(email)).Count);
        Assert.Equal(expected, (await Instance.MemberAsync(email))?.State);
    }

    [Fact]
    public async Task Register_KnownAddress_SamePageAndAWordToTheHolder()
    {
        await ModeAsync(RegistrationMode.Open);
        var (known, fresh) = (await stage.Scene.MemberAsync("Karl Connu"), NewEmail());

        var first = await RegisterAsync(Instance.Stranger(), known.Email!);
        var second = await RegisterAsync(Instance.Stranger(), fresh);

        Assert.Equal(second.Comparable(fresh), first.Comparable(known.Email!));
        Assert.Contains("Un message vient de partir", first.Text, StringComparison.Ordinal);
        var letter = Assert.Single(await Instance.LettersAsync(known.Email));
        Assert.Contains("Vous en avez déjà un", letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("/lien/", letter.TextBody, StringComparison.Ordinal);
        Assert.Equal("Karl Connu", (await Instance.MemberAsync(known.Email))?.Name);
    }

    [Fact]
    public async Task Register_KnownAddress_HashesAsOftenAsANewOne()
    {
        var passwords = new CountedPasswords();
        await using var instance = await Instance.StartAsync(adjust: passwords.Into);
        await instance.ChooseAsync(c => c with { Registration = RegistrationMode.Open });
        var known = await new Scene(instance).MemberAsync("Karl Connu");
        await RegisterAsync(instance.Stranger(), NewEmail());
        passwords.Take();

        await RegisterAsync(instance.Stranger(), known.Email!);
        var held = passwords.Take();
        await RegisterAsync(instance.Stranger(), NewEmail());
        var free = passwords.Take();

        Assert.Equal((1, 1), (held, free));
    }

    [Fact]
    public async Task Register_SameNameAndNewOrganisationInParallel_EachComesIn()
    {
        await ModeAsync(RegistrationMode.Open);
        var emails = Enumerable.Range(0, 8).Select(_ => NewEmail()).ToList();
        var forms = await Task.WhenAll(emails.Select(async email =>
        {
            var visitor = Instance.Stranger();
            return (Email: email, Visitor: visitor, Page: await visitor.OpenAsync("/inscription"));
        }));

        var answers = await Task.WhenAll(forms.Select(f => f.Visitor.SendAsync(f.Page, Form, [.. Fields(f.Email)[..3], ("Organisation", "Syndicat du Val Rêvé"), ("OrganisationKind", "etablissement")])));

        Assert.All(answers, a => Assert.Contains("Un message vient de partir", a.Text, StringComparison.Ordinal));
        await using var db = Instance.Open(Viewer.System);
        var handles = await db.Members.Where(m => emails.Contains(m.Email!)).Select(m => m.Handle).ToListAsync();
        Assert.Equal(8, handles.Distinct().Count());
        Assert.Equal(1, await db.Organisations.CountAsync(o => o.Name == "Syndicat du Val Rêvé"));
        Assert.Equal(8, await db.Affiliations.CountAsync(a => emails.Contains(a.Member!.Email!)));
    }

    [Fact]
    public async Task Register_SameFormSentTwice_OneAccount()
    {
        await ModeAsync(RegistrationMode.Open);
        var (visitor, email) = (Instance.Stranger(), NewEmail());
        var page = await visitor.OpenAsync("/inscription");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.SendAsync(page, Form, Fields(email))));

        Assert.All(answers, a => Assert.Contains("Un message vient de partir", a.Text, StringComparison.Ordinal));
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Members.CountAsync(m => m.Email == email));
    }

    [Theory]
    [InlineData("FullName", " ")]
    [InlineData("FullName", "long")]
    [InlineData("Email", "pas une adresse")]
    [InlineData("Password", "court")]
    [InlineData("Organisation", "long")]
    public async Task Register_BadField_SentenceAtTheFieldAndTextKeptButThePassword(string field, string typed)
    {
        await ModeAsync(RegistrationMode.Open);
        var value = typed == "long" ? new string('é', 151) : typed;
        var (visitor, email) = (Instance.Stranger(), NewEmail());
        (string, string?)[] fields = [.. Fields(email).Where(f => f.Name != field), (field, value)];

        var refused = await visitor.SendAsync(await visitor.OpenAsync("/inscription"), Form, fields);

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.True(refused.Refuses(field));
        Assert.Equal(field == "FullName" ? value : "Odile Essai", refused.ValueOf("FullName"));
        Assert.Equal(field == "Email" ? value : email, refused.ValueOf("Email"));
        Assert.Equal(field == "Organisation" ? value : "Mairie d’Essai", refused.ValueOf("Organisation"));
        Assert.DoesNotContain(Accounts.Password, refused.Body, StringComparison.Ordinal);
        Assert.Null(await Instance.MemberAsync(email));
    }

    [Fact]
    public async Task Register_AddressPreparedBySomebodyElse_OnlyTheLastPasswordAndLinkHold()
    {
        await ModeAsync(RegistrationMode.Open);
        var email = NewEmail();
        await RegisterAsync(Instance.Stranger(), email, ("Password", "un mot de trop chez nous"), ("FullName", "Prépare Tout"), ("Organisation", "Structure Piège"));
        var prepared = await Instance.LinkAsync(email);
        var holder = Instance.Stranger();

        await RegisterAsync(holder, email);
        var dead = await Instance.Stranger().OpenAsync(prepared);
        await holder.SendAsync(await holder.OpenAsync(await Instance.LinkAsync(email)), "main form");

        Assert.Contains("Ce lien n’est plus valable", dead.Text, StringComparison.Ordinal);
        Assert.Contains("incorrects", (await Instance.Stranger().SignInAsync(email, "un mot de trop chez nous")).Text, StringComparison.Ordinal);
        Assert.StartsWith("/bienvenue", (await Instance.Stranger().SignInAsync(email)).Address, StringComparison.Ordinal);
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal("Mairie d’Essai", (await db.Affiliations.Include(a => a.Organisation).SingleAsync(a => a.Member!.Email == email)).Organisation!.Name);
    }

    [Fact]
    public async Task Register_FieldsThatNoFormHas_ChangeNothing()
    {
        await ModeAsync(RegistrationMode.OnApproval);
        var email = NewEmail();

        await RegisterAsync(Instance.Stranger(), email, ("IsAdmin", "true"), ("State", "2"), ("Role", "3"), ("Input.IsAdmin", "true"), ("Member.State", "Active"), ("EmailConfirmed", "true"));

        var member = await Instance.MemberAsync(email);
        Assert.Equal((MemberState.Unconfirmed, false, false), (member!.State, member.IsAdmin, member.EmailConfirmed));
    }

    private static string NewEmail() => $"inscrite{Interlocked.Increment(ref _count):000}@essai.invalid";

    private static (string Name, string? Value)[] Fields(string email) =>
        [("FullName", "Odile Essai"), ("Email", email), ("Password", Accounts.Password), ("Organisation", "Mairie d’Essai"), ("OrganisationKind", "collectivite")];

    private Task ModeAsync(RegistrationMode mode) => Instance.ChooseAsync(c => c with { Registration = mode });

    private static async Task<VisitedPage> RegisterAsync(Visitor visitor, string email, params (string Name, string? Value)[] further)
    {
        (string, string?)[] fields = [.. Fields(email).Where(f => further.All(o => o.Name != f.Name)), .. further];
        return await visitor.SendAsync(await visitor.OpenAsync("/inscription"), Form, fields);
    }
}
