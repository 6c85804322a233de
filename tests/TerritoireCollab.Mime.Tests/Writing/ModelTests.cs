using Xunit;

namespace TerritoireCollab.Mime.Tests.Writing;

public sealed class ModelTests
{
    public static TheoryData<string> Injections => ["a\r\nBcc: x@y.test", "a\nb", "a\rb", "a\0b", "\r\n", "a\r\n b"];

    [Theory]
    [MemberData(nameof(Injections))]
    public void HeaderValue_WithLineBreakOrNul_IsRefusedWithASentence(string value)
    {
        Action[] attempts =
        [
            () => SampleMail.Create(value),
            () => _ = SampleMail.Create() with { MessageId = $"<{value}@x>" },
            () => _ = SampleMail.Create() with { InReplyTo = value },
            () => _ = SampleMail.Create() with { References = ["<a@b>", value] },
            () => _ = new MailHeader("X-Essai", value),
            () => _ = new MailHeader(value, "x"),
            () => MailHeader.ListId(value, "liste.exemple.test"),
            () => MailHeader.ListId("Liste", value),
            () => _ = new Mailbox("a@exemple.test", value.Length > 2 ? value : $"x{value}"),
            () => _ = new Mailbox($"{value}@exemple.test"),
            () => _ = new Mailbox($"a@{value}"),
            () => _ = new Mailbox($"\"{value}\"@exemple.test"),
            () => _ = new MailAttachment($"{value}.txt", "text/plain", default),
            () => _ = new MailAttachment("a.txt", $"text/plain; name={value}", default),
        ];

        Assert.All(attempts, attempt => Assert.EndsWith(".", Assert.Throws<ArgumentException>(attempt).Message.Split(" (Parameter")[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a@exemple.test", "a@exemple.test")]
    [InlineData("reponse+KEY@exemple.test", "reponse+KEY@exemple.test")]
    [InlineData("o'neil@exemple.test", "o'neil@exemple.test")]
    [InlineData("a@localhost", "a@localhost")]
    [InlineData("a@été.fr", "a@xn--t-9fab.fr")]
    [InlineData("éa@exemple.test", "éa@exemple.test")]
    public void Mailbox_UsableAddress_IsKept(string address, string expected)
    {
        Assert.True(Mailbox.TryCreate(address, out var mailbox));
        Assert.Equal(expected, mailbox.Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@exemple.test")]
    [InlineData("a@")]
    [InlineData("a b@exemple.test")]
    [InlineData("a@b@exemple.test")]
    [InlineData(".a@exemple.test")]
    [InlineData("a.@exemple.test")]
    [InlineData("a..b@exemple.test")]
    [InlineData("\"a b\"@exemple.test")]
    [InlineData("<a@exemple.test>")]
    [InlineData("a@exemple.test>")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@exemple..test")]
    [InlineData("a@-exemple.test")]
    [InlineData("a@exemple.test ")]
    [InlineData("a\u00A0b@exemple.test")]
    [InlineData("a\u200Bb@exemple.test")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@exemple.test")]
    [InlineData(null)]
    public void Mailbox_UnusableAddress_IsRefused(string? address)
    {
        Assert.False(Mailbox.TryCreate(address, out var mailbox));
        Assert.Null(mailbox);
    }

    [Fact]
    public void Mailbox_HalfASurrogatePair_IsRefused()
    {
        Assert.False(Mailbox.TryCreate($"a{'\uD83D'}@exemple.test", out _));
    }

    [Theory]
    [InlineData("From")]
    [InlineData("subject")]
    [InlineData("Sender")]
    [InlineData("Bcc")]
    [InlineData("Content-Language")]
    [InlineData("MIME-Version")]
    public void Headers_NameOfTheWriter_IsRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => SampleMail.Create() with { Headers = [new(name, "x")] });
    }

    [Fact]
    public void Headers_SameNameTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SampleMail.Create() with { Headers = [new("X-A", "1"), new("x-a", "2")] });
    }

    [Theory]
    [InlineData("")]
    [InlineData("A B")]
    [InlineData("A:")]
    [InlineData("É")]
    public void MailHeader_BadName_IsRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => new MailHeader(name, "x"));
    }

    [Fact]
    public void MailHeader_ListFieldWithAccents_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new MailHeader("List-Archive", "<https://exemple.test/été>"));
    }

    [Theory]
    [InlineData("a b.test")]
    [InlineData("a..test")]
    [InlineData("<a.test>")]
    [InlineData("été.test")]
    public void ListId_BadIdentifier_IsRefused(string identifier)
    {
        Assert.Throws<ArgumentException>(() => MailHeader.ListId("Liste", identifier));
    }

    [Fact]
    public void OneClickUnsubscribe_PlainHttp_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => MailHeader.OneClickUnsubscribe(new Uri("http://exemple.test/d/J"), null));
    }

    [Theory]
    [InlineData("pas un type")]
    [InlineData("text")]
    [InlineData("message/rfc822")]
    [InlineData("multipart/mixed")]
    [InlineData("text/plain; name=é")]
    public void MailAttachment_BadType_IsRefused(string type)
    {
        Assert.Throws<ArgumentException>(() => new MailAttachment("a", type, default));
    }

    [Theory]
    [InlineData("<a@b>", true)]
    [InlineData("a@b", true)]
    [InlineData("<sans-arobase>", true)]
    [InlineData("<a b@c>", false)]
    [InlineData("<a><b>", false)]
    [InlineData("<é@b>", false)]
    [InlineData("<>", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void MessageIds_IsUsable_SaysWhetherAHeaderCanHoldIt(string? identifier, bool expected)
    {
        Assert.Equal(expected, MessageIds.IsUsable(identifier));
    }

    [Fact]
    public void OutgoingMail_ListChangedByItsOwner_KeepsItsOwn()
    {
        var references = new List<string> { "<a@b>" };
        var mail = SampleMail.Create() with { References = references };

        references.Clear();

        Assert.Equal(["<a@b>"], mail.References);
    }
}
