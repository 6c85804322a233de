using System.Net;
using System.Net.Sockets;
using System.Text;
using TerritoireCollab.Mime.Smtp;
using TerritoireCollab.Mime.Tests.Writing;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Smtp;

public sealed class SmtpSessionTests
{
    private static readonly Mailbox Bounces = new("retours+abc@exemple.test");
    private static readonly Mailbox Member = new("membre@exemple.test", "Membre Fictif");
    private static readonly byte[] Message = MimeWriter.ToBytes(SampleMail.Create("Été", ".\nà\n..\n", "<p>.</p>"));
    private static readonly string[] NoExtension = ["HELP"];

    [Fact]
    public async Task Send_PlainServer_GivesEnvelopeAndBytesOneCommandAtATime()
    {
        await using var sink = new SmtpSink(new SinkScript { Extensions = ["SIZE 50000000"] });

        await using (var session = await ConnectAsync(sink))
        {
            var outcome = await session.SendAsync(Bounces, Member, Message);

            Assert.Equal(new SmtpOutcome.Accepted(new SmtpReply(250, "2.0.0 queued")), outcome);
            Assert.Equal(1, session.AcceptedCount);
            Assert.True(session.IsUsable);
        }

        var taken = Assert.Single(sink.Messages);
        Assert.Equal(("retours+abc@exemple.test", "membre@exemple.test"), (taken.Sender, taken.Recipient));
        Assert.Equal(Message, taken.Content);
        Assert.False(sink.SawPipelining);
        Assert.Equal(
            ["EHLO [127.0.0.1]", $"MAIL FROM:<retours+abc@exemple.test> SIZE={Message.Length}", "RCPT TO:<membre@exemple.test>", "DATA", "QUIT"],
            sink.Commands);
    }

    [Fact]
    public async Task Send_PipeliningServer_GivesSenderRecipientAndDataAtOnce()
    {
        await using var sink = new SmtpSink(new SinkScript { InsistsOnPipelining = true });
        await using var session = await ConnectAsync(sink);

        var outcomes = new[] { await session.SendAsync(Bounces, Member, Message), await session.SendAsync(Bounces, Member, Message) };

        Assert.All(outcomes, outcome => Assert.IsType<SmtpOutcome.Accepted>(outcome));
        Assert.Equal(2, sink.Messages.Count);
    }

    [Fact]
    public async Task Send_NoExtension_UsesNone()
    {
        await using var sink = new SmtpSink(new SinkScript { Extensions = NoExtension });
        await using var session = await ConnectAsync(sink);

        await session.SendAsync(null, Member, Message);

        Assert.Contains("MAIL FROM:<>", sink.Commands);
        Assert.False(sink.SawPipelining);
    }

    [Fact]
    public async Task Connect_ServerWithoutEhlo_FallsBackToHelo()
    {
        await using var sink = new SmtpSink(new SinkScript { Answer = line => line.StartsWith("EHLO", StringComparison.Ordinal) ? "502 no" : null });
        await using var session = await ConnectAsync(sink, options => options with { LocalName = "espace.exemple.test" });

        Assert.IsType<SmtpOutcome.Accepted>(await session.SendAsync(Bounces, Member, Message));
        Assert.Equal(["EHLO espace.exemple.test", "HELO espace.exemple.test", "MAIL FROM:<retours+abc@exemple.test>"], sink.Commands.Take(3));
    }

    [Fact]
    public async Task Send_ManyMessages_UsesOneConnectionWithoutReset()
    {
        await using var sink = new SmtpSink();
        await using var session = await ConnectAsync(sink);

        for (var i = 0; i < 50; i++)
        {
            Assert.IsType<SmtpOutcome.Accepted>(await session.SendAsync(Bounces, new Mailbox($"membre{i}@exemple.test"), Message));
        }

        Assert.Equal(50, session.AcceptedCount);
        Assert.Equal(50, sink.Messages.Select(m => m.Recipient).Distinct().Count());
        Assert.Equal(1, sink.Connections);
        Assert.DoesNotContain("RSET", sink.Commands);
    }

