using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>What waits for a member in the tools stands on the home page, the soonest first, until it is done.</summary>
public sealed class HomeTasksTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Home_VoteAnswerAndEventAhead_ShownUntilGiven()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: member);
        await stage.Scene.TurnOnAsync(group);
        var poll = await stage.Scene.PollAsync(group, owner, "Quel jour pour la réunion ?");
        var questionnaire = await stage.Scene.QuestionnaireAsync(group, owner, "Vos besoins", parts: [new() { Kind = PartKind.ShortText, Text = "Lesquels ?" }]);
        var planned = await stage.Scene.EventAsync(group, owner, "Réunion des communes", inDays: 3);
        await stage.Scene.EventAsync(group, owner, "Une autre réunion", inDays: 4);
        await stage.Scene.ComeAsync(planned, member);
        var visitor = await stage.AsAsync(member);

        var before = await TasksAsync(visitor);
        await stage.Scene.VoteAsync(poll, member, 1);
        await stage.Scene.AnswerQuestionnaireAsync(questionnaire, member, "Une borne.");
        var after = await TasksAsync(visitor);

        Assert.Equal(["Quel jour pour la réunion ?", "Réunion des communes", "Vos besoins"], before.Order(StringComparer.Ordinal));
        Assert.Equal(["Réunion des communes"], after);
        Assert.DoesNotContain("Réunion des communes", await TasksAsync(await stage.AsAsync(owner)));
    }

    [Fact]
    public async Task Home_ToolTurnedOffOrGroupLeft_NothingWaits()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: member);
        await stage.Scene.TurnOnAsync(group);
        await stage.Scene.PollAsync(group, owner, "Une question du groupe");
        var visitor = await stage.AsAsync(member);
        Assert.Contains("Une question du groupe", await TasksAsync(visitor));

        await visitor.PostAsync($"/groupes/{group.Slug}/depart");

        Assert.DoesNotContain("Une question du groupe", await TasksAsync(visitor));
    }

    private static async Task<IReadOnlyList<string>> TasksAsync(Visitor visitor) =>
        [.. (await visitor.OpenAsync("/")).Document.QuerySelectorAll("section[aria-labelledby='a-faire'] li a").Select(a => a.TextContent.Trim())];
}
