using System.Collections.Frozen;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>« -----Message d'origine----- », « Début du message réexpédié : »: lines that announce an older mail.</summary>
internal static class Announcements
{
    private static readonly FrozenSet<string> Nouns = WordTable.Words(
        "message mail e-mail email courriel nachricht e-mail-nachricht bericht berichten mensaje correo mensagem messaggio meddelande meddelelse melding besked beskeden viesti wiadomość wiadomosc zpráva správa poruka sporočilo üzenet mesaj ileti mesajul μήνυμα сообщение письмо повідомлення лист съобщение tin pesan");

    private static readonly FrozenSet<string> Adjectives = WordTable.Words(
        "original originale origine initial précédent transféré transférée transmis transmise réexpédié suivi forwarded reply replied resent quoted previous",
        "ursprüngliche ursprünglichen originalnachricht antwort weitergeleitete weitergeleiteten weitergeleitet oorspronkelijk oorspronkelijke origineel originele doorgestuurd doorgestuurde",
        "originalmeddelande ursprungligt ursprungliga vidarebefordrat oprindelig oprindelige videresendt opprinnelig opprinnelige alkuperäinen välitetty edelleenlähetetty",
        "reenviado inoltrato inoltrata encaminhada encaminhado oryginalna pierwotna przekazana původní přeposlaná pôvodná preposlaná izvorna izvirno eredeti továbbított orijinal özgün iletilen iletilmiş original redirecționat αρχικό προωθημένο",
        "исходное пересланное пересылаемое пересылаемое исходное оригінальне переслане вихідне оригинално препратено gốc asli");

    private static readonly FrozenSet<string> Whole = WordTable.Phrases(
        "original|originalnachricht|originalmeddelande|weitergeleitete e-mail|fwd|原始邮件|原始郵件|转发邮件|轉寄郵件|转发的邮件|轉寄的郵件|原邮件|邮件原件|元のメッセージ|転送メッセージ|オリジナルメッセージ|원본 메시지|원본 메일|전달된 메시지|הודעה מקורית|رسالة أصلية");

    private static readonly FrozenSet<string> Apples = WordTable.Phrases(
        "begin forwarded message|start of forwarded message|début du message réexpédié|début du message transféré|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem encaminhada|início da mensagem reencaminhada|vidarebefordrat brev|vidarebefordrat mejl|start på videresendt besked|start på videresendt e-mail|videresendt melding|välitetty viesti alkaa|początek przekazywanej wiadomości|začátek přeposílané zprávy|начало переадресованного сообщения|начало пересылаемого сообщения|下面是被转发的邮件|開始轉寄郵件|転送されたメッセージ|전달된 메시지 시작");

    private const int Longest = 60;

    /// <summary>The line after an announcement at <paramref name="start"/> and the headers below it; <paramref name="start"/> itself where there is none.</summary>
    public static int EndOf(MailLines lines, int start)
    {
        var key = lines.Key(start);
        if (key.Length is < 3 or > MailLines.LongestMark || !IsAnnouncement(lines, start, key)) return start;

        var next = start + 1;
        while (next < lines.Count && next < start + 3 && lines.IsEmpty(next)) next++;
        if (next >= lines.Count) return start + 1;

        var end = QuotedHeaders.EndOf(lines, next, announced: true);
        return end > next ? end : start + 1;
    }

    // The line that Outlook draws, above headers in a language that no table holds.
    private static bool IsAboveUnknownHeaders(MailLines lines, int index)
    {
        if (lines.Content(index) is not { Length: >= 20 } rule || rule.ContainsAnyExcept('_')) return false;

        var hasAddressOrTime = false;
        for (var next = index + 1; next <= index + 3; next++)
        {
            if (next >= lines.Count || lines.Key(next).IndexOf(':', StringComparison.Ordinal) is < 1 or > 24) return false;
            hasAddressOrTime |= lines.Key(next).Contains('@', StringComparison.Ordinal) || DateSigns.In(lines.Key(next)).HasTime;
        }

        return hasAddressOrTime;
    }

    private static bool IsAnnouncement(MailLines lines, int index, string key)
    {
        if (IsRule(key)) return Says(Between(key)) || IsAboveUnknownHeaders(lines, index);

        var words = key.AsSpan().TrimEnd(": ").ToString();
        if (words.Length > Longest) return false;
        if (Apples.Contains(words)) return true;
        return index + 1 < lines.Count && Says(words) && QuotedHeaders.EndOf(lines, index + 1) > index + 1;
    }

    // At least two signs: one dash begins an item of a list. Some programs go on with « De : » on the same line.
    private static ReadOnlySpan<char> Between(string key)
    {
        var words = key.AsSpan().TrimStart("-_=~#>+ –—");
        var end = words.IndexOf("--", StringComparison.Ordinal);
        return (end < 0 ? words : words[..end]).Trim("-_=~#<+: –—");
    }

    private static bool IsRule(string key) => key.Length > 2 && key[0] is '-' or '_' or '=' or '~' or '#' or '–' or '—' && key[1] is '-' or '_' or '=' or '~' or '#' or '–' or '—';

    private static bool Says(ReadOnlySpan<char> words)
    {
        if (words.Length is 0 or > Longest) return false;
        if (Whole.GetAlternateLookup<ReadOnlySpan<char>>().Contains(words)) return true;

        var (noun, adjective, count) = (false, false, 0);
        foreach (var range in words.SplitAny(" '"))
        {
            var word = words[range];
            noun |= Nouns.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
            adjective |= Adjectives.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
            count++;
        }

        return noun && adjective && count <= 5;
    }
}
