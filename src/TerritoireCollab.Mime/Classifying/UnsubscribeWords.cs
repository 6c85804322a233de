using System.Text.RegularExpressions;
using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>Tells whether a person asks to get no more mail.</summary>
internal static partial class UnsubscribeWords
{
    // Whoever writes more has more to say than to leave: that is read in the thread.
    private const int LongestRequest = 700;

    /// <summary>Whether a mail program sent it for its reader, to the address of List-Unsubscribe (RFC 2369).</summary>
    public static bool IsByButton(IncomingMail mail) => mail.From is not null && (mail.Header("X-Apple-Unsubscribe") is { } apple && apple.Trim().Equals("true", StringComparison.OrdinalIgnoreCase)
        || mail.DeliveredTo.Concat(mail.To).Any(address => address.Tag is not null && address.LocalPart.Equals("desabonnement", StringComparison.OrdinalIgnoreCase)) && mail.ReturnPath is not "");

    /// <summary>How it was asked, or null.</summary>
    public static UnsubscribeWording? Of(IncomingMail mail)
    {
        // The subject of an answer is the thread's, not the writer's.
        if (IsBareWord(mail.Subject) && mail.InReplyTo is null) return UnsubscribeWording.BareWord;

        var text = NewText.Of(mail).Text.Trim();
        if (text.Length is 0 or > LongestRequest) return null;
        if (IsBareWord(text)) return UnsubscribeWording.BareWord;

        var folded = FoldedText.Fold(text);
        return Request().IsMatch(folded) && !Denial().IsMatch(folded) ? UnsubscribeWording.Sentence : null;
    }

    private static bool IsBareWord(string text) => text.Length < 120 && BareWord().IsMatch(FoldedText.Fold(text).Trim(' ', '.', '!', '"', '\'', '«', '»', '*', '-', ':', '<', '>'));

    [GeneratedRegex(
        @"^(please |svp |merci de |bonjour[ ,.!]*|hello[ ,.!]*|demande de |request to )?(unsubscribe( me| us)?( please| from( this| the| your)?( mailing)?( list)?)?|un-subscribe|unsuscribe|remove( me)?|opt[- ]?out|(me |se |nous )?(desabonner|desabonnez|desinscrire|desinscrivez|desabonne|desabonement)([- ]moi|[- ]nous)?|desabonnement|desinscription|resiliation( abonnement)?|stop( ?(mails?|e-?mails?|courriels?|pub|all|tout))?|arret( des)?( mails?| e-?mails?)?|cancel( subscription)?)([ ,.!]*(please|svp|s'il vous plait|s'il te plait|merci( d'avance| beaucoup)?|thanks|thank you|cordialement))*$",
        RegexOptions.NonBacktracking)]
    private static partial Regex BareWord();

    [GeneratedRegex(
        @"(desabonn|desinscri|des?inscrire)(er|ez|re|vez|e|ir)?[- ](moi|nous)\b|\b(me|m'|nous) (desabonner|desinscrire|desabonne|desinscrit|retirer|enlever|oter|radier|rayer|supprimer|sortir|effacer) ?(de|du|des|les|svp|s'il|$|\.|,|!)?|\b(retirez|enlevez|otez|rayez|radiez|supprimez|sortez|effacez|retire|enleve)[- ](moi|nous|mon adresse|mon mail|mon e-?mail|mon courriel|mon nom)\b|(retirer|enlever|oter|supprimer|rayer|radier|effacer|desinscrire|desabonner) (mon|notre|cette|mes) (adresse|mail|e-?mail|courriel|nom|contact|compte)"
        + @"|ne plus (m'|me |nous )(envoyer|ecrire|adresser|contacter|solliciter|importuner)|(ne )?(plus|pas) (vouloir |souhaiter )?(recevoir|etre destinataire|etre (contacte|sollicite|derange|importune)|faire partie (de|des) (cette |votre |vos |la )?(liste|destinataires|diffusion))|(veux|voudrais|souhaite|souhaitons|desire|aimerais) (plus|ne plus|me desabonner|me desinscrire|nous desabonner|mon desabonnement|ma desinscription)|(arret|cess)(er|ez|e|erez) (de |d')(m'|me |nous |vos |ces |les )?(envoyer|ecrire|envoi|mails?|courriels?|messages?|envois)|(arretez|cessez) (vos|ces|les) (mails?|e-?mails?|courriels?|envois|messages?|notifications?)|comment (puis-je |peut-on |pourrais-je |faire pour |je fais pour |je peux |dois-je faire pour )?(me |se )?(desabonner|desinscrire|ne plus recevoir)|(proceder a|demande|effectuer|prendre en compte) (ma|mon|la|le) (desinscription|desabonnement)"
        + @"|unsubscribe (me|us|my)|(like|want|wish|need|how (do|can|to)|how do i|please|could you|can you) .{0,30}unsubscribe|(remove|take|delete|drop) (me|us|my (name|address|e-?mail( address)?)) (from|off|out)|stop (sending|e-?mailing|mailing|contacting|these|the|this|those|all) ?(me|us|e-?mails?|mails?|messages?)?|(do not|don't|no longer) (wish|want|like|care)( to)? (receive|get|be (on|contacted|e-?mailed))|no longer (want|wish) (to (receive|get)|these|your)|(don't|do not) (send|e-?mail|mail|contact) (me|us)",
        RegexOptions.NonBacktracking)]
    private static partial Regex Request();

    [GeneratedRegex(@"(pas|sans|ni|jamais) (envie de |souhait[a-z]* |voul[a-z]* )?(me|m'|nous) (desabonn|desinscri|retir)|(don't|do not|not) (want to |wish to )?unsubscribe|pas (encore )?(pu )?recevoir|(n'ai|n'avons|n'a) (plus|pas)|ne (plus|pas) recevoir .{0,30}(subvention|aide|financement|reponse)", RegexOptions.NonBacktracking)]
    private static partial Regex Denial();
}
