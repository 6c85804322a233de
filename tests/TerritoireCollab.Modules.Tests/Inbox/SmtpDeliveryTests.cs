using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>The outbox over SMTP into a real Postfix, read back from its maildir by Python's email package, or by the tests' own decoder where there is none.</summary>
public sealed class SmtpDeliveryTests
{
    private const string Script =
        """
        import email, email.policy, json, sys
        read = []
        for path in sys.argv[1:]:
            m = email.message_from_bytes(open(path, "rb").read(), policy=email.policy.default)
            read.append({
                "fields": [[k, str(v)] for k, v in m.items()],
                "text": m.get_body(("plain",)).get_content(), "html": m.get_body(("html",)).get_content(),
                "defects": [repr(d) for p in m.walk() for d in p.defects],
            })
        print(json.dumps(read))
        """;

    [Fact]
    public async Task Thread_WithAnswers_ReadBackFromTheMaildirAsWritten()
    {
        await using var postfix = await PostfixServer.PrepareAsync();
        await postfix.StartAsync();
        await using var instance = await StartAsync(postfix.ClearPort);
        var (reader, topic) = await TalkAsync(instance, "Délibération type : l’été à 14 h 30", "Première ligne.\n\n.\n..point\n\nFrom ici, « tout » va : 100 % 😀.");
        await instance.SettleAsync();

        var read = await ReadAsync(await postfix.DeliveredAsync(3));

        var mails = read.OrderBy(m => m.Field("Message-ID"), StringComparer.Ordinal).ToList();
        Assert.Equal([$"<fil.{topic}.msg.1@territoire.invalid>", $"<fil.{topic}.msg.2@territoire.invalid>", $"<fil.{topic}@territoire.invalid>"], mails.Select(m => m.Field("Message-ID")));
        Assert.Equal([$"<fil.{topic}@territoire.invalid>", $"<fil.{topic}.msg.1@territoire.invalid>", ""], mails.Select(m => m.Field("In-Reply-To")));
        Assert.Equal($"<fil.{topic}@territoire.invalid> <fil.{topic}.msg.1@territoire.invalid>", mails[1].Field("References"));
        Assert.All(mails, m => Assert.Equal(reader.Email, m.Field("Delivered-To")));
        Assert.All(mails, m => Assert.Equal("<espace@territoire.invalid>", m.Field("Return-Path")));
        Assert.All(mails, m => Assert.Equal(mails[2].Field("Subject"), m.Field("Subject").Replace("Re: ", "", StringComparison.Ordinal)));
        Assert.Equal("[Énergie] Délibération type : l’été à 14 h 30", mails[2].Field("Subject"));
        var row = await MailAsync(instance, topic);
        Assert.Equal(row.TextBody.Trim(), mails[2].Text.Trim());
        Assert.Equal(row.HtmlBody.Trim(), mails[2].Html.Trim());
        Assert.Contains("\n..point\n", mails[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipient_UnknownToTheServer_OnlyThatMailFails()
    {
        await using var postfix = await PostfixServer.PrepareAsync();
        await postfix.StartAsync();
        await using var instance = await StartAsync(postfix.ClearPort);
        var scene = new Scene(instance);
        var (author, unknown, reader) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Inconnu"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", author, members: [unknown, reader]);
        await scene.TopicAsync(group, author, "Un fil");

        await instance.SettleAsync();
        await postfix.DeliveredAsync(1);

        await using var db = instance.Open(Viewer.System);
        var rows = await db.Mails.ToDictionaryAsync(m => m.ToAddress);
        Assert.Equal((MailState.Failed, 1), (rows[unknown.Email!].State, rows[unknown.Email!].Attempts));
        Assert.Contains("550 5.1.1", rows[unknown.Email!].LastError, StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, rows[reader.Email!].State);
    }

    [Fact]
    public async Task Server_DownThenUp_EveryMailDeliveredOnce()
    {
        await using var postfix = await PostfixServer.PrepareAsync();
        await using var instance = await StartAsync(postfix.ClearPort);
        await TalkAsync(instance, "Un fil", "Texte.");

        await instance.SettleAsync();
        var down = await StatesAsync(instance);
        await postfix.StartAsync();
        await instance.SettleAsync();
        var early = await StatesAsync(instance);
        instance.Clock.Advance(TimeSpan.FromMinutes(2));
        await instance.SettleAsync();
        await instance.SettleAsync();

        Assert.Equal([MailState.Pending, MailState.Pending, MailState.Pending], down);
        Assert.Equal(down, early);
        Assert.Equal([MailState.Sent, MailState.Sent, MailState.Sent], await StatesAsync(instance));
        Assert.Equal(3, (await postfix.DeliveredAsync(3)).Count);
    }

    [Fact]
    public async Task StartTls_NotOfferedOrNotTrusted_NothingLeavesAndNothingIsLost()
    {
        await using var postfix = await PostfixServer.PrepareAsync();
        await postfix.StartAsync();

        foreach (var (port, said) in new[] { (postfix.ClearPort, "STARTTLS"), (postfix.Port, "certificate") })
        {
            await using var instance = await StartAsync(port, ("Territoire:Mail:Smtp:Security", "StartTls"));
            await TalkAsync(instance, "Un fil", "Texte.");
            await instance.SettleAsync();

            await using var db = instance.Open(Viewer.System);
            Assert.All(await db.Mails.ToListAsync(), m => Assert.Equal(MailState.Pending, m.State));
            Assert.All(await db.Mails.ToListAsync(), m => Assert.Contains(said, m.LastError, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("from=<", postfix.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartTls_AuthorityKnown_DeliveredEncrypted()
    {
        await using var postfix = await PostfixServer.PrepareAsync();
        await postfix.StartAsync();
        await using var instance = await StartAsync(postfix.Port);
        await TalkAsync(instance, "Un fil", "Texte.");

        // The authorities of a process are read once, from its environment: so another one sends.
        var result = await ProductProcess.RunAsync(
            ["work", "--once"],
            ("Territoire__DataDirectory", instance.Folder),
            ("Territoire__Mail__GatherMinutes", "0"),
            ("Territoire__Mail__Transport", "Smtp"),
            ("Territoire__Mail__Smtp__Host", PostfixServer.Host),
            ("Territoire__Mail__Smtp__Port", $"{postfix.Port}"),
            ("Territoire__Mail__Smtp__Security", "StartTls"),
            ("SSL_CERT_FILE", postfix.Authority));

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("3 courriels envoyés", result.Output, StringComparison.Ordinal);
        var read = await ReadAsync(await postfix.DeliveredAsync(3));
        Assert.All(read, m => Assert.Contains("TLSv1.", m.Field("Received"), StringComparison.Ordinal));
    }

    private static Task<Instance> StartAsync(int port, params (string, string)[] settings) => Instance.StartAsync(manualClock: true, settings:
    [
        ("Territoire:Mail:GatherMinutes", "0"), ("Territoire:Mail:Transport", "Smtp"), ("Territoire:Mail:Smtp:Host", PostfixServer.Host), ("Territoire:Mail:Smtp:Port", $"{port}"), .. settings,
    ]);

    // A thread, an answer, an answer to it: three mails to one reader.
    private static async Task<(Member Reader, string Topic)> TalkAsync(Instance instance, string title, string body)
    {
        var scene = new Scene(instance);
        var (author, reader) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Énergie", author);
        await scene.JoinAsync(group, reader, level: MailLevel.Everything);
        var topic = await scene.TopicAsync(group, author, title, body);
        var number = await scene.AnswerAsync(topic, author, "Une réponse.");
        await scene.AnswerAsync(topic, author, "Une réponse à la réponse.", replyTo: number);
        return (reader, topic);
    }

    private static async Task<MailRow> MailAsync(Instance instance, string topic)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Mails.SingleAsync(m => m.MessageId == $"fil.{topic}@territoire.invalid");
    }

    private static async Task<IReadOnlyList<MailState>> StatesAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Mails.Select(m => m.State).ToListAsync();
    }

    private static async Task<IReadOnlyList<ReadMail>> ReadAsync(IReadOnlyList<string> files)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script, .. files]) { RedirectStandardOutput = true })!;
            var output = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.Equal(0, python.ExitCode);
            return [.. JsonDocument.Parse(output).RootElement.EnumerateArray().Select(OfPython)];
        }
        catch (Win32Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine("No python3 here: read by the tests' own decoder.");
            return [.. files.Select(f => ReceivedMail.Parse(File.ReadAllText(f))).Select(m => new ReadMail([.. m.FieldNames.Select(n => (n, ReceivedMail.Words(m.Field(n))))], m.Text, m.Html))];
        }
    }

    private static ReadMail OfPython(JsonElement mail)
    {
        Assert.Empty(mail.GetProperty("defects").EnumerateArray());
        return new([.. mail.GetProperty("fields").EnumerateArray().Select(f => (f[0].GetString()!, f[1].GetString()!))], mail.GetProperty("text").GetString()!, mail.GetProperty("html").GetString()!);
    }

    private sealed record ReadMail(IReadOnlyList<(string Name, string Value)> Fields, string Text, string Html)
    {
        public string Field(string name) => Fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";
    }
}
