namespace TerritoireCollab.Mime.Tests.Writing;

/// <summary>Mails of every shape for readers written by others.</summary>
internal static class ReadBackMails
{
    public const string Unsubscribe = "<https://exemple.test/d/jeton>, <mailto:desabonnement%2Bjeton@exemple.test>";

    private const int Rounds = 200;

    public static OutgoingMail[] Make()
    {
        // Only what people type: the parser of Python takes rarer characters (controls, NEL) for its own line ends.
        string[] words = ["Réunion", "l’été", "à", "14\u00A0h", "😀", "👩‍👩‍👧‍👦", "«\u00A0ok\u00A0»", "plain", "x=y", "Compte-rendu", "a,b", "(note)", "日本語", new string('w', 90), "\"q\"", ".", "50\u202F%"];
        var random = new RandomText(2045);
        string Text(int most) => string.Join(' ', Enumerable.Range(0, 1 + random.Below(most)).Select(_ => words[random.Below(words.Length)]));
        string Body() => string.Concat(Enumerable.Range(0, random.Below(20)).Select(_ => $"{Text(30)}{new string(' ', random.Below(2))}\n"));

        return [.. Enumerable.Range(0, Rounds).Select(i => SampleMail.Create(Text(12), Body(), $"<p>{Body()}</p>\n") with
        {
            From = new Mailbox("espace@exemple.test", Text(8)),
            Date = new DateTimeOffset(2026, 1 + (i % 12), 1 + (i % 28), i % 24, i % 60, 0, TimeSpan.FromHours((i % 26) - 12)),
            References = [.. Enumerable.Range(0, 1 + (i % 20)).Select(n => $"<fil.{n}.{new string('k', n * 4)}@exemple.test>")],
            ReplyTo = new Mailbox("reponse+k1@exemple.test"),
            Headers = [MailHeader.ListId("Été à la mer", "ete.exemple.test"), new("X-Territoire-Groupe", Text(6)), .. MailHeader.OneClickUnsubscribe(new Uri("https://exemple.test/d/jeton"), new Mailbox("desabonnement+jeton@exemple.test"))],
            Attachments = [new($"{Text(6)}.bin", "application/octet-stream", Enumerable.Range(0, i * 3).Select(b => (byte)b).ToArray())],
        })];
    }
}
