using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Changing the address of an account.</summary>
public sealed class AddressTests(Stage stage) : IClassFixture<Stage>
{
    private const string Page = "/moi/compte";
    private const string Dead = "Ce lien n’est plus valable";

    private static int _count;

    private Instance Instance => stage.Instance;

    [Fact]
    public async Task Change_Confirmed_NewAddressSignsInAndTheOldOneIsTold()
    {
        var (member, visitor) = await MemberAsync();
        var email = NewEmail();

        var asked = await AskAsync(visitor, email);
        var meanwhile = await Instance.Stranger().SignInAsync(member.Email!);
        var confirmed = await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync(email)), "main form");

        Assert.Equal("/moi/compte?fait=adresse-demandee", asked.Address);
        Assert.Equal("/", meanwhile.Address);
        Assert.Equal("/moi/compte?fait=adresse", confirmed.Address);
        Assert.Contains($"Adresse actuelle : {email}", confirmed.Text, StringComparison.Ordinal);
        Assert.Equal(["avis.demande.adresse", "avis.adresse"], (await Instance.LettersAsync(member.Email)).Select(l => l.Kind));
        Assert.All(await Instance.LettersAsync(member.Email), l => Assert.Contains(email, l.TextBody, StringComparison.Ordinal));
        Assert.Contains("incorrects", (await Instance.Stranger().SignInAsync(member.Email!)).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await Instance.Stranger().SignInAsync(email)).Address);
    }

    [Theory]
    [InlineData("", "Écrivez votre mot de passe actuel.")]
    [InlineData("pas le bon mot de passe", "Ce n’est pas votre mot de passe actuel.")]
    public async Task Change_WithoutTheRightPassword_SentenceAtTheFieldAndAddressKept(string password, string sentence)
    {
        var (_, visitor) = await MemberAsync();
        var email = NewEmail();

        var refused = await AskAsync(visitor, email, password);

        Assert.True(refused.Refuses("CurrentPassword"));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal(email, refused.ValueOf("NewEmail"));
        Assert.Empty(await Instance.LettersAsync(email));
    }

    [Fact]
    public async Task Change_ToOnesOwnAddress_Sentence()
    {
        var (member, visitor) = await MemberAsync();

        var refused = await AskAsync(visitor, member.Email!.ToUpperInvariant());

        Assert.True(refused.Refuses("NewEmail"));
        Assert.Contains("C’est déjà votre adresse", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_AskedForTwice_OnlyTheLastLinkServes()
    {
        var (_, visitor) = await MemberAsync();
        var (first, second) = (NewEmail(), NewEmail());

        await AskAsync(visitor, first);
        await AskAsync(visitor, second);
        var earlier = await visitor.OpenAsync(await Instance.LinkAsync(first));
        var last = await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync(second)), "main form");

        Assert.Contains(Dead, earlier.Text, StringComparison.Ordinal);
        Assert.Contains($"Adresse actuelle : {second}", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ToAnAddressThatSomebodyHas_SameAnswerAndAWordToTheHolder()
    {
        var ((one, visitor), (_, other)) = (await MemberAsync(), await MemberAsync());
        var holder = await stage.Scene.MemberAsync("Hans Hôte");
        var free = NewEmail();

        var taken = await AskAsync(visitor, holder.Email!);
        var open = await AskAsync(other, free);

        Assert.Equal(open.Address, taken.Address);
        Assert.Contains("Le lien est parti vers la nouvelle adresse", taken.Text, StringComparison.Ordinal);
        var letter = Assert.Single(await Instance.LettersAsync(holder.Email));
        Assert.Contains("a demandé à utiliser votre adresse", letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(one.Email!, letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("/lien/", letter.TextBody, StringComparison.Ordinal);
        Assert.Equal("avis.demande.adresse", Assert.Single(await Instance.LettersAsync(one.Email)).Kind);
    }

    [Fact]
    public async Task Change_TwoAccountsToTheSameAddress_TheFirstToConfirmHasIt()
    {
        var ((_, one), (_, other)) = (await MemberAsync(), await MemberAsync());
        var email = NewEmail();
        await AskAsync(one, email);
        await AskAsync(other, email);
        var opened = await Task.WhenAll((await Instance.LettersAsync(email)).Select(async l =>
        {
            var visitor = Instance.Stranger();
            return (Visitor: visitor, Page: await visitor.OpenAsync(Accounts.LinkIn(l)));
        }));

        var answers = await Task.WhenAll(opened.Select(o => o.Visitor.SendAsync(o.Page, "main form")));

        Assert.Equal(2, answers.Length);
        Assert.Single(answers, a => a.Text.Contains(Dead, StringComparison.Ordinal));
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Members.CountAsync(m => m.Email == email));
    }

    [Fact]
    public async Task Change_AskedForFiftyTimes_ThreeLinksAndThreeNotices()
    {
        var (member, visitor) = await MemberAsync();
        var page = await visitor.OpenAsync(Page);
        var emails = Enumerable.Range(0, 50).Select(_ => NewEmail()).ToList();

        var answers = await Task.WhenAll(emails.Select(e => visitor.SendAsync(page, "[name='NewEmail']", ("NewEmail", e), ("CurrentPassword", Accounts.Password))));

        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(3, await db.Mails.CountAsync(m => emails.Contains(m.ToAddress)));
        Assert.Equal(3, (await Instance.LettersAsync(member.Email)).Count);
        Assert.Equal(1, await db.MailedLinks.CountAsync(l => l.MemberId == member.Id && l.UsedAt == null));
        Assert.Contains(answers, a => a.Address == "/moi/compte?fait=adresse-demandee");
    }

    [Fact]
    public async Task Change_ManyAccountsToOneMailboxInAnyCase_ThreeLinks()
    {
        var email = NewEmail();
        string[] typed = [email, email.ToUpperInvariant(), "N" + email[1..], email, email.ToUpperInvariant()];

        foreach (var address in typed)
        {
            var asked = await AskAsync((await MemberAsync()).Visitor, address);
            Assert.Equal("/moi/compte?fait=adresse-demandee", asked.Address);
        }

        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(3, await db.Mails.CountAsync(m => typed.Contains(m.ToAddress)));
    }

    private static string NewEmail() => $"nouvelle{Interlocked.Increment(ref _count):000}@essai.invalid";

    private async Task<(Member Member, Visitor Visitor)> MemberAsync()
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        await Instance.PasswordAsync(member);
        return (member, await Instance.VisitorAsync(member));
    }

    private static async Task<VisitedPage> AskAsync(Visitor visitor, string email, string password = Accounts.Password) =>
        await visitor.SendAsync(await visitor.OpenAsync(Page), "[name='NewEmail']", ("NewEmail", email), ("CurrentPassword", password));
}
