using System.Net;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Forms that make us write to somebody else: few mails, and the same answer whoever has an account.</summary>
public sealed class FloodTests(Stage stage) : IClassFixture<Stage>
{
    private static int _count;

    private Instance Instance => stage.Instance;

    [Theory]
    [InlineData("/connexion")]
    [InlineData("/mot-de-passe")]
    public async Task Link_KnownOrUnknownAddress_SameBody(string page)
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        var unknown = $"inconnue{Interlocked.Increment(ref _count)}@essai.invalid";

        // Beyond the third mail too, where nothing leaves any more.
        for (var i = 0; i < 5; i++)
        {
            var (known, nobody) = (await AskAsync(page, member.Email!), await AskAsync(page, unknown));
            Assert.Equal(HttpStatusCode.OK, known.Status);
            Assert.Contains($"Si un compte existe pour {member.Email}, un lien vient de partir", known.Text, StringComparison.Ordinal);
            Assert.Equal(known.Comparable(member.Email!), nobody.Comparable(unknown));
        }

        Assert.Equal(3, (await Instance.LettersAsync(member.Email)).Count);
        Assert.Empty(await Instance.LettersAsync(unknown));
    }

    [Theory]
    [InlineData("/connexion")]
    [InlineData("/mot-de-passe")]
    public async Task Link_AskedForFiftyTimesAtOnce_ThreeMailsAnHour(string page)
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(page, member.Email!)));
        var first = await Instance.LettersAsync(member.Email);
        Instance.Clock.Advance(TimeSpan.FromMinutes(61));
        await AskAsync(page, member.Email!);

        Assert.Equal(3, first.Count);
        Assert.Equal(4, (await Instance.LettersAsync(member.Email)).Count);
    }

    [Fact]
    public async Task Link_ByBothForms_CountedTogether()
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");

        for (var i = 0; i < 3; i++)
        {
            await AskAsync("/connexion", member.Email!);
            await AskAsync("/mot-de-passe", member.Email!);
        }

        Assert.Equal(3, (await Instance.LettersAsync(member.Email)).Count);
    }

    [Theory]
    [InlineData(MemberState.Suspended)]
    [InlineData(MemberState.AwaitingApproval)]
    [InlineData(MemberState.Gone)]
    public async Task Link_ClosedAccount_SameAnswerAndNoMail(MemberState state)
    {
        var member = await stage.Scene.MemberAsync("Anne Essai", state);

        var answer = await AskAsync("/connexion", member.Email!);

        Assert.Contains("un lien vient de partir", answer.Text, StringComparison.Ordinal);
        Assert.Empty(await Instance.LettersAsync(member.Email));
    }

    [Theory]
    [InlineData("/connexion")]
    [InlineData("/mot-de-passe")]
    public async Task Link_NotAnAddress_SentenceAtTheFieldAndTextKept(string page)
    {
        var refused = await AskAsync(page, "anne chez elle");

        Assert.True(refused.Refuses("Email"));
        Assert.Equal("anne chez elle", refused.ValueOf("Email"));
    }

    [Fact]
    public async Task Registration_FiftyTimesAtOnce_ThreeMailsToTheAddress()
    {
        await Instance.ChooseAsync(c => c with { Registration = Platform.Settings.RegistrationMode.Open });
        var email = $"visee{Interlocked.Increment(ref _count)}@essai.invalid";
        var visitor = Instance.Stranger();
        var page = await visitor.OpenAsync("/inscription");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => visitor.SendAsync(page, "[name='FullName']", ("FullName", $"Essai {i}"), ("Email", email), ("Password", Accounts.Password))));

        Assert.All(answers, a => Assert.Contains("Un message vient de partir", a.Text, StringComparison.Ordinal));
        Assert.Equal(3, (await Instance.LettersAsync(email)).Count);
    }

    private async Task<VisitedPage> AskAsync(string page, string email)
    {
        var visitor = Instance.Stranger();
        return page == "/connexion" ? await visitor.AskLinkAsync(email) : await visitor.SendAsync(await visitor.OpenAsync(page), "[name='Email']", ("Email", email));
    }
}
