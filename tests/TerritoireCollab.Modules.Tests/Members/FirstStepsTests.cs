using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>The first sign-in: me, my groups, my mail; and on to where one wanted.</summary>
public sealed class FirstStepsTests(Stage stage) : IClassFixture<Stage>
{
    private Instance Instance => stage.Instance;

    [Fact]
    public async Task FirstSignIn_ThreeSteps_EachSavedAndTheReturnKept()
    {
        var owner = await stage.Scene.MemberAsync("Guy Guide");
        var group = await stage.Scene.GroupAsync("Rivières", owner, joining: GroupJoining.Free);
        var (member, visitor) = await NewcomerAsync();

        var first = await visitor.SendAsync(await visitor.OpenAsync("/annuaire?q=maire"), "[name='Password']", ("Email", member.Email), ("Password", Accounts.Password));
        var second = await visitor.SendAsync(first, "[name='FullName']", [("Photo", "moi.png", Pictures.Png())], ("FullName", "Nora Neuve"), ("Function", "maire"), ("Organisation", "Commune de Valrêve"), ("OrganisationKind", "collectivite"));
        var joined = await visitor.SendAsync(second, $"[formaction='groupes/{group.Slug}/adhesion']");
        var third = await visitor.OpenAsync("/" + joined.Document.QuerySelector("main .actions a.bouton")!.GetAttribute("href"));
        var end = await visitor.SendAsync(third, "[name='Level']", ("Level", "rien"));

        Assert.Equal("/bienvenue?retour=%2Fannuaire%3Fq%3Dmaire", first.Address);
        Assert.Contains("Rivières", second.Text, StringComparison.Ordinal);
        Assert.Contains("Vous y êtes", joined.Text, StringComparison.Ordinal);
        Assert.StartsWith("/bienvenue?etape=3&retour=", third.Address, StringComparison.Ordinal);
        Assert.Equal("/annuaire?q=maire", end.Address);
        await using var db = Instance.Open(Viewer.System);
        var now = await db.Members.Include(m => m.Affiliations).ThenInclude(a => a.Organisation).SingleAsync(m => m.Id == member.Id);
        Assert.Equal(("Nora Neuve", "maire", true), (now.Name, now.Function, now.Welcomed));
        Assert.NotNull(now.PhotoFileId);
        Assert.Equal(("Commune de Valrêve", OrganisationKind.LocalAuthority), (now.Affiliations.Single().Organisation!.Name, now.Affiliations.Single().Organisation!.Kind));
        Assert.Equal(MailLevel.Nothing, (await db.Memberships.SingleAsync(m => m.MemberId == member.Id)).MailLevel);
    }

    [Fact]
    public async Task FirstSignIn_EveryStepSkipped_ThereAtOnceAndNotAskedAgain()
    {
        var (member, visitor) = await NewcomerAsync();

        var first = await visitor.SendAsync(await visitor.OpenAsync("/organisations"), "[name='Password']", ("Email", member.Email), ("Password", Accounts.Password));
        var second = await visitor.OpenAsync("/" + first.Document.QuerySelector("main form .actions a")!.GetAttribute("href"));
        var third = await visitor.OpenAsync("/" + second.Document.QuerySelector("main .actions a.bouton")!.GetAttribute("href"));
        var end = await visitor.SendAsync(third, "[name='Skip']");
        var again = await Instance.Stranger().SignInAsync(member.Email!);

        Assert.Equal("/organisations", end.Address);
        Assert.Equal("/", again.Address);
    }

    [Theory]
    [InlineData("FullName", " ")]
    [InlineData("FullName", "long")]
    [InlineData("Function", "long")]
    [InlineData("Organisation", "long")]
    public async Task StepOne_BadField_SentenceAtTheFieldAndTextKept(string field, string typed)
    {
        var (member, visitor) = await NewcomerAsync();
        var value = typed == "long" ? new string('é', 151) : typed;
        (string Name, string? Value)[] sound = [("FullName", "Nora Neuve"), ("Function", "maire"), ("Organisation", "Commune de Valrêve"), ("OrganisationKind", "collectivite")];
        (string Name, string? Value)[] fields = [.. sound.Where(f => f.Name != field), (field, value)];

        var refused = await visitor.SendAsync(await visitor.SignInAsync(member.Email!), "[name='FullName']", fields);

        Assert.True(refused.Refuses(field));
        Assert.All(fields, f => Assert.Equal(f.Value, refused.ValueOf(f.Name)));
    }

    [Fact]
    public async Task StepOne_NotAPhoto_SentenceAtTheField()
    {
        var (member, visitor) = await NewcomerAsync();

        var refused = await visitor.SendAsync(await visitor.SignInAsync(member.Email!), "[name='FullName']", [("Photo", "moi.png", "<svg/>"u8.ToArray())], ("FullName", "Nora Neuve"));

        Assert.True(refused.Refuses("Photo"));
        Assert.Equal("Nora Neuve", refused.ValueOf("FullName"));
    }

    private async Task<(Member Member, Visitor Visitor)> NewcomerAsync()
    {
        var member = await stage.Scene.MemberAsync("Nora Nouvelle");
        await Instance.PasswordAsync(member);
        await using var db = Instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Welcomed, false));
        return (member, Instance.Stranger());
    }
}
