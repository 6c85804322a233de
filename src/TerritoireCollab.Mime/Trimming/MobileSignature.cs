using System.Collections.Frozen;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// « Envoyé de mon iPhone », « Obtenir Outlook pour Android »: what telephones and mail programs sign with. A whole line that
/// names a device or a program; « Envoyé de mon bureau, le dossier est parti hier » is a sentence.
/// </summary>
internal static class MobileSignature
{
    private const int MostWords = 16;

    private static readonly Beginnings Starts = WordTable.Beginnings(
        "sent from|sent with|sent via|sent by|sent using|sent through|this message was sent from my|this email was sent from my|get outlook for|get the outlook app|download outlook for|written on my|typed on my|from my|via my",
        "envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé via|envoyé par mon|envoyé sur mon|envoyé grâce|envoyée de|envoyée depuis|envoyée à partir|expédié de|expédié depuis|écrit depuis|écrit de mon|rédigé depuis|message envoyé de|message envoyé depuis|message envoyé avec|message envoyé à partir|mail envoyé de|mail envoyé depuis|mail envoyé avec|e-mail envoyé depuis|courriel envoyé depuis|ce message a été envoyé depuis|ce message a été envoyé de mon|ce mail a été envoyé depuis|obtenir outlook pour|obtenez outlook pour|télécharger outlook pour|téléchargez outlook pour|téléchargez l'application outlook|provenance : courrier|provenance :|de mon iphone|de mon ipad|depuis mon iphone|depuis mon mobile",
        "gesendet von|von meinem|von meiner|von unterwegs|gesendet mit|gesendet aus|gesendet über|gesendet via|diese nachricht wurde von meinem|diese nachricht wurde mit|diese e-mail wurde von meinem|diese nachricht wurde von meiner|holen sie sich outlook für|outlook für|laden sie outlook für",
        "enviado desde|enviado de|enviado con|enviado a través|enviado mediante|obtener outlook para|obtenga outlook para|descargar outlook para|descargue outlook para",
        "inviato da|inviato dal|inviato con|inviato dall|inviata da|inviato tramite|ottieni outlook per|scarica outlook per",
        "verstuurd vanaf|verstuurd vanuit|verstuurd met|verzonden vanaf|verzonden vanuit|verzonden met|verzonden via|download outlook voor|outlook voor",
        "enviado do|enviado a partir|enviado pelo|enviado pela|enviado com|enviado via|enviada do|obter o outlook para|obtenha o outlook para",
        "skickat från|skickat via|skickat med|hämta outlook|sendt fra|sendt via|sendt med|hent outlook|skaff deg outlook|få outlook|lähetetty|lähetin tämän|hanki outlook",
        "wysłano z|wysłane z|wysłano za|wysłano przez|pobierz outlook|pobierz program outlook|odesláno z|odesláno pomocí|odoslané z|získejte outlook|získať outlook|stáhnout outlook",
        "отправлено с|отправлено из|отправлено через|отправлено от|отправлено мобильной|послано с|надіслано з|скачать outlook|получить outlook|elküldve|küldve|trimis de pe|iphone'umdan|στάλθηκε από|poslano s|dikirim dari",
        "从我的|發自我的|发自我的|發自|发自|從我的|来自我的|iphoneから|ipadから|私の|나의 iphone|나의 ipad|내 iphone|내 ipad|获取|iphone 에서|iphone에서");

    private static readonly Beginnings Excuses = WordTable.Beginnings(
        "please excuse|please forgive|excuse|sorry|apologies|pardon|veuillez excuser|veuillez pardonner|merci d'excuser|merci de pardonner|désolé|désolée|excusez|bitte entschuldigen|disculpen|scusate|excuses voor");

    private static readonly FrozenSet<string> Devices = WordTable.Words(
        "iphone ipad ipod ios iphone'umdan iphoneから送信 ipadから送信 android galaxy samsung huawei honor xiaomi redmi poco oppo oneplus realme nokia lumia wiko sony xperia motorola moto pixel nexus lg htc blackberry fairphone crosscall alcatel doro acer asus zte vivo mac macbook apple",
        "windows outlook gmail inbox yahoo proton protonmail k-9 k9 thunderbird bluemail spark airmail mailbird edison aquamail typeapp mymail zimbra bluemind tutanota tuta canary superhuman mailo mailbox infomaniak fairemail roundcube newton cloudmagic shortwave icloud aol hotmail gmx web.de libero orange sfr laposte bouygues freebox mailspring polymail mailplane",
        "mobile mobil smartphone téléphone telephone phone cellphone cell tablet tablette tablet-pc handy mobilgerät mobiltelefon android-mobiltelefon android-gerät telefon telefoon teléfono telefono telemóvel celular móvil movil cellulare tavoletta cellulaire portable device dispositivo apparaat toestel gerät enhet enhed laite laitteesta puhelimesta puhelin iphonesta mobiltelefonen mobilen telefona telefonu iphone'a iphonu telefonem мобильного устройства телефона смартфона");

