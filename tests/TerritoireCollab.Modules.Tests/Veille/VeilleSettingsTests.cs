using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>How a group runs its veille, by the page of its settings.</summary>
public sealed class VeilleSettingsTests(BoardStage stage) : IClassFixture<BoardStage>
{
    [Fact]
    public async Task Settings_Saved_AreThoseOfTheBoard()
    {
        var (board, hands, _) = await stage.BoardAsync();

        var page = await SaveAsync(hands, board, ("Form.Name", " La revue du pays "), ("Form.Rubrics", " Numérique \r\n\r\nEmploi\r\nnumérique\r\n"), ("Form.Audience", "Public"), ("Form.Day", "Monday"), ("Form.Hour", "7"), ("Form.FirstNumber", "48"), ("Form.ListsSources", "true"));

        Assert.Contains("Les réglages sont enregistrés.", page.Text, StringComparison.Ordinal);
        var profile = await ProfileAsync(board);
        Assert.Equal(("La revue du pays", "Numérique\nEmploi", Audience.Public, DayOfWeek.Monday, 7, 48, true), (profile.Name, profile.Rubrics, profile.Audience, profile.Day, profile.Hour, profile.FirstNumber, profile.ListsSources));
        var shown = await hands.OpenAsync(board.Address);
        Assert.Contains("Revue n° 48", shown.Text, StringComparison.Ordinal);
        Assert.Contains("lundi", shown.Text, StringComparison.Ordinal);
        Assert.Equal(["Numérique", "Emploi"], shown.Document.QuerySelectorAll(".fiches-rubrique").Select(r => r.FirstChild!.TextContent.Trim()));
    }

    [Theory]
    [InlineData("Form.Hour", "24")]
    [InlineData("Form.Hour", "midi")]
    [InlineData("Form.Day", "9")]
    [InlineData("Form.Day", "")]
    [InlineData("Form.Audience", "Tous")]
    [InlineData("Form.FirstNumber", "0")]
    [InlineData("Form.FirstNumber", "douze")]
    public async Task Field_Wrong_RefusedThereAndTheRestIsKept(string field, string value)
    {
        var (board, hands, _) = await stage.BoardAsync();

        var page = await SaveAsync(hands, board, ("Form.Name", "Un nom gardé"), (field, value));

        Assert.Contains("encart", page.Body.Replace("erreurs", "encart", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($".erreurs a[href*='{field.Replace('.', '-')}'], .champ-erreur"));
        Assert.Equal("Un nom gardé", page.ValueOf("Form.Name"));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Set<VeilleProfile>().AnyAsync(p => p.GroupId == board.Group.Id));
    }

    [Fact]
    public async Task Rubrics_TooManyOrTooLong_RefusedAndKept()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var many = string.Join('\n', Enumerable.Range(1, 21).Select(n => $"Rubrique {n}"));

        var page = await SaveAsync(hands, board, ("Form.Rubrics", many));
        Assert.Contains("Pas plus de 20 rubriques : vous en avez 21.", page.Text, StringComparison.Ordinal);
        Assert.Equal(many, page.ValueOf("Form.Rubrics"));

