using System.Collections.Frozen;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>The words by which mail programs introduce a quotation, in the languages they speak.</summary>
internal static class IntroWords
{
    /// <summary>What stands before the date: « Le 3 nov. », « On Nov 3 », « Dnia 3 lis ».</summary>
    public static readonly FrozenSet<string> Openers = WordTable.Words(
        "le dans en au du mail message e-mail courriel",
        "on in at",
        "am um",
        "el il in nel lo",
        "op em no na a",
        "den d på pa",
        "dnia w dne v vo dana dňa",
        "в во у на on",
        "在 于 於 vào vao pada tarihinde la data στις la");

    /// <summary>Days, by which Gmail and Yandex begin in many languages, and months: with a number they make a date.</summary>
    public static readonly FrozenSet<string> DaysAndMonths = WordTable.Words(
        "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so",
        "lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica gio",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo",
        "segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira seg ter qua qui sex",
        "måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tors tor fre lör sön mandag lørdag søndag man tir lør søn",
        "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina ti ke to pe la su",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela pon pn wt śr czw pt sob niedz nd",
        "pondělí úterý středa čtvrtek pátek neděle po út st čt pá ne pondelok utorok streda štvrtok piatok nedeľa",
        "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс понеділок вівторок середа четвер пятниця субота неділя нд",
        "pazartesi salı çarşamba perşembe cuma cumartesi pazar hétfő kedd szerda csütörtök péntek szombat vasárnap luni marți miercuri joi vineri sâmbătă duminică",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr juil sept oct nov déc",
        "january february march april may june july august september october november december jan feb apr jun jul aug sep dec",
        "januar februar märz juni juli oktober dezember mär okt dez",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic",
        "gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre gen mag giu lug set ott",
        "januari februari maart mei augustus mrt",
        "janeiro fevereiro março maio junho julho setembro outubro dezembro fev out",
        "augusti maj marts desember des",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta tammik helmik maalisk huhtik toukok kesäk heinäk elok syysk lokak marrask jouluk",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia sty lut mar kwi cze lip sie wrz paź lis gru",
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв февр апр июн июл авг сент окт нояб дек");

    /// <summary>« wrote » where one word says it. The name may follow where <see cref="BeforeTheName"/> holds it too.</summary>
    public static readonly FrozenSet<string> Verbs = WordTable.Words(
        "écrivait écrivit écrivez écriviez wrote writes scribbled sent posted",
        "schrieb geschrieben schreibt schreef schrijft geschreven",
        "escribió escribio escribía scrive scrisse scriveva escreveu escrigué",
        "skrev skreiv skriver kirjoitti",
        "napisał napisał(a) napisała napisal napisal(a) napisala pisze napsal napsal(a) napsala napísal napísal(a) napísala piše napisao napisao/la",
        "написал написала написал(а) пишет писал писала написав написала пише написа",
        "írta irta ír yazdı yazdi έγραψε menulis kirjutas rašė rakstīja scris viết כתב כתבה كتب",
        "写道 寫道 写道: のメール: 작성 작성: 님이");

    /// <summary>« écrit », which tells a quotation after its auxiliary only: « a écrit », « ha scritto », « va escriure ».</summary>
    public static readonly FrozenSet<string> Participles = WordTable.Words("écrit scritto escriure répondu risposto escrito geantwoord");

    /// <summary>What must stand before one of <see cref="Participles"/>.</summary>
    public static readonly FrozenSet<string> Auxiliaries = WordTable.Words("a à avez ont as ha hai hanno va heeft", "has had");

    /// <summary>The verbs that languages with the verb second put before the name: « Am 3.11. schrieb Anna: ».</summary>
    public static readonly FrozenSet<string> BeforeTheName = WordTable.Words(
        "schrieb schreibt skrev skreiv schreef napisał napisał(a) napsal napsal(a) napísal napísal(a) napisao írta escribió");

    /// <summary>Verbs without spaces around them.</summary>
    public static readonly string[] Unspaced = [.. WordTable.Words("写道 寫道 写了 のメール 書きました 작성 쓴 메일 님이").OrderBy(word => word, StringComparer.Ordinal)];

    /// <summary>« Citation de X » without any verb, as webmails write it.</summary>
    public static readonly Beginnings Quoting = WordTable.Beginnings(
        "quoting|quoted from|citation de|citant|selon|zitat von|zitiere|citando a|citando|cita de|citat|citerar|citeren|cytowanie|cytat|цитирую");

    /// <summary>Somebody without a name is spoken of in a sentence: « Le 12 mars, le maire a écrit : ».</summary>
    public static readonly FrozenSet<string> Articles = WordTable.Words(
        "le la les l un une des mon ma mes notre nos votre vos son sa ses leur leurs ce cette ces il elle ils elles on nous vous j je tu quelqu chacun personne",
        "the a an my our his her their your he she they i we somebody someone",
        "der die das ein eine mein unser er sie ich wir el los las lo gli i uno una mi su nuestro nosotros de het een mijn ons o os as um uma meu minha nosso");
}
