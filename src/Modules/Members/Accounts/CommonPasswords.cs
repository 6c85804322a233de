using System.Globalization;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Words and runs of keys that people put into passwords first, folded. A password is judged on what is left without them.</summary>
internal static class CommonPasswords
{
    private const int FirstYear = 1930;
    private const int Years = 110;

    /// <summary>Longest first, so that « motdepasse » goes before « passe ». Years too: they are what is added to a word that was refused.</summary>
    public static IReadOnlyList<string> Parts { get; } =
    [
        .. """
           password passw0rd p4ssword motdepasse motdepass mot2passe passe secret secrete sesame ouvretoi ouvrir admin administrateur
           administrator root superuser utilisateur user test tester essai demo bonjour bonsoir salut hello welcome bienvenue bisous bisou
           coucou merci amour jetaime jtaime iloveyou love lovely doudou loulou chouchou cheri cherie mamour princess princesse soleil
           sunshine lumiere etoile star licorne dragon monkey tiger lion chocolat nutella cafe fromage camembert croissant baguette
           football basket rugby tennis velo ballon equipe marseille olympique paris parissg psg lyon france francais francaise
           republique liberte egalite fraternite azerty azertyuiop qwerty qwertyuiop qwertz qsdfghjklm asdfghjkl wxcvbn zxcvbnm
           azer qsdf wxcv qazwsx aqwzsx azeaze abcdef abcdefgh abcdefghij abcd1234 abc123 123abc a1b2c3 1q2w3e4r 1a2z3e4r 1qaz2wsx
           12345678901234567890 1234567890 123456789 12345678 1234567 123456 12345 1234 0123456789 0987654321 987654321 87654321 654321
           54321 111111 000000 222222 333333 444444 555555 666666 777777 888888 999999 121212 123123 123321 112233 101010 696969
           master maitre chef patron patronne mairie commune village ville departement region territoire collectivite association entreprise
           collaboratif collab espace plateforme groupe forum reseau internet ordinateur windows microsoft google facebook gmail orange
           wanadoo free sfr laposte hotmail yahoo ministere prefecture service public accueil bureau travail janvier fevrier mars avril
           juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche printemps automne
           hiver vacances noel anniversaire famille maman papa maison jardin nicolas thomas julien maxime kevin alexandre sebastien
           pierre michel philippe nathalie isabelle camille marie sophie caroline letmein trustno1 superman batman pokemon starwars
           matrix naruto minecraft fortnite ninja shadow computer changeme changezmoi default defaut temporaire provisoire nouveau
           azertyui qwerty123 admin123 password1 motdepasse1 drome ardeche dauphine rhone vercors provence
           """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Concat(Enumerable.Range(FirstYear, Years).Select(y => y.ToString(CultureInfo.InvariantCulture))).Distinct().OrderByDescending(w => w.Length),
    ];
}