        page = await SaveAsync(hands, board, ("Form.Rubrics", new string('r', PoolEntry.RubricLength + 1)));
        Assert.True(page.Refuses("Form.Rubrics"));
        page = await SaveAsync(hands, board, ("Form.Rubrics", $"{string.Join('\n', Enumerable.Range(1, 19).Select(n => $"R{n}"))}\n{new string('r', PoolEntry.RubricLength)}"));
        Assert.Equal(20, (await ProfileAsync(board)).Rubrics.Split('\n').Length);
    }

    [Fact]
    public async Task Audience_BeyondTheCeiling_NotOfferedAndRefused()
    {
        var owner = await stage.Scene.MemberAsync("Claire Montélier");
        var board = await VeilleBoard.CreateAsync(stage.Scene, owner, visibility: GroupVisibility.Hidden);
        var hands = await stage.HandsAsync(owner);

        var page = await hands.OpenAsync(Address(board));
        Assert.Equal(["Group"], page.Document.QuerySelectorAll("[name='Form.Audience']").Select(r => r.GetAttribute("value")));
        Assert.NotNull(page.Document.QuerySelector("[name='Form.Audience'][checked]"));
        page = await SaveAsync(hands, board, ("Form.Audience", "Public"));

        Assert.Contains("dans la limite du groupe", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstNumber_WithAnIssueInTheMaking_GoesAlongAndOnceOneIsPublishedNoMore()
    {
        var (board, hands, _) = await stage.BoardAsync();
        await hands.DoAsync(board, "placer", [await board.CardAsync("A")]);

        await SaveAsync(hands, board, ("Form.FirstNumber", "12"));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(12, await db.Set<Issue>().Where(i => i.GroupId == board.Group.Id).Select(i => i.Number).SingleAsync());
        await db.Set<Issue>().Where(i => i.GroupId == board.Group.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IssueState.Published));

        var page = await hands.OpenAsync(Address(board));
        Assert.Null(page.Document.QuerySelector("[name='Form.FirstNumber']"));
        await SaveAsync(hands, board, ("Form.FirstNumber", "50"));
        Assert.Equal(12, (await ProfileAsync(board)).FirstNumber);
        Assert.Contains("Revue n° 13", (await hands.OpenAsync(board.Address)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TerritoryRevue_ChosenByAnAdministrator_IsOfOneGroup()
    {
        var admin = await stage.Scene.MemberAsync("Aline Gardanne", admin: true);
        var (first, second) = (await VeilleBoard.CreateAsync(stage.Scene, admin), await VeilleBoard.CreateAsync(stage.Scene, admin));
        var hands = await stage.HandsAsync(admin);

        await SaveAsync(hands, first, ("Form.ServesTerritory", "true"));
        var page = await hands.OpenAsync(Address(second));
        Assert.Contains($"celle du groupe « {first.Group.Name} »", page.Text, StringComparison.Ordinal);
        await SaveAsync(hands, second, ("Form.ServesTerritory", "true"));

        Assert.Equal((false, true), ((await ProfileAsync(first)).ServesTerritory, (await ProfileAsync(second)).ServesTerritory));
        await SaveAsync(hands, second, ("Form.ServesTerritory", null));
        Assert.False((await ProfileAsync(second)).ServesTerritory);
    }

    [Fact]
    public async Task TerritoryRevue_AskedByAnAnimator_IsNotHeard()
    {
        var (board, hands, _) = await stage.BoardAsync();

        Assert.Null((await hands.OpenAsync(Address(board))).Document.QuerySelector("[name='Form.ServesTerritory']"));
        await SaveAsync(hands, board, ("Form.ServesTerritory", "true"));

        Assert.False((await ProfileAsync(board)).ServesTerritory);
    }

    [Fact]
    public async Task Settings_ToWhoeverDoesNotCurate_AreNotThere()
    {
        var (board, _, _) = await stage.BoardAsync();
        var member = await stage.HandsAsync(await stage.MemberAsync(board, "Un membre", GroupRole.Member));
        var stranger = await stage.HandsAsync(await stage.Scene.MemberAsync("Une autre", admin: true));

        Assert.Equal(HttpStatusCode.NotFound, (await member.OpenAsync(Address(board))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(Address(board))).Status);
    }

    private static string Address(VeilleBoard board) => $"/groupes/{board.Group.Slug}/veille/reglages";

    private static async Task<VisitedPage> SaveAsync(Visitor hands, VeilleBoard board, params (string Name, string? Value)[] fields) =>
        await hands.SendAsync(await hands.OpenAsync(Address(board)), "[name='Form.Name']", fields);

    private async Task<VeilleProfile> ProfileAsync(VeilleBoard board)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<VeilleProfile>().AsNoTracking().SingleAsync(p => p.GroupId == board.Group.Id);
    }
}
