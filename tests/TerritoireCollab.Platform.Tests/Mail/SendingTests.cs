using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;
using Group = TerritoireCollab.Platform.Groups.Group;
using ReceivedMail = TerritoireCollab.Testing.ReceivedMail;

namespace TerritoireCollab.Platform.Tests.Mail;

/// <summary>A mail as it leaves: whose it is, where answers and bounces go, and that it leaves only to who may and wants to get it at that moment.</summary>
public sealed partial class SendingTests
{
    private static readonly (string, string)[] WithInbox = [("Territoire:Mail:From", "espace@drome.invalid"), ("Territoire:Mail:ReplyDomain", "courriel.drome.invalid"), ("Territoire:Mail:Inbox", "Folder")];

    [Fact]
    public async Task M1_Identity_OneFromOneReplyToNoSenderAndAnEnvelopeOfItsOwn()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, WithInbox));
        var (group, _) = await ThreadAsync(instance, "Luc Essai", "Lou Essai");
        await instance.SettleAsync();

        Assert.Equal(4, sink.Mails.Count);
        foreach (var mail in sink.Mails)
        {
            var row = await MailOfAsync(instance, mail.MessageId, mail.Recipient);
            Assert.Matches("^[a-z2-7]{26}$", row.Key!);
            Assert.Matches(@"^""?Anne Essai \(" + Regex.Escape(ReceivedMail.Words(group.Name)) + @"\)""? <espace@drome\.invalid>$", ReceivedMail.Words(Assert.Single(Fields(mail.Source, "From"))));
            Assert.Equal($"reponse+{row.Key}@courriel.drome.invalid", Assert.Single(Fields(mail.Source, "Reply-To")).Trim('<', '>'));
            Assert.Empty(Fields(mail.Source, "Sender"));
            Assert.Equal($"retours+{row.Key}@courriel.drome.invalid", mail.Sender);
        }

        Assert.Equal(4, sink.Mails.Select(m => m.Sender).Distinct().Count());
    }

    [Fact]
    public async Task M1_Folder_BeginsWithTheReturnPath()
    {
        await using var instance = await Instance.StartAsync(manualClock: true, settings: WithInbox);
        await instance.QueueAsync(Outbox.Row("un", instance.Now()));
        await instance.SendAsync();

        Assert.StartsWith($"Return-Path: <retours+{(await instance.MailAsync("un")).Key}@courriel.drome.invalid>\r\nFrom: ", Assert.Single(instance.Mails()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M1_NoMailComesIn_NoAddressThatLeadsNowhere()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, WithInbox[0], WithInbox[1]));
        await instance.QueueAsync(Outbox.Row("un", instance.Now(), headers: "List-Unsubscribe: <https://essai.invalid/d/x>"));
        await instance.SendAsync();

        var mail = Assert.Single(sink.Mails);
        Assert.Equal("espace@drome.invalid", mail.Sender);
        Assert.Empty(Fields(mail.Source, "Reply-To"));
        Assert.Equal(["<https://essai.invalid/d/x>"], Fields(mail.Source, "List-Unsubscribe"));
    }

    [Fact]
    public async Task M18_OptionalMail_CanBeLeftByLinkAndByMail()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, WithInbox));
        await ThreadAsync(instance, "Luc Essai");
        await instance.SettleAsync();

        Assert.Equal(2, sink.Mails.Count);
        foreach (var mail in sink.Mails)
        {
            var row = await MailOfAsync(instance, mail.MessageId, mail.Recipient);
            Assert.Matches($@"^<http[^>]+/desabonnement/[^>]+>, <mailto:desabonnement(\+|%2B){row.Key}@courriel\.drome\.invalid>$", Assert.Single(Fields(mail.Source, "List-Unsubscribe")));
            Assert.Equal("List-Unsubscribe=One-Click", Assert.Single(Fields(mail.Source, "List-Unsubscribe-Post")));
        }
    }

    [Fact]
    public async Task M18_LeftAtOneClick_WhatWasQueuedForThatListIsDropped()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await ThreadAsync(instance, "Luc Essai", "Lou Essai");
        await instance.Services.GetRequiredService<Dispatcher>().RunOnceAsync(default);
        var leaving = (await QueuedAsync(instance)).First(m => m.ToName == "Luc Essai");
        var link = new Uri(Unsubscribe().Match(leaving.Headers).Groups[1].Value).PathAndQuery;
        using var program = instance.Browser();

        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(link)).StatusCode);
        await using (var db = instance.Open(Viewer.System))
            Assert.Equal(MailLevel.Everything, await db.Memberships.Where(m => m.MemberId == leaving.MemberId).Select(m => m.MailLevel).SingleAsync());
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync(link, oneClick)).StatusCode);
        await instance.SendAsync();

        Assert.Equal(["Lou Essai", "Lou Essai"], await ToldAsync(instance, sink));
        Assert.Equal(2, (await instance.StatesAsync())[MailState.Dropped]);
    }

    [Fact]
    public async Task M28_MemberRemovedAfterTheDecision_NothingLeavesToHim()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        var (group, people) = await ThreadAsync(instance, "Luc Essai", "Lou Essai");
        await instance.Services.GetRequiredService<Dispatcher>().RunOnceAsync(default);
        Assert.Equal(4, (await QueuedAsync(instance)).Count);
        using var owner = await instance.SignedInAsync(people[0].Id);
        var answer = await owner.GestureAsync($"/groupes/{group.Slug}/membres", $"/groupes/{group.Slug}/membres/{people[1].Id}/retrait");
        Assert.True((int)answer.StatusCode < 400, answer.StatusCode.ToString());

        await instance.SendAsync();

        Assert.Equal(["Lou Essai", "Lou Essai"], await ToldAsync(instance, sink));
    }

    [Fact]
    public async Task F08_SuspendedOrSilentOrStopped_NothingButTheAccountsMails()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        var scene = new Scene(instance);
        var (suspended, silent, stopped, complained, paused, well) = (await scene.MemberAsync("Suspendue", MemberState.Suspended), await scene.MemberAsync("Silencieux"), await scene.MemberAsync("Perdue"), await scene.MemberAsync("Fâché"), await scene.MemberAsync("Pleine"), await scene.MemberAsync("Bien"));
        Member[] all = [suspended, silent, stopped, complained, paused, well];
        await using (var db = instance.Open(Viewer.System))
        {
            db.Add(new MailPreferences { MemberId = silent.Id, IsSilent = true });
            db.Add(Standing(stopped, AddressState.Stopped));
            db.Add(Standing(complained, AddressState.Complained));
            db.Add(Standing(paused, AddressState.Paused));
            await db.SaveChangesAsync();
        }

        await instance.QueueAsync([.. all.SelectMany(m => new[] { 0, 1, 2 }.Select(p => Outbox.Row($"{m.Handle}-{p}", instance.Now(), m.Email, p, member: m.Id, optional: p == 2)))]);
        await instance.SendAsync();

        Assert.Equal([.. all.Select(m => $"<{m.Handle}-0@essai.invalid>"), $"<{well.Handle}-1@essai.invalid>", $"<{well.Handle}-2@essai.invalid>"], sink.Mails.Select(m => m.MessageId).OrderBy(m => m[^16]).ThenBy(m => Array.FindIndex(all, a => m.Contains(a.Handle, StringComparison.Ordinal))));
        Assert.Equal(10, (await instance.StatesAsync())[MailState.Dropped]);

        AddressStanding Standing(Member member, AddressState state) => new() { Address = member.Email!.ToUpperInvariant(), State = state, Since = instance.Now(), Until = state == AddressState.Paused ? instance.Now().AddDays(14) : null };
    }

    [Fact]
    public async Task Address_ChangedAfterTheDecision_MailGoesToTheNewOne()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        var member = await new Scene(instance).MemberAsync("Luc Essai");
        await instance.QueueAsync(Outbox.Row("a", instance.Now(), member.Email, 1, member: member.Id), Outbox.Row("b", instance.Now(), member.Email, 0, member: member.Id));
        await using (var db = instance.Open(Viewer.System)) await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Email, "nouveau@ailleurs.invalid"));

        Assert.Equal(2, await instance.SendAsync());

        Assert.Equal([("<a@essai.invalid>", "nouveau@ailleurs.invalid"), ("<b@essai.invalid>", member.Email!)], sink.Mails.OrderBy(m => m.MessageId).Select(m => (m.MessageId, m.Recipient)));
        var row = await instance.MailAsync("a");
        Assert.Equal(("nouveau@ailleurs.invalid", "ailleurs.invalid"), (row.ToAddress, row.Domain));
    }

    [Fact]
    public async Task Files_OfTheMail_GoWithItUpToTwoMegabytes()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        var files = instance.Services.GetRequiredService<FileStore>();
        var (note, gone, large) = (await FileAsync(instance, "Compte rendu.\n"u8.ToArray()), await FileAsync(instance, "Effacé.\n"u8.ToArray()), await FileAsync(instance, new byte[3 * 1024 * 1024]));
        await files.EraseAsync(gone.Sha256, default);
        await instance.QueueAsync(Outbox.Row("un", instance.Now(), files: $"{gone.Id:N} {large.Id:N} {note.Id:N}"));

        Assert.Equal(1, await instance.SendAsync());

        var source = Assert.Single(sink.Mails).Source;
        Assert.Single(Regex.Matches(source, "^Content-Disposition: attachment", RegexOptions.Multiline));
        Assert.Contains(Convert.ToBase64String("Compte rendu.\n"u8), source, StringComparison.Ordinal);
        Assert.InRange(source.Length, 500, 5_000);
    }

    [Fact]
    public async Task M22_KeyGiven_EveryMailIsSignedForTheDomain()
    {
        using var key = RSA.Create(2048);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem());
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:From", "espace@drome.invalid"), ("Territoire:Mail:Dkim:Domain", "drome.invalid"), ("Territoire:Mail:Dkim:Selector", "essai"), ("Territoire:Mail:Dkim:KeyFile", file)));
        await instance.QueueAsync(2);

        Assert.Equal(2, await instance.SendAsync());
        File.Delete(file);

        Assert.All(sink.Mails, m => Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n\td=drome.invalid;\r\n\ts=essai;", m.Source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task F06_MoreThanADayLate_WaitsForAnAdministratorButWhatIsPersonal()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(Outbox.Row("lettre", instance.Now()), Outbox.Row("invitation", instance.Now(), priority: 1), Outbox.Row("lien", instance.Now(), priority: 0));
        instance.Clock.Advance(TimeSpan.FromHours(24.1));

        Assert.Equal(2, await instance.SendAsync());

        Assert.Equal(MailState.Held, (await instance.MailAsync("lettre")).State);
    }

    [Theory]
    [InlineData(BounceKind.Soft, 3, null)]
    [InlineData(BounceKind.Soft, 4, AddressState.Paused)]
    [InlineData(BounceKind.Hard, 1, AddressState.Stopped)]
    [InlineData(BounceKind.Complaint, 1, AddressState.Complained)]
    [InlineData(BounceKind.AutoReply, 9, null)]
    public async Task M20_Bounces_DecideWhereTheAddressStands(BounceKind kind, int count, AddressState? expected)
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var bounces = instance.Services.GetRequiredService<Bounces>();
        for (var i = 0; i < count; i++)
        {
            // Told twice of one mail, it counts once.
            var mail = Guid.CreateVersion7();
            foreach (var address in (string[])["Luc@essai.invalid", "luc@ESSAI.invalid"]) await bounces.RecordAsync(new Bounce { Address = address, MailId = mail, At = instance.Now(), Kind = kind, Status = "4.2.2" }, default);
            instance.Clock.Advance(TimeSpan.FromDays(3));
        }

        await using var db = instance.Open(Viewer.System);
        Assert.Equal(count, await db.Set<Bounce>().CountAsync(b => b.Address == "LUC@ESSAI.INVALID"));
        Assert.Equal(expected, await db.Set<AddressStanding>().Select(a => (AddressState?)a.State).SingleOrDefaultAsync());
    }

    [Fact]
    public async Task M20_AddressTriedAgain_WhatCameBackBeforeCountsNoMore()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        const string Address = "LUC@ESSAI.INVALID";
        async Task<AddressState?> BounceAsync()
        {
            await instance.Services.GetRequiredService<Bounces>().RecordAsync(new Bounce { Address = Address, MailId = Guid.CreateVersion7(), At = instance.Now(), Kind = BounceKind.Soft, Status = "4.2.2" }, default);
            instance.Clock.Advance(TimeSpan.FromHours(1));
            await using var read = instance.Open(Viewer.System);
            return await read.AddressStandings.Where(a => a.Address == Address).Select(a => (AddressState?)a.State).SingleOrDefaultAsync();
        }

        for (var i = 0; i < 3; i++) Assert.Null(await BounceAsync());
        Assert.Equal(AddressState.Paused, await BounceAsync());
        await using (var db = instance.Open(Viewer.System))
            Assert.True(await instance.Services.GetRequiredService<TryAddressAgain>().ExecuteAsync(db, Address, evenComplaint: false, default));
        instance.Clock.Advance(TimeSpan.FromMinutes(1));

        for (var i = 0; i < 3; i++) Assert.Equal(AddressState.Good, await BounceAsync());
        Assert.Equal(AddressState.Paused, await BounceAsync());
    }

    private static async Task<(Group Group, Member[] People)> ThreadAsync(Instance instance, params string[] readers)
    {
        var scene = new Scene(instance);
        var people = new List<Member> { await scene.MemberAsync("Anne Essai") };
        var group = await scene.GroupAsync("Énergie", people[0]);
        foreach (var name in readers)
        {
            people.Add(await scene.MemberAsync(name));
            await scene.JoinAsync(group, people[^1], level: MailLevel.Everything);
        }

        var topic = await scene.TopicAsync(group, people[0], "Un fil");
        await scene.AnswerAsync(topic, people[0], "Une réponse.");
        return (group, [.. people]);
    }

    private static async Task<MailRow> MailOfAsync(Instance instance, string messageId, string to)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Mails.SingleAsync(m => m.MessageId == messageId.Trim('<', '>') && m.ToAddress == to);
    }

    private static async Task<List<MailRow>> QueuedAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Mails.AsNoTracking().Where(m => m.State == MailState.Pending).OrderBy(m => m.CreatedAt).ToListAsync();
    }

    private static async Task<IEnumerable<string>> ToldAsync(Instance instance, MailSink sink)
    {
        await using var db = instance.Open(Viewer.System);
        var names = await db.Members.ToDictionaryAsync(m => m.Email!, m => m.Name);
        return sink.Mails.Select(m => names[m.Recipient]).Order();
    }

    private static async Task<StoredFile> FileAsync(Instance instance, byte[] content)
    {
        var stored = await instance.Services.GetRequiredService<FileStore>().AddAsync(new MemoryStream(content), "essai.txt", default);
        var file = new StoredFile { Sha256 = stored.Sha256, Length = stored.Length, ContentType = stored.ContentType, CreatedAt = instance.Now() };
        await using var db = instance.Open(Viewer.System);
        db.Files.Add(file);
        await db.SaveChangesAsync();
        return file;
    }

    private static List<string> Fields(string source, string name)
    {
        var head = source[..source.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return [.. head.Split("\r\n").Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(l => l[(name.Length + 1)..].Trim())];
    }

    [GeneratedRegex("^List-Unsubscribe: <([^>]+)>", RegexOptions.Multiline)]
    private static partial Regex Unsubscribe();
}
