using System.Collections.Frozen;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>What a line of a quoted header tells.</summary>
[Flags]
internal enum HeaderKind
{
    None = 0,
    From = 1,
    To = 2,
    Date = 4,
    Subject = 8,
    Copy = 16,
    Other = 32,
}

/// <summary>The names of header fields as mail programs translate them.</summary>
internal static class HeaderNames
{
    private static readonly FrozenDictionary<string, HeaderKind> Kinds = Table(
        (HeaderKind.From, "from|de|von|van|da|od|fra|från|lähettäjä|от|от кого|отправитель|від|від кого|odesílatel|odosielateľ|nadawca|expéditeur|émetteur|absender|remitente|mittente|afzender|remetente|afsender|avsändare|avsender|feladó|kimden|gönderen|de la|expeditor|από|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|מאת|من"),
        (HeaderKind.To, "to|à|a|an|aan|para|per|till|til|vastaanottaja|кому|получатель|do|komu|adresat|příjemce|címzett|kime|alıcı|către|προς|pour|destinataire|destinataires|empfänger|destinatario|destinatari|destinatário|ontvanger|mottagare|mottaker|modtager|收件人|收件者|宛先|받는 사람|받는사람|אל|إلى"),
        (HeaderKind.Date, "date|sent|sent at|received|date sent|envoyé|envoyée|envoyé le|envoyé à|date d'envoi|le|reçu|reçu le|message du|gesendet|gesendet am|datum|verzonden|verzonden op|verstuurd|data|inviato|inviata|inviato il|data invio|enviado|enviado el|enviado em|enviada em|enviada|fecha|skickat|sendt|dato|lähetetty|päivämäärä|päiväys|pvm|дата|отправлено|надіслано|wysłano|wysłane|data wysłania|odesláno|odoslané|dátum|küldve|elküldve|tarih|gönderildi|gönderme tarihi|trimis|ημερομηνία|στάλθηκε|发送时间|发送日期|日期|时间|寄件日期|傳送日期|已傳送|送信日時|日付|日時|보낸 날짜|보낸날짜|날짜|נשלח|תאריך|تاريخ"),
        (HeaderKind.Subject, "subject|objet|sujet|betreff|onderwerp|oggetto|asunto|assunto|ämne|emne|aihe|тема|temat|předmět|predmet|tárgy|konu|subiect|θέμα|主题|主旨|件名|제목|נושא|الموضوع"),
        (HeaderKind.Copy, "cc|c.c.|copie|copie à|copie carbone|kopie|kopie (cc)|kopia|kopi|kopio|копия|копія|cópia|copia|con copia|másolat|másolatot kap|bilgi|抄送|副本|참조|עותק|bcc|cci|copie cachée|co"),
        (HeaderKind.Other, "reply-to|reply to|répondre à|réponse à|réponse|antwort an|rispondi a|risposta|responder a|svar til|svara till|ответить|importance|priority|priorité|wichtigkeit|priorität|prioridad|priorità|attachments|attachment|pièces jointes|pièce jointe|pj|anlagen|anhang|allegati|adjuntos|anexos|bijlagen|organisation|organization|sender|newsgroups|resent-from|message-id|list-id|sensitivity|sécurité|étiquettes|on behalf of|de la part de"));

    private const int LongestName = 24;

    /// <summary>What a folded line tells when it is a header; of a line that only begins with such a word, nothing.</summary>
    public static HeaderKind Of(string key)
    {
        // The webmails of Orange and SFR date without a colon.
        const string dated = "message du ";
        if (key.StartsWith(dated, StringComparison.Ordinal) && key.Length > dated.Length && char.IsAsciiDigit(key[dated.Length])) return HeaderKind.Date;

        var colon = key.AsSpan(0, Math.Min(key.Length, LongestName)).IndexOf(':');
        return colon > 0 && Kinds.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key.AsSpan(0, colon).Trim("|_-• "), out var kind) ? kind : HeaderKind.None;
    }

    private static FrozenDictionary<string, HeaderKind> Table(params (HeaderKind Kind, string Names)[] rows)
    {
        var kinds = new Dictionary<string, HeaderKind>(StringComparer.Ordinal);
        foreach (var (kind, names) in rows)
        {
            foreach (var name in names.Split('|')) kinds.TryAdd(Folding.Fold(name), kind);
        }

        return kinds.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
