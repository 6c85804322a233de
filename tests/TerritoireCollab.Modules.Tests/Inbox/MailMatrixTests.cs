using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>Who gets a mail: what happens × the level chosen × why somebody might be told. Each exactly once.</summary>
public sealed class MailMatrixTests(InboxStage stage) : IClassFixture<InboxStage>
{
    public static TheoryData<MailLevel> Levels => [.. Enum.GetValues<MailLevel>()];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task NewThread_EachReasonAtALevel_OneMailToWhoAskedOrIsNamed(MailLevel level)
    {
        var (author, plain, named, left) = (await PersonAsync("Autrice"), await PersonAsync("Simple"), await PersonAsync("Citée"), await PersonAsync("Partie"));
        var (outsider, closed) = (await PersonAsync("Dehors"), await stage.Scene.MemberAsync("Suspendue", MemberState.Suspended));
        var group = await GroupAsync(author, level, author, plain, named, closed);
        await stage.Scene.JoinAsync(group, left, level: MailLevel.Everything, state: MembershipState.Left);
        var word = Word();

        await stage.Scene.TopicAsync(group, author, "Un fil", $"{word} @{named.Handle} @{outsider.Handle} @{author.Handle}");
        await SettleTwiceAsync();

        string[] expected = level >= MailLevel.NewThreads ? ["Citée: mention", "Simple: groupe"] : ["Citée: mention"];
        Assert.Equal(expected, stage.ToldOf(word, author, plain, named, left, outsider, closed));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Answer_EachReasonAtALevel_OneMailToWhoAskedOrIsNamed(MailLevel level)
    {
        var (author, writer, plain, follower) = (await PersonAsync("Autrice"), await PersonAsync("Plume"), await PersonAsync("Simple"), await PersonAsync("Suiveuse"));
        var (muted, named, mutedNamed) = (await PersonAsync("Muette"), await PersonAsync("Citée"), await PersonAsync("Muette citée"));
        var group = await GroupAsync(author, level, author, writer, plain, follower, muted, named, mutedNamed);
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil");
        await FollowAsync(topic, follower, Following.Followed);
        foreach (var member in (Member[])[muted, mutedNamed]) await FollowAsync(topic, member, Following.Muted);
        var word = Word();

        await stage.Scene.AnswerAsync(topic, writer, $"{word} @{named.Handle} @{mutedNamed.Handle} @{writer.Handle}");
        await SettleTwiceAsync();

        // Called by name, one is told whatever was chosen; and never of what one wrote.
        string[] expected = level switch
        {
            MailLevel.Nothing => ["Citée: mention", "Muette citée: mention"],
            MailLevel.Everything => ["Autrice: auteur", "Citée: mention", "Muette citée: mention", "Simple: groupe", "Suiveuse: abonnement"],
            _ => ["Autrice: auteur", "Citée: mention", "Muette citée: mention", "Suiveuse: abonnement"],
        };
        Assert.Equal(expected, stage.ToldOf(word, author, writer, plain, follower, muted, named, mutedNamed));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task AnswerToAnAnswer_AtALevel_TellsWhoIsAnswered(MailLevel level)
    {
        var (author, first, writer) = (await PersonAsync("Autrice"), await PersonAsync("Première"), await PersonAsync("Plume"));
        var group = await GroupAsync(author, level, author, first, writer);
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil");
        var number = await stage.Scene.AnswerAsync(topic, first, "Une réponse.");
        var word = Word();

        await stage.Scene.AnswerAsync(topic, writer, word, replyTo: number);
        await SettleTwiceAsync();

        // The author of the thread follows it, as everybody who writes in it.
        string[] expected = level > MailLevel.Nothing ? ["Autrice: abonnement", "Première: auteur"] : [];
        Assert.Equal(expected, stage.ToldOf(word, author, first, writer));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Membership_EveryStep_OneMailToWhoItConcerns(MailLevel level)
    {
        var (owner, animator, member) = (await PersonAsync("Propriétaire"), await PersonAsync("Animatrice"), await PersonAsync("Membre"));
        var (accepted, refused, added) = (await PersonAsync("Acceptée"), await PersonAsync("Refusée"), await PersonAsync("Ajoutée"));
        var group = await GroupAsync(owner, level, owner, member);
        await stage.Scene.JoinAsync(group, animator, GroupRole.Animator, level: level);
        Member[] all = [owner, animator, member, accepted, refused, added];

        foreach (var asking in (Member[])[accepted, refused]) Assert.True((await (await stage.Instance.ProgramAsync(asking.Id)).PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Bonjour" })).IsSuccessStatusCode);
        await SettleTwiceAsync();
        using var browser = await stage.Instance.SignedInAsync(animator.Id);
        await browser.GestureAsync($"/groupes/{group.Slug}/membres", $"/groupes/{group.Slug}/demandes", ("accepter", accepted.Id.ToString()));
        await browser.GestureAsync($"/groupes/{group.Slug}/membres", $"/groupes/{group.Slug}/demandes", ("refuser", refused.Id.ToString()), ("mot", "Plus tard."));
        Assert.True((await (await stage.Instance.ProgramAsync(animator.Id)).PostAsJsonAsync($"groups/{group.Slug}/members", new { handle = added.Handle })).IsSuccessStatusCode);
        using var hers = await stage.Instance.SignedInAsync(owner.Id);
        await hers.GestureAsync("/groupes", $"/groupes/{group.Slug}/membres/{member.Id}/cession");
        await SettleTwiceAsync();

        Assert.Equal(["Animatrice: animation", "Animatrice: animation", "Propriétaire: animation", "Propriétaire: animation"], stage.ToldOf($"demande à entrer dans le groupe « {group.Name} »", all));
        Assert.Equal(["Acceptée: personnel"], stage.ToldOf($"a accepté votre demande : vous faites partie du groupe « {group.Name} »", all));
        Assert.Equal(["Membre: personnel"], stage.ToldOf($"Vous êtes propriétaire du groupe « {group.Name} »", all));
        Assert.Equal(["Refusée: personnel"], stage.ToldOf($"n’a pas donné suite à votre demande pour le groupe « {group.Name} »", all));
        Assert.Equal(["Ajoutée: personnel"], stage.ToldOf($"vous a fait entrer dans le groupe « {group.Name} ».\n\n{group.Summary}", all));
    }

    [Fact]
    public async Task Reaction_OnAThread_ToldOnTheSiteOnly()
    {
        var (author, reader) = (await PersonAsync("Autrice"), await PersonAsync("Lectrice"));
        var group = await GroupAsync(author, MailLevel.Everything, author, reader);
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil");
        await SettleTwiceAsync();
        var before = stage.MailsTo(author).Count;
        using var browser = await stage.Instance.SignedInAsync(reader.Id);

        var answer = await browser.GestureAsync($"/groupes/{group.Slug}", $"/contenus/{topic}/reactions", ("numero", "0"), ("reaction", "Thanks"), ("donnee", "true"));
        await SettleTwiceAsync();

        Assert.True((int)answer.StatusCode < 400, answer.StatusCode.ToString());
        await using var db = stage.Instance.Open(Viewer.Member(author.Id));
        Assert.Equal(1, await db.Notifications.CountAsync(n => n.MemberId == author.Id && n.Activity!.Kind == ActivityKinds.Reacted));
        Assert.Equal(before, stage.MailsTo(author).Count);
    }

    [Fact]
    public async Task Outsider_NamedInAPublicThread_OneMail()
    {
        var (author, outsider) = (await PersonAsync("Autrice"), await PersonAsync("Dehors"));
        var group = await GroupAsync(author, MailLevel.Everything, author);
        var word = Word();

        await stage.Scene.TopicAsync(group, author, "Un fil", $"{word} @{outsider.Handle}", Audience.Platform);
        await SettleTwiceAsync();

        Assert.Equal(["Dehors: mention"], stage.ToldOf(word, author, outsider));
    }

    [Fact]
    public async Task Consumers_InTwoProcessesAtOnceAndAgain_StillOneMailEach()
    {
        await using var one = await Instance.StartAsync(DatabaseProvider.PostgreSql, manualClock: true);
        await using var other = await one.SecondAsync();
        var scene = new Scene(one);
        var (author, reader) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", author);
        await scene.JoinAsync(group, reader, level: MailLevel.Everything);
        var topic = await scene.TopicAsync(group, author, "Un fil");
        for (var i = 0; i < 6; i++) await scene.AnswerAsync(topic, author, $"réponse {i}");

        await BothAsync(p => p.Services.GetRequiredService<Dispatcher>().RunOnceAsync(default));
        // As after a crash between the consumers and the record of their success.
        await using (var db = one.Open(Viewer.System))
            await db.Activities.ExecuteUpdateAsync(set => set.SetProperty(a => a.DispatchedAt, (DateTime?)null).SetProperty(a => a.LeaseUntil, (DateTime?)null));
        await BothAsync(p => p.Services.GetRequiredService<Dispatcher>().RunOnceAsync(default));
        await BothAsync(p => p.Services.GetRequiredService<MailWorker>().RunOnceAsync(default));
        await BothAsync(p => p.Services.GetRequiredService<MailWorker>().RunOnceAsync(default));

        var mails = ReceivedMail.AllOf(one);
        Assert.Equal(7, mails.Count(m => m.To == reader.Email));
        Assert.Equal(7, mails.Select(m => m.Field("Message-ID")).Distinct().Count());
        await using var after = one.Open(Viewer.System);
        Assert.Equal(7, await after.Mails.CountAsync(m => m.State == MailState.Sent));

        Task BothAsync(Func<Instance, Task<int>> run) => Task.WhenAll(Task.Run(() => run(one)), Task.Run(() => run(other)));
    }

    // Words that no other test writes.
    private static string Word() => $"mot{Guid.CreateVersion7():N}";

    private Task<Member> PersonAsync(string name) => stage.Scene.MemberAsync(name);

    private async Task<Group> GroupAsync(Member owner, MailLevel level, params Member[] members)
    {
        var group = await stage.Scene.GroupAsync("Groupe " + Word()[^8..], owner);
        foreach (var member in members) await stage.Scene.JoinAsync(group, member, member == owner ? GroupRole.Owner : GroupRole.Member, level: level);
        return group;
    }

    private async Task FollowAsync(string topic, Member member, Following following)
    {
        using var browser = await stage.Instance.SignedInAsync(member.Id);
        var answer = await browser.GestureAsync("/groupes", $"/contenus/{topic}/suivi", ("suivi", following.ToString()));
        Assert.True((int)answer.StatusCode < 400, answer.StatusCode.ToString());
    }

    // Running what follows a commit again changes nothing.
    private async Task SettleTwiceAsync()
    {
        await stage.DecideAsync();
        await using (var db = stage.Instance.Open(Viewer.System))
            await db.Activities.ExecuteUpdateAsync(set => set.SetProperty(a => a.DispatchedAt, (DateTime?)null));
        await stage.DecideAsync();
        await stage.SendAsync();
        await stage.SendAsync();
    }
}