    /// <summary>The line after such a signature at <paramref name="start"/>; <paramref name="start"/> itself where there is none.</summary>
    public static int EndOf(MailLines lines, int start)
    {
        var key = Bare(lines.Key(start));
        if (key.EndsWith(" from mobile", StringComparison.Ordinal) && key.Count(' ') <= 3) return start + 1;

        var begin = Starts.Length(key);
        if (begin == 0) return start;
        if (IsSignature(key, begin, lines.Content(start))) return start + 1;

        // A link on a line of its own: « Envoyé avec la messagerie sécurisée » and its address.
        var next = start + 1;
        if (next >= lines.Count || lines.Key(next).Length == 0 || lines.Depth(next) != lines.Depth(start) || key.Count(' ') > 6) return start;
        var joined = key.ToString() + " " + lines.Key(next);
        return lines.Key(next)[0] is '[' or '<' && IsSignature(joined, begin, joined) ? next + 1 : start;
    }

    private static ReadOnlySpan<char> Bare(string key) => key.AsSpan().Trim("-–—<>()[]|~_• \"");

    private static bool IsSignature(ReadOnlySpan<char> key, int begin, ReadOnlySpan<char> raw)
    {
        var rest = WithoutLink(key[begin..]);
        var sentence = rest.TrimEnd(". ");
        if (sentence.Trim() is "mail") return true;
        if (HasClause(sentence) || sentence.Contains('?') || sentence.Contains(';') || rest.Count(' ') > MostWords) return false;
        return NamesDevice(key, begin) || NamesBrand(sentence, raw);
    }

    // After a comma nothing but an excuse: « Sent from my cell, please excuse any typos. »
    private static bool HasClause(ReadOnlySpan<char> sentence)
    {
        var comma = sentence.IndexOf(',');
        return comma >= 0 && Excuses.Length(sentence[(comma + 1)..].TrimStart()) == 0;
    }

    // « <https://aka.ms/o0ukef> », « (https://…) », « [Proton Mail](https://…) »: the words before count.
    private static ReadOnlySpan<char> WithoutLink(ReadOnlySpan<char> rest)
    {
        var link = rest.IndexOf("http", StringComparison.Ordinal);
        return (link < 0 ? rest : rest[..link]).TrimEnd("<([ ");
    }

    private static bool NamesDevice(ReadOnlySpan<char> key, int begin)
    {
        if (key[..begin].Contains("outlook", StringComparison.Ordinal) || key[..begin].Contains("iphone", StringComparison.Ordinal) || key[..begin].Contains("ipad", StringComparison.Ordinal)) return true;

        // « La Poste Mail »: a name that ends so is a program's, « par mail » is not.
        if (key[begin..].TrimEnd(". ") is [' ', .., ' ', 'm', 'a', 'i', 'l'] name && name.Count(' ') <= 4) return true;

        foreach (var range in key[begin..].SplitAny(" '<>()[]./"))
        {
            var word = key[begin..][range].Trim("-:,");
            if (Devices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || word is ['i', 'p', 'h', 'o', 'n', 'e', ..] or ['i', 'p', 'a', 'd', ..]) return true;
        }

        return false;
    }

    private static bool HasCapital(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
        {
            if (char.IsUpper(letter)) return true;
        }

        return false;
    }

    // « Sent from my Wiko RIDGE FAB 4G »: a short name with capitals or figures is a product's.
    private static bool NamesBrand(ReadOnlySpan<char> sentence, ReadOnlySpan<char> raw)
    {
        var words = sentence.Trim();
        if (words.Count(' ') > 6 || !(words.StartsWith("my ", StringComparison.Ordinal) || words.StartsWith("mon ", StringComparison.Ordinal) || words.StartsWith("mein", StringComparison.Ordinal))) return false;

        var name = raw[^Math.Min(raw.Length, words.Length)..];
        return name.ContainsAnyInRange('0', '9') || HasCapital(name[(name.IndexOf(' ') + 1)..]);
    }
}