    [Fact]
    public async Task Send_LargeMessageWithDots_ArrivesWhole()
    {
        var message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{new string('.', i % 4)}{i}\r\n")));
        await using var sink = new SmtpSink();
        await using var session = await ConnectAsync(sink);

        Assert.IsType<SmtpOutcome.Accepted>(await session.SendAsync(Bounces, Member, message));

        Assert.Equal(message, Assert.Single(sink.Messages).Content);
    }

    [Theory]
    [InlineData(true, "450 4.7.1 greylisted", false, "4.7.1")]
    [InlineData(false, "450 4.7.1 greylisted", false, "4.7.1")]
    [InlineData(true, "550 5.1.1 unknown", true, "5.1.1")]
    [InlineData(false, "550 unknown", true, null)]
    public async Task Send_RecipientRefused_SaysSoAndTheNextOneGoes(bool pipelining, string reply, bool isPermanent, string? status)
    {
        await using var sink = new SmtpSink(new SinkScript
        {
            Extensions = pipelining ? ["PIPELINING"] : NoExtension,
            InsistsOnPipelining = pipelining,
            Answer = line => line.Contains("<perdu@", StringComparison.Ordinal) ? reply : null,
        });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, new Mailbox("perdu@exemple.test"), Message));
        var next = await session.SendAsync(Bounces, Member, Message);

        Assert.Equal((isPermanent, SmtpPhase.Recipient, true), (refused.IsPermanent, refused.Phase, refused.ConcernsRecipient));
        Assert.Equal((int.Parse(reply[..3], System.Globalization.CultureInfo.InvariantCulture), status), (refused.Reply!.Code, refused.Reply.EnhancedStatus));
        Assert.IsType<SmtpOutcome.Accepted>(next);
        Assert.Contains("RSET", sink.Commands);
        Assert.Equal(1, sink.Connections);
        // A pipelined DATA that is taken after all gets an empty message, never the member's.
        Assert.All(sink.Messages.Where(m => m.Recipient == "perdu@exemple.test"), m => Assert.Empty(m.Content));
        Assert.Equal(Message, sink.Messages.Last().Content);
    }

    [Fact]
    public async Task Send_RecipientAndDataRefused_ReportsTheRecipient()
    {
        await using var sink = new SmtpSink(new SinkScript
        {
            Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 unknown" : line == "DATA" ? "503 no recipient" : null,
        });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((550, SmtpPhase.Recipient), (refused.Reply!.Code, refused.Phase));
        Assert.True(session.IsUsable);
    }

    [Fact]
    public async Task Send_SenderRefused_DoesNotConcernTheRecipient()
    {
        await using var sink = new SmtpSink(new SinkScript
        {
            Answer = line => line.StartsWith("MAIL", StringComparison.Ordinal) ? "550 5.7.1 not you" : line.StartsWith("RCPT", StringComparison.Ordinal) || line == "DATA" ? "503 no" : null,
        });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((SmtpPhase.Sender, true, false), (refused.Phase, refused.IsPermanent, refused.ConcernsRecipient));
    }

    [Fact]
    public async Task Send_DataCommandRefused_IsRefused()
    {
        await using var sink = new SmtpSink(new SinkScript { Answer = line => line == "DATA" ? "552 5.2.2 full" : null });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((552, SmtpPhase.Data, true), (refused.Reply!.Code, refused.Phase, refused.IsPermanent));
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [InlineData("552 5.3.4 too big", true)]
    [InlineData("451 4.3.0 later", false)]
    public async Task Send_MessageRefusedAfterTheDot_IsRefusedAndTheNextOneGoes(string reply, bool isPermanent)
    {
        var answers = new Queue<string>([reply, "250 ok"]);
        await using var sink = new SmtpSink(new SinkScript { AfterDot = answers.Dequeue });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));
        var next = await session.SendAsync(Bounces, Member, Message);

        Assert.Equal((SmtpPhase.MessageEnd, isPermanent), (refused.Phase, refused.IsPermanent));
        Assert.IsType<SmtpOutcome.Accepted>(next);
        Assert.Contains("RSET", sink.Commands);
    }

    [Theory]
    [InlineData(SinkScript.Close)]
    [InlineData("this is no reply")]
    [InlineData("354 what?")]
    [InlineData(SinkScript.Silence)]
    public async Task Send_NoReplyAfterTheDot_IsUncertain(string answer)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var sink = new SmtpSink(new SinkScript
        {
            AfterDot = () =>
            {
                taken.TrySetResult();
                return answer;
            },
        });
        await using var session = await ConnectAsync(sink, options => options with
        {
            Timeouts = new SmtpTimeouts { MessageEnd = answer == SinkScript.Silence ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromMinutes(1) },
        });

        var outcome = await session.SendAsync(Bounces, Member, Message);

        Assert.NotEmpty(Assert.IsType<SmtpOutcome.Uncertain>(outcome).Text);
        Assert.False(session.IsUsable);
        // The server may come to its end a moment after we gave up.
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(sink.Messages);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SendAsync(Bounces, Member, Message));
    }

    [Theory]
    [InlineData("MAIL", SmtpPhase.Sender)]
    [InlineData("RCPT", SmtpPhase.Recipient)]
    [InlineData("DATA", SmtpPhase.Data)]
    public async Task Send_ConnectionLostBeforeTheMessage_IsTemporary(string command, SmtpPhase expected)
    {
        await using var sink = new SmtpSink(new SinkScript
        {
            Extensions = NoExtension,
            Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? SinkScript.Close : null,
        });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((false, expected, null, false), (refused.IsPermanent, refused.Phase, refused.Reply, refused.ConcernsRecipient));
        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task Send_RefusedThenClosed_KeepsTheRefusal()
    {
        await using var sink = new SmtpSink(new SinkScript
        {
            Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 unknown" : line == "DATA" ? SinkScript.Close : null,
        });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((550, SmtpPhase.Recipient), (refused.Reply!.Code, refused.Phase));
        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task Send_ServerSays421_EndsTheSession()
    {
        await using var sink = new SmtpSink(new SinkScript { Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "421 4.3.2 closing" : null });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((false, false), (refused.IsPermanent, refused.ConcernsRecipient));
        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task Send_ResetFails_IsTemporaryAndEndsTheSession()
    {
        await using var sink = new SmtpSink(new SinkScript { Answer = line => line == "DATA" ? "450 4.3.0 wait" : line == "RSET" ? SinkScript.Close : null });
        await using var session = await ConnectAsync(sink);
        await session.SendAsync(Bounces, Member, Message);
        Assert.True(session.IsUsable);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((SmtpPhase.Reset, false), (refused.Phase, refused.IsPermanent));
        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task Send_ServerSaidGoodbyeMeanwhile_IsTemporary()
    {
        await using var sink = new SmtpSink(new SinkScript { AfterDot = () => "250 ok\r\n421 4.4.2 idle" });
        await using var session = await ConnectAsync(sink);
        Assert.IsType<SmtpOutcome.Accepted>(await session.SendAsync(Bounces, Member, Message));

        // The unasked 421 is what the next command gets.
        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, Message));

        Assert.Equal((SmtpPhase.Sender, 421, false), (refused.Phase, refused.Reply!.Code, refused.IsPermanent));
        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task IsUsable_ServerLeftMeanwhile_IsFalse()
    {
        await using var sink = new SmtpSink(new SinkScript { ClosesAfterMessage = true });
        await using var session = await ConnectAsync(sink);
        Assert.IsType<SmtpOutcome.Accepted>(await session.SendAsync(Bounces, Member, Message));

        await sink.FirstConnectionEnded;

        Assert.False(session.IsUsable);
    }

    [Fact]
    public async Task Send_LargerThanAnnounced_IsRefusedHereAndTheSessionGoesOn()
    {
        await using var sink = new SmtpSink(new SinkScript { Extensions = ["SIZE 5000"] });
        await using var session = await ConnectAsync(sink);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, new byte[5001]));
        var next = await session.SendAsync(Bounces, Member, Message);

        Assert.Equal((true, null), (refused.IsPermanent, refused.Reply));
        Assert.Contains("5001", refused.Text, StringComparison.Ordinal);
        Assert.IsType<SmtpOutcome.Accepted>(next);
        Assert.DoesNotContain("RSET", sink.Commands);
    }

    [Fact]
    public async Task Send_UnicodeLocalPart_NeedsSmtpUtf8()
    {
        var member = new Mailbox("hélène@exemple.test");
        var message = MimeWriter.ToBytes(SampleMail.Create() with { To = member });
        await using var without = new SmtpSink();
        await using var with = new SmtpSink(new SinkScript { Extensions = ["SMTPUTF8", "8BITMIME"] });
        await using var refusing = await ConnectAsync(without);
        await using var taking = await ConnectAsync(with);

        var refused = Assert.IsType<SmtpOutcome.Refused>(await refusing.SendAsync(Bounces, member, message));
        var accepted = await taking.SendAsync(Bounces, member, message);

        Assert.True(refused.IsPermanent);
        Assert.Contains("SMTPUTF8", refused.Text, StringComparison.Ordinal);
        Assert.IsType<SmtpOutcome.Accepted>(accepted);
        Assert.Contains("MAIL FROM:<retours+abc@exemple.test> BODY=8BITMIME SMTPUTF8", with.Commands);
        Assert.Contains("RCPT TO:<hélène@exemple.test>", with.Commands);
    }

    [Fact]
    public async Task Send_EightBitContent_NeedsEightBitMime()
    {
        var message = Encoding.UTF8.GetBytes("Subject: x\r\n\r\né\r\n");
        await using var without = new SmtpSink(new SinkScript { Extensions = NoExtension });
        await using var with = new SmtpSink(new SinkScript { Extensions = ["8BITMIME"] });
        await using var refusing = await ConnectAsync(without);
        await using var taking = await ConnectAsync(with);

        Assert.IsType<SmtpOutcome.Refused>(await refusing.SendAsync(Bounces, Member, message));
        Assert.IsType<SmtpOutcome.Accepted>(await taking.SendAsync(Bounces, Member, message));
        Assert.Contains("MAIL FROM:<retours+abc@exemple.test> BODY=8BITMIME", with.Commands);
    }

    [Theory]
    [InlineData("421 4.3.2 busy", false, 421)]
    [InlineData("554 no", true, 554)]
    [InlineData("HTTP/1.1 400 Bad Request", false, null)]
    public async Task Connect_BadGreeting_Fails(string greeting, bool isPermanent, int? code)
    {
        await using var sink = new SmtpSink(new SinkScript { Greeting = greeting });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(() => ConnectAsync(sink));

        Assert.Equal((SmtpPhase.Greeting, isPermanent, code), (fault.Phase, fault.IsPermanent, fault.Reply?.Code));
    }

    [Fact]
    public async Task Connect_EndlessReply_Fails()
    {
        await using var longLine = new SmtpSink(new SinkScript { Greeting = $"220 {new string('x', 100_000)}" });
        await using var manyLines = new SmtpSink(new SinkScript { Greeting = $"{string.Concat(Enumerable.Repeat("220-x\r\n", 10_000))}220 x" });

        Assert.Equal(SmtpPhase.Greeting, (await Assert.ThrowsAsync<SmtpSessionException>(() => ConnectAsync(longLine))).Phase);
        Assert.Equal(SmtpPhase.Greeting, (await Assert.ThrowsAsync<SmtpSessionException>(() => ConnectAsync(manyLines))).Phase);
    }

    [Fact]
    public async Task Reply_WithControlCharacters_IsCleaned()
    {
        await using var sink = new SmtpSink(new SinkScript { Greeting = "554 a\u001b[31mb\rc\u0085d" });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(() => ConnectAsync(sink));

        Assert.Equal("a [31mb c d", fault.Reply!.Text);
    }

    [Fact]
    public async Task Connect_NobodyListens_Fails()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(
            () => SmtpSession.ConnectAsync(new SmtpOptions { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None }));

        Assert.Equal((SmtpPhase.Connect, false), (fault.Phase, fault.IsPermanent));
    }

    [Fact]
    public async Task Connect_SilentServer_TimesOutAtTheGreeting()
    {
        await using var sink = new SmtpSink(new SinkScript { Greeting = "220-wait" });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(
            () => ConnectAsync(sink, options => options with { Timeouts = new SmtpTimeouts { Greeting = TimeSpan.FromMilliseconds(50) } }));

        Assert.Equal((SmtpPhase.Greeting, false), (fault.Phase, fault.IsPermanent));
        Assert.Contains("0.05 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_SilentAtEhlo_TimesOutAtTheCommand()
    {
        await using var sink = new SmtpSink(new SinkScript { Answer = _ => SinkScript.Silence });

        var fault = await Assert.ThrowsAsync<SmtpSessionException>(
            () => ConnectAsync(sink, options => options with { Timeouts = new SmtpTimeouts { Command = TimeSpan.FromMilliseconds(50) } }));

        Assert.Equal((SmtpPhase.Hello, false), (fault.Phase, fault.IsPermanent));
    }

    [Fact]
    public async Task Send_ServerStopsReading_TimesOutInTheData()
    {
        await using var sink = new SmtpSink(new SinkScript { StopsReadingAtData = true });
        await using var session = await ConnectAsync(sink, options => options with { Timeouts = new SmtpTimeouts { Data = TimeSpan.FromMilliseconds(50) } });

        var refused = Assert.IsType<SmtpOutcome.Refused>(await session.SendAsync(Bounces, Member, new byte[40_000_000]));

        Assert.Equal((SmtpPhase.Data, false), (refused.Phase, refused.IsPermanent));
    }

    [Fact]
    public async Task Send_CancelledBeforeTheMessage_Throws()
    {
        using var stop = new CancellationTokenSource();
        await using var sink = new SmtpSink(new SinkScript
        {
            Answer = line =>
            {
                if (line != "DATA")
                {
                    return null;
                }

                stop.Cancel();
                return SinkScript.Silence;
            },
        });
        await using var session = await ConnectAsync(sink);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendAsync(Bounces, Member, Message, cancellationToken: stop.Token));

        Assert.False(session.IsUsable);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task Send_CancelledAfterTheDot_StillWaitsForTheAnswer()
    {
        using var stop = new CancellationTokenSource();
        await using var sink = new SmtpSink(new SinkScript
        {
            AfterDot = () =>
            {
                stop.Cancel();
                return "250 ok";
            },
        });
        await using var session = await ConnectAsync(sink);

        Assert.IsType<SmtpOutcome.Accepted>(await session.SendAsync(Bounces, Member, Message, cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Send_WhileAnotherIsUnderWay_IsRefused()
    {
        using var release = new SemaphoreSlim(0);
        await using var sink = new SmtpSink(new SinkScript
        {
            AfterDot = () =>
            {
                release.Wait();
                return "250 ok";
            },
        });
        await using var session = await ConnectAsync(sink);
        var first = session.SendAsync(Bounces, Member, Message);

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SendAsync(Bounces, Member, Message));
        release.Release();

        Assert.IsType<SmtpOutcome.Accepted>(await first);
    }

    [Theory]
    [InlineData("", 25, null, null, null)]
    [InlineData("h", 0, null, null, null)]
    [InlineData("h", 25, "u", null, null)]
    [InlineData("h", 25, null, "p", null)]
    [InlineData("h", 25, "u\0", "p", null)]
    [InlineData("h", 25, null, null, "a\r\nb")]
    public async Task Connect_BadOptions_AreRefusedBeforeAnything(string host, int port, string? user, string? password, string? localName)
    {
        var options = new SmtpOptions { Host = host, Port = port, User = user, Password = password, LocalName = localName };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => SmtpSession.ConnectAsync(options));
    }

    private static Task<SmtpSession> ConnectAsync(SmtpSink sink, Func<SmtpOptions, SmtpOptions>? change = null)
    {
        // A conversation out of step fails here, long before a person gives up.
        var options = new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = sink.Port,
            Security = SmtpSecurity.None,
            Timeouts = new SmtpTimeouts { Command = TimeSpan.FromSeconds(20), MessageEnd = TimeSpan.FromSeconds(20) },
        };
        return SmtpSession.ConnectAsync(change is null ? options : change(options));
    }
}
