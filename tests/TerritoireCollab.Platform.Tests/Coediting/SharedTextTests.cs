using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Coediting;
using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Coediting;

/// <summary>Several editors on one text through the socket of a running host: who is let in, what is kept, what each sees.</summary>
public sealed class SharedTextTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SharedTopics _topics = new();
    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;
    private string _page = "";

    public async ValueTask InitializeAsync() => await StartAsync(DatabaseProvider.Sqlite);

    private async Task StartAsync(DatabaseProvider provider)
    {
        _instance = await Instance.StartAsync(provider, adjust: s => s.AddSingleton<ICoeditedText>(_topics));
        _scene = new Scene(_instance);
        (_anne, _luc) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        _group = await _scene.GroupAsync("Groupe", _anne, members: _luc);
        _page = await _scene.TopicAsync(_group, _anne, "Compte rendu", "Ordre du jour\r\n");
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Line_WithoutASessionOrFromAnotherSite_Refused()
    {
        var session = await _instance.SessionAsync(_anne.Id);

        Assert.Equal(HttpStatusCode.Unauthorized, await SharedEditor.RefusalAsync(_instance.Address, null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await SharedEditor.RefusalAsync(_instance.Address, SecretTokens.New(), null));
        Assert.Equal(HttpStatusCode.Forbidden, await SharedEditor.RefusalAsync(_instance.Address, session, "https://ailleurs.invalid"));
        Assert.Null(await SharedEditor.RefusalAsync(_instance.Address, session, _instance.Address.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task Text_OfAnotherGroupOrAbsent_NotOpened()
    {
        var stranger = await _scene.MemberAsync("Zoé Essai");
        await using var editor = await SharedEditor.ConnectAsync(_instance.Address, await _instance.SessionAsync(stranger.Id));
        await using var own = await SharedEditor.ConnectAsync(_instance.Address, await _instance.SessionAsync(_luc.Id));

        Assert.False(await editor.JoinAsync(_page));
        Assert.Equal(-1, (await editor.CallAsync("Pousser", 0, 1, new[] { new object[] { 14 } })).GetInt32());
        Assert.Equal(-1, await editor.MergeAsync("", "x"));
        Assert.False(await own.JoinAsync("absent00"));
        Assert.True(await own.JoinAsync(_page));
    }

    [Fact]
    public async Task Editors_TypingAtOnce_SeeOneTextAndEachOther()
    {
        await using var anne = await OpenAsync(_anne);
        await using var luc = await OpenAsync(_luc);
        Assert.Equal("Ordre du jour\n", luc.Text);
        await anne.UntilAsync(e => e.People.Count == 2);
        Assert.Equal(["Anne Essai", "Luc Essai"], anne.People.Order());

        for (var i = 0; i < 20; i++) await BothAsync(anne.TypeAsync(0, 0, $"a{i} "), luc.AppendAsync($"l{i} "));
        await anne.UntilAsync(e => e.Copy!.Version == 40);
        await luc.UntilAsync(e => e.Copy!.Version == 40);
        await luc.TellAsync("Curseur", 40, 3, 3);
        await anne.UntilAsync(e => e.Cursors.Contains((luc.Client, 3)));

        Assert.Equal(anne.Text, luc.Text);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"a{19 - i}").Concat(["Ordre", "du", "jour"]).Concat(Enumerable.Range(0, 20).Select(i => $"l{i}")), anne.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Change_Acknowledged_IsThereAfterTheHostHasDied()
    {
        await using var anne = await OpenAsync(_anne);
        Assert.Equal(0, await anne.AppendAsync("Divers"));

        // Nothing was handed over: what another process finds is what the acknowledgement promised.
        await using var other = await _instance.SecondAsync(adjust: s => s.AddSingleton<ICoeditedText>(new SharedTopics()));
        await using var again = await SharedEditor.OpenAsync(other.Address, await _instance.SessionAsync(_anne.Id), _page);

        Assert.Equal("Ordre du jour\nDivers", again.Text);
        Assert.Empty(_topics.HandedOver);
    }

    [Fact]
    public async Task Change_AnswerLostAndSentAgain_IsThereOnce()
    {
        EditorCopy kept;
        await using (var anne = await OpenAsync(_anne))
        {
            anne.Note(0, 0, "Un. ");
            kept = new EditorCopy(anne.Client, "Ordre du jour\n", 0);
            kept.Type(0, 0, "Un. ");
            Assert.Equal(0, await anne.PushAsync());
        }

        kept.Type(4, 0, "Deux. ");
        await using var luc = await OpenAsync(_luc);
        await luc.AppendAsync("Fin");
        await using var back = await SharedEditor.OpenAsync(_instance.Address, await _instance.SessionAsync(_anne.Id), _page, kept);
        Assert.Equal(1, back.Copy!.Waiting);
        Assert.Equal(0, await back.PushAsync());
        await back.UntilAsync(e => e.Copy!.Waiting == 0);

        Assert.Equal("Un. Deux. Ordre du jour\nFin", back.Text);
    }

    [Fact]
    public async Task Member_Expelled_ClosedWithinFiveSecondsAndReaderMayNotWrite()
    {
        await using var luc = await OpenAsync(_luc);
        await using var anne = await OpenAsync(_anne);
        Assert.True(luc.MayWrite);

        await using (var db = _instance.Open(Viewer.System))
        {
            await db.Items.Where(i => i.ShortId == _page).ExecuteUpdateAsync(set => set.SetProperty(i => i.LockedAt, DateTime.UtcNow));
            await db.Memberships.Where(m => m.MemberId == _luc.Id).ExecuteDeleteAsync();
        }

        await luc.Closed.WaitAsync(Patience);
        await anne.UntilAsync(e => !e.MayWrite && e.People.Count == 1);
        Assert.Equal(-1, await anne.AppendAsync("x"));
        await using var back = await SharedEditor.ConnectAsync(_instance.Address, await _instance.SessionAsync(_luc.Id));
        Assert.False(await back.JoinAsync(_page));
    }

    [Fact]
    public async Task Session_Closed_LineCutWithinFiveSeconds()
    {
        await using var luc = await OpenAsync(_luc);

        await using (var db = _instance.Open(Viewer.System)) await db.Sessions.Where(s => s.MemberId == _luc.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, DateTime.UtcNow));

        await luc.Closed.WaitAsync(Patience);
    }

    [Fact]
    public async Task Changes_LeftByAProcessThatDied_HandedOverByTheJobAndForgottenInTime()
    {
        var store = _instance.Services.GetRequiredService<CoeditStore>();
        var job = _instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "textes-partages");
        await store.OpenAsync(_page, default);
        Assert.True(await store.AppendAsync(await ItemAsync(), [new(new(1, "a", 1, ChangeSet.Replace(14, 14, 0, "Divers")), _luc.Id), new(new(2, "a", 2, ChangeSet.Replace(20, 20, 0, ".")), _luc.Id)], default));
        Assert.False(await store.AppendAsync(await ItemAsync(), [new(new(2, "b", 1, ChangeSet.Replace(20, 20, 0, "!")), _anne.Id)], default));

        await job.RunAsync(default);
        Assert.Empty(_topics.HandedOver);
        await AgeAsync(TimeSpan.FromMinutes(3));
        await job.RunAsync(default);
        Assert.Equal("Ordre du jour\nDivers.", await BodyAsync());
        Assert.Equal([_luc.Id], Assert.Single(_topics.HandedOver).Writers);

        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(2, await db.CoeditUpdates.CountAsync());
        await AgeAsync(TimeSpan.FromDays(31));
        await job.RunAsync(default);
        Assert.Equal(2, Assert.Single(await db.CoeditUpdates.ToListAsync()).Version);
    }

    [Fact]
    public async Task Text_LastWriterLeft_HandedOverWithAllWhoWrote()
    {
        await using (var anne = await OpenAsync(_anne))
        {
            await using var luc = await OpenAsync(_luc);
            await luc.AppendAsync("de Luc ");
            await anne.AppendAsync("d’Anne");
            await anne.UntilAsync(e => e.Copy!.Version == 2);
        }

        // It is asked for before it is saved.
        await WaitAsync(async () => (await BodyAsync()).Contains("d’Anne", StringComparison.Ordinal));
        Assert.Equal([_luc.Id, _anne.Id], Assert.Single(_topics.HandedOver).Writers);
        Assert.Contains("de Luc ", await BodyAsync());
    }

    [Fact]
    public async Task Text_ChangedByAForm_ComesToTheEditorsWithWhatTheyWrote()
    {
        await using var anne = await OpenAsync(_anne);
        await anne.AppendAsync("Divers\n");
        await using (var db = _instance.Open(Viewer.System)) await db.Set<Topic>().ExecuteUpdateAsync(set => set.SetProperty(t => t.Body, "Ordre du JOUR\n"));

        await _instance.Services.GetRequiredService<LiveTopics>().SignalAsync(LiveTopics.Item(await ItemAsync()));
        await anne.UntilAsync(e => e.Copy!.Version == 2);

        Assert.Equal("Ordre du JOUR\nDivers\n", anne.Text);
        Assert.Equal("Ordre du JOUR\nDivers\n", await BodyAsync());
        Assert.Equal([_anne.Id], Assert.Single(_topics.HandedOver).Writers);
    }

    [Fact]
    public async Task Editor_AwayTooLong_TextsPutTogetherOnce()
    {
        await using (var anne = await OpenAsync(_anne)) await anne.AppendAsync("Divers\n");
        var store = _instance.Services.GetRequiredService<CoeditStore>();
        await WaitAsync(async () => (await BodyAsync()).Contains("Divers", StringComparison.Ordinal));
        await using (var second = await OpenAsync(_anne)) await second.TypeAsync(0, 0, "Bonjour. ");
        await WaitAsync(async () => (await BodyAsync()).Contains("Bonjour. ", StringComparison.Ordinal));
        await store.ForgetAsync(DateTime.UtcNow.AddMinutes(1), default);
        var kept = new EditorCopy("loin", "Ordre du jour\n", 0);
        kept.Type(13, 0, " de mardi");

        // The room is opened anew by whoever comes first after everybody has left.
        await using var other = await _instance.SecondAsync(adjust: s => s.AddSingleton<ICoeditedText>(new SharedTopics()));
        await using var luc = await SharedEditor.OpenAsync(other.Address, await _instance.SessionAsync(_luc.Id), _page, kept);
        Assert.True(luc.IsFar);
        Assert.Equal(0, await luc.MergeAsync("Ordre du jour\n", kept.Text));
        Assert.Equal(0, await luc.MergeAsync("Ordre du jour\n", kept.Text));
        await luc.UntilAsync(e => e.Text.Contains("mardi", StringComparison.Ordinal));

        Assert.Equal("Bonjour. Ordre du jour de mardi\nDivers\n", luc.Text);
    }

    [Fact]
    public async Task Messages_BadOrTooMany_RefusedThenCutOff()
    {
        await using var anne = await OpenAsync(_anne);

        Assert.Equal((int)PushState.DoNotFit, (await anne.CallAsync("Pousser", 0, 1, new object[] { new object[] { 3 } })).GetInt32());
        Assert.Equal((int)PushState.DoNotFit, (await anne.CallAsync("Pousser", 0, 1, "x")).GetInt32());
        Assert.Equal((int)PushState.DoNotFit, (await anne.CallAsync("Pousser", 99, 1, new object[] { new object[] { 14 } })).GetInt32());
        Assert.Equal((int)PushState.TooLong, await anne.AppendAsync(new string('x', 100_000)));
        try
        {
            for (var i = 0; i < 1_000; i++) await anne.TellAsync("Curseur", 0, 0, 0);
        }
        catch (Exception cut) when (cut is System.Net.WebSockets.WebSocketException or OperationCanceledException)
        {
            // Before the last of them.
        }

        await anne.Closed.WaitAsync(Patience);
        Assert.Equal("Ordre du jour\r\n", await BodyAsync());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Editors_OnTwoProcesses_ComeToOneText(DatabaseProvider provider)
    {
        if (provider != DatabaseProvider.Sqlite)
        {
            await _instance.DisposeAsync();
            await StartAsync(provider);
        }

        await using var other = await _instance.SecondAsync(adjust: s => s.AddSingleton<ICoeditedText>(new SharedTopics()));
        await using var anne = await OpenAsync(_anne);
        await using var luc = await SharedEditor.OpenAsync(other.Address, await _instance.SessionAsync(_luc.Id), _page);

        for (var i = 0; i < 15; i++) await BothAsync(anne.TypeAsync(0, 0, $"a{i} "), luc.TypeAsync(0, 0, $"l{i} "));
        await anne.UntilAsync(e => e.Copy!.Version == 30);
        await luc.UntilAsync(e => e.Copy!.Version == 30);

        Assert.Equal(anne.Text, luc.Text);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(Enumerable.Range(1, 30), await db.CoeditUpdates.OrderBy(u => u.Version).Select(u => u.Version).ToListAsync());
        await _instance.Services.GetRequiredService<CoeditStore>().HandOverAsync(_page, default);
        Assert.Equal(anne.Text, await BodyAsync());
    }

    private async Task<SharedEditor> OpenAsync(Member member) => await SharedEditor.OpenAsync(_instance.Address, await _instance.SessionAsync(member.Id), _page);

    private async Task<Guid> ItemAsync()
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.Items.Where(i => i.ShortId == _page).Select(i => i.Id).FirstAsync();
    }

    private async Task<string> BodyAsync()
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.Set<Topic>().Select(t => t.Body).FirstAsync();
    }

    private async Task AgeAsync(TimeSpan age)
    {
        await using var db = _instance.Open(Viewer.System);
        var at = DateTime.UtcNow - age;
        await db.CoeditUpdates.ExecuteUpdateAsync(set => set.SetProperty(u => u.At, at));
    }

    private static async Task BothAsync(Task<int> one, Task<int> other) => Assert.Equal((0, 0), (await one, await other));

    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 800 && !await holds(); i++) await Task.Delay(25);
        Assert.True(await holds());
    }
}
