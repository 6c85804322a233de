using System.Net;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Signing in by address and password: what it tells, and how often it may be tried.</summary>
public sealed class SignInTests(Stage stage) : IClassFixture<Stage>
{
    private const int MostFailures = 8;

    private Instance Instance => stage.Instance;

    [Fact]
    public async Task SignIn_RightPassword_LedToWhereOneWanted()
    {
        var member = await MemberAsync("Anne Essai");
        var visitor = Instance.Stranger();

        var asked = await visitor.OpenAsync("/annuaire?q=maire");
        var inside = await visitor.SendAsync(asked, "[name='Password']", ("Email", member.Email), ("Password", Accounts.Password));

        Assert.StartsWith("/connexion?retour=", asked.Address, StringComparison.Ordinal);
        Assert.Equal("/annuaire?q=maire", inside.Address);
        Assert.Contains("Anne Essai", inside.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://ailleurs.invalid/")]
    [InlineData("//ailleurs.invalid/")]
    [InlineData("/\\ailleurs.invalid")]
    public async Task SignIn_ReturnToAnotherSite_Home(string address)
    {
        var member = await MemberAsync("Anne Essai");
        var visitor = Instance.Stranger();

        var page = await visitor.OpenAsync("/connexion?retour=" + Uri.EscapeDataString(address));
        var inside = await visitor.SendAsync(page, "[name='Password']", ("Email", member.Email), ("Password", Accounts.Password));

        Assert.Equal("/", inside.Address);
        Assert.Contains("Anne Essai", inside.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUnknownAddress_SameBodyAndAddressKept()
    {
        var member = await MemberAsync("Anne Essai");
        var unknown = member.Email!.Replace("anne", "ania", StringComparison.Ordinal);

        var wrong = await Instance.Stranger().SignInAsync(member.Email, "pas le bon mot de passe");
        var nobody = await Instance.Stranger().SignInAsync(unknown, "pas le bon mot de passe");

        Assert.True(wrong.Refuses("Password"));
        Assert.Contains("Adresse ou mot de passe incorrects.", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(member.Email, wrong.ValueOf("Email"));
        Assert.DoesNotContain("pas le bon mot de passe", wrong.Body, StringComparison.Ordinal);
        Assert.Equal(wrong.Comparable(member.Email), nobody.Comparable(unknown));
    }

    [Fact]
    public async Task SignIn_UnknownAddress_HashesAsOften()
    {
        var passwords = new CountedPasswords();
        await using var instance = await Instance.StartAsync(adjust: passwords.Into);
        var member = await new Scene(instance).MemberAsync("Anne Essai");
        await instance.PasswordAsync(member);
        await instance.Stranger().SignInAsync("chauffe@essai.invalid", "pas le bon mot de passe");
        passwords.Take();

        await instance.Stranger().SignInAsync(member.Email!, "pas le bon mot de passe");
        var known = passwords.Take();
        await instance.Stranger().SignInAsync("inconnue@essai.invalid", "pas le bon mot de passe");
        var unknown = passwords.Take();

        Assert.Equal((1, 1), (known, unknown));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_TooManyFailures_PauseThatEndsByItself(bool known)
    {
        var (member, other) = (await MemberAsync("Anne Essai"), await MemberAsync("Luc Essai"));
        var email = known ? member.Email! : "personne@essai.invalid";

        var tries = await Task.WhenAll(Enumerable.Range(0, MostFailures).Select(_ => Instance.Stranger().SignInAsync(email, "pas le bon mot de passe")));
        var ninth = await Instance.Stranger().SignInAsync(email);
        var elsewhere = await Instance.Stranger().SignInAsync(other.Email!);
        Instance.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        var later = await Instance.Stranger().SignInAsync(email);

        Assert.All(tries, t => Assert.Contains("incorrects", t.Text, StringComparison.Ordinal));
        Assert.Contains("Trop d’essais pour cette adresse", ninth.Text, StringComparison.Ordinal);
        Assert.Equal("/", elsewhere.Address);
        if (known) Assert.Equal("/", later.Address);
        else Assert.Contains("incorrects", later.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_DuringThePause_ALinkByMailStillOpens()
    {
        var member = await MemberAsync("Anne Essai");
        for (var i = 0; i < MostFailures; i++) await Instance.Stranger().SignInAsync(member.Email!, "pas le bon mot de passe");
        var visitor = Instance.Stranger();

        await visitor.AskLinkAsync(member.Email!);
        var inside = await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync(member.Email)), "main form");

        Assert.Equal("/", inside.Address);
        Assert.Contains("Anne Essai", inside.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_HugePassword_RefusedAtOnce()
    {
        var member = await MemberAsync("Anne Essai");

        var refused = await Instance.Stranger().SignInAsync(member.Email!, new string('x', 1_000_000));

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.True(refused.Refuses("Password"));
    }

    [Theory]
    [InlineData(MemberState.Unconfirmed, "Votre adresse n’est pas encore confirmée")]
    [InlineData(MemberState.AwaitingApproval, "L’équipe doit encore valider votre compte")]
    [InlineData(MemberState.Suspended, "Ce compte est suspendu")]
    public async Task SignIn_ClosedAccount_ToldOnlyToWhoKnowsThePassword(MemberState state, string sentence)
    {
        var member = await MemberAsync("Anne Essai", state);

        var right = await Instance.Stranger().SignInAsync(member.Email!);
        var wrong = await Instance.Stranger().SignInAsync(member.Email!, "pas le bon mot de passe");

        Assert.Contains(sentence, right.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sentence, wrong.Text, StringComparison.Ordinal);
        Assert.Contains("incorrects", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_TooOftenFromOneAddress_SentenceAndReadingGoesOn()
    {
        await using var instance = await Instance.StartAsync(settings: ("Territoire:Limits:AccountPostsPerMinute", "3"));
        var visitor = instance.Stranger();

        for (var i = 0; i < 3; i++) Assert.Contains("incorrects", (await visitor.SignInAsync($"a{i}@essai.invalid")).Text, StringComparison.Ordinal);
        var refused = await visitor.SignInAsync("b@essai.invalid");
        var page = await visitor.OpenAsync("/connexion");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("Patientez quelques minutes", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    private async Task<Member> MemberAsync(string name, MemberState state = MemberState.Active)
    {
        var member = await stage.Scene.MemberAsync(name, state);
        await Instance.PasswordAsync(member);
        return member;
    }
}
