using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>One-time links by mail: used once, by posting, in time, and void as soon as something else made them dangerous.</summary>
public sealed class MailedLinkTests(Stage stage) : IClassFixture<Stage>
{
    private const string Dead = "Ce lien n’est plus valable";

    private Instance Instance => stage.Instance;

    [Fact]
    public async Task Link_OpenedOnly_ChangesNothing()
    {
        var (member, link) = await MemberWithLinkAsync();
        var scanner = Instance.Stranger();

        for (var i = 0; i < 3; i++) Assert.Contains("Bonjour Anne Essai", (await scanner.OpenAsync(link)).Text, StringComparison.Ordinal);

        Assert.StartsWith("/connexion", (await scanner.OpenAsync("/annuaire")).Address, StringComparison.Ordinal);
        await using var db = Instance.Open(Viewer.System);
        Assert.Null((await db.MailedLinks.SingleAsync(l => l.MemberId == member.Id)).UsedAt);
        Assert.Equal(0, await db.Sessions.CountAsync(s => s.MemberId == member.Id));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Link_PostedTwentyTimesAtOnce_OneComesIn(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var member = await new Scene(instance).MemberAsync("Anne Essai");
        await instance.Stranger().AskLinkAsync(member.Email!);
        var link = await instance.LinkAsync(member.Email);
        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var visitor = instance.Stranger();
            return (Visitor: visitor, Page: await visitor.OpenAsync(link));
        }));

        var answers = await Task.WhenAll(opened.Select(o => o.Visitor.SendAsync(o.Page, "main form")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(19, answers.Count(a => a.Text.Contains(Dead, StringComparison.Ordinal)));
        Assert.Equal("/", Assert.Single(answers, a => a.Text.Contains("Bonjour Anne", StringComparison.Ordinal)).Address);
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(1, await db.Sessions.CountAsync(s => s.MemberId == member.Id));
    }

    [Theory]
    [InlineData("/connexion", 59, false)]
    [InlineData("/connexion", 61, true)]
    [InlineData("/mot-de-passe", 59, false)]
    [InlineData("/mot-de-passe", 61, true)]
    public async Task Link_AfterAnHour_Dead(string page, int minutes, bool dead)
    {
        var (_, link) = await MemberWithLinkAsync(page);
        var visitor = Instance.Stranger();
        var opened = await visitor.OpenAsync(link);

        Instance.Clock.Advance(TimeSpan.FromMinutes(minutes));
        var shown = await visitor.OpenAsync(link);
        var posted = await visitor.SendAsync(opened, "main form", page == "/mot-de-passe" ? [("Password", "cinq marmottes grises")] : []);

        Assert.Equal(dead, shown.Text.Contains(Dead, StringComparison.Ordinal));
        Assert.Equal(dead, posted.Text.Contains(Dead, StringComparison.Ordinal));
    }

    /// <summary>What makes links on their way void.</summary>
    public enum Cause
    {
        /// <summary>Another link of the same purpose was used.</summary>
        AnotherUsed,
        /// <summary>The address changed, and changed back.</summary>
        AddressChangedAndBack,
        /// <summary>The password was changed on the account page.</summary>
        PasswordChanged,
        /// <summary>A new password was chosen by a link.</summary>
        PasswordReset,
        /// <summary>An administrator suspended the member, and let them in again.</summary>
        SuspendedAndBack,
        /// <summary>An administrator closed everything.</summary>
        EverythingClosed,
    }

    /// <summary>Each kind of link by each cause; one link may stay when another of a different kind is used.</summary>
    public static TheoryData<string, Cause> Voids { get; } =
    [
        .. from page in new[] { "/connexion", "/mot-de-passe" } from cause in Enum.GetValues<Cause>() select new TheoryDataRow<string, Cause>(page, cause),
    ];

    [Theory]
    [MemberData(nameof(Voids))]
    public async Task Link_OnItsWay_VoidAfter(string page, Cause cause)
    {
        var (member, link) = await MemberWithLinkAsync(page);
        var before = await Instance.Stranger().OpenAsync(link);

        await HappenAsync(member, page, cause);

        Assert.DoesNotContain(Dead, before.Text, StringComparison.Ordinal);
        Assert.Contains(Dead, (await Instance.Stranger().OpenAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(MemberState.Active, (await Instance.MemberAsync(member.Email))?.State);
    }

    [Fact]
    public async Task Link_OfAnotherPurpose_StaysWhenOneIsUsed()
    {
        var (member, reset) = await MemberWithLinkAsync("/mot-de-passe");
        var visitor = Instance.Stranger();

        await visitor.AskLinkAsync(member.Email!);
        await visitor.SendAsync(await visitor.OpenAsync(await Instance.LinkAsync(member.Email)), "main form");

        Assert.Contains("Choisir un nouveau mot de passe", (await visitor.OpenAsync(reset)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_NewPassword_EveryDeviceOutAndTheHolderTold()
    {
        var (member, link) = await MemberWithLinkAsync("/mot-de-passe");
        await Instance.PasswordAsync(member);
        var (desk, phone, visitor) = (await Instance.VisitorAsync(member), await Instance.VisitorAsync(member), Instance.Stranger());

        var done = await visitor.SendAsync(await visitor.OpenAsync(link), "main form", ("Password", "cinq marmottes grises"));

        Assert.Equal("/connexion?fait=mot-de-passe", done.Address);
        foreach (var device in new[] { desk, phone, visitor }) Assert.StartsWith("/connexion", (await device.OpenAsync("/moi")).Address, StringComparison.Ordinal);
        Assert.Contains("vient d’être changé", (await Instance.LettersAsync(member.Email))[^1].TextBody, StringComparison.Ordinal);
        Assert.Contains("incorrects", (await visitor.SignInAsync(member.Email!)).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await visitor.SignInAsync(member.Email!, "cinq marmottes grises")).Address);
    }

    [Fact]
    public async Task Reset_WeakPassword_SentenceAndTheLinkStillServes()
    {
        var (_, link) = await MemberWithLinkAsync("/mot-de-passe");
        var visitor = Instance.Stranger();

        var refused = await visitor.SendAsync(await visitor.OpenAsync(link), "main form", ("Password", "Anne Essai Anne Essai"));
        var done = await visitor.SendAsync(refused, "main form", ("Password", "cinq marmottes grises"));

        Assert.True(refused.Refuses("Password"));
        Assert.DoesNotContain("Anne Essai Anne Essai", refused.Body, StringComparison.Ordinal);
        Assert.Equal("/connexion?fait=mot-de-passe", done.Address);
    }

    private async Task<(Member Member, string Link)> MemberWithLinkAsync(string page = "/connexion")
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        return (member, await LinkAsync(member, page));
    }

    private async Task<string> LinkAsync(Member member, string page)
    {
        var visitor = Instance.Stranger();
        if (page == "/connexion") await visitor.AskLinkAsync(member.Email!);
        else await visitor.SendAsync(await visitor.OpenAsync(page), "[name='Email']", ("Email", member.Email));
        return await Instance.LinkAsync(member.Email);
    }

    private async Task HappenAsync(Member member, string page, Cause cause)
    {
        switch (cause)
        {
            case Cause.AnotherUsed:
                await UseAsync(await LinkAsync(member, page));
                break;
            case Cause.AddressChangedAndBack:
                await MoveAsync(member, "nouvelle." + member.Email);
                await MoveAsync(member, member.Email!);
                break;
            case Cause.PasswordChanged:
                await Instance.PasswordAsync(member);
                var visitor = await Instance.VisitorAsync(member);
                var changed = await visitor.SendAsync(await visitor.OpenAsync("/moi/compte"), "[name='NewPassword']", ("OldPassword", Accounts.Password), ("NewPassword", "cinq marmottes grises"));
                Assert.Equal("/moi/compte?fait=mot-de-passe", changed.Address);
                break;
            case Cause.PasswordReset:
                await UseAsync(await LinkAsync(member, "/mot-de-passe"));
                break;
            case Cause.SuspendedAndBack:
                await AdministerAsync(member, "[name='Reason']");
                await AdministerAsync(member, "[formaction$='/retablir']");
                break;
            default:
                await AdministerAsync(member, "[formaction$='/sessions']");
                break;
        }
    }

    private async Task UseAsync(string link)
    {
        var visitor = Instance.Stranger();
        var used = await visitor.SendAsync(await visitor.OpenAsync(link), "main form", ("Password", "cinq marmottes grises"));
        Assert.DoesNotContain(Dead, used.Text, StringComparison.Ordinal);
    }

    private async Task MoveAsync(Member member, string email)
    {
        await Instance.PasswordAsync(member);
        var visitor = await Instance.VisitorAsync(member);
        await visitor.SendAsync(await visitor.OpenAsync("/moi/compte"), "[name='NewEmail']", ("NewEmail", email), ("CurrentPassword", Accounts.Password));
        var letter = (await Instance.LettersAsync(email)).Last(l => l.Kind == "compte.adresse");
        await visitor.SendAsync(await visitor.OpenAsync(Accounts.LinkIn(letter)), "main form");
        Assert.NotNull(await Instance.MemberAsync(email));
    }

    private async Task AdministerAsync(Member member, string button)
    {
        var admin = await Instance.VisitorAsync(await stage.Scene.MemberAsync("Ada Admin", admin: true));
        var done = await admin.SendAsync(await admin.OpenAsync($"/administration/membres/{member.Id}"), button);
        Assert.Contains("fait=", done.Address, StringComparison.Ordinal);
    }
}
