namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Titles and beginnings of invented news, in the manner of the sites that tell them.</summary>
internal static class Dispatches
{
    public static readonly (string Title, string Text) Fibre = (
        "Le Val-Fictif achève son réseau de fibre optique",
        "Le syndicat mixte Val-Fictif Numérique a annoncé mardi l’achèvement de son réseau public de fibre optique, qui dessert désormais 48 000 foyers et entreprises dans 112 communes. Lancé en 2017, le chantier aura coûté 96 millions d’euros, "
        + "dont 31 millions apportés par la région. Sa présidente, Odile Verneuil, promet des tarifs identiques pour les hameaux les plus éloignés.");

    public static readonly (string Title, string Text) FibreRewritten = (
        "Fibre : 48 000 foyers raccordables, le chantier public est terminé",
        "Le syndicat mixte Val-Fictif Numérique annonce l’achèvement de son réseau public de fibre optique, qui dessert maintenant 48 000 foyers et entreprises de 112 communes. Lancé en 2017, le chantier a coûté 96 millions d’euros, "
        + "dont 31 millions versés par la région. La présidente Odile Verneuil promet les mêmes tarifs dans les hameaux éloignés.");

    /// <summary>As a site shows it that cuts its beginnings short.</summary>
    public static readonly (string Title, string Text) FibreCut = (
        "Réseau public : la fibre partout",
        "Le syndicat mixte Val-Fictif Numérique a annoncé mardi l’achèvement de son réseau public de fibre optique, qui dessert désormais 48 000 foyers et entreprises dans 112 communes. Lancé en 2017…");

    /// <summary>The same subject and many of its words, another event.</summary>
    public static readonly (string Title, string Text) FibreElsewhere = (
        "La Haute-Lande ouvre son réseau de fibre optique",
        "Le syndicat mixte Haute-Lande Numérique a annoncé jeudi l’achèvement de son réseau public de fibre optique, qui dessert désormais 17 500 foyers et entreprises dans 64 communes. Lancé en 2019, le chantier aura coûté 41 millions d’euros, "
        + "dont 12 millions apportés par la région. Son président, Gaspard Oriol, promet des tarifs identiques pour les hameaux les plus éloignés.");

    /// <summary>Something else of the same people.</summary>
    public static readonly (string Title, string Text) SamePeople = (
        "Odile Verneuil réélue à la tête du syndicat numérique",
        "Les délégués des 112 communes du syndicat mixte Val-Fictif Numérique ont reconduit mardi Odile Verneuil à la présidence pour trois ans. Elle veut ouvrir des ateliers de découverte dans les médiathèques, former les secrétaires de mairie et "
        + "partager un service de sauvegarde entre les petites collectivités, qui n’ont pas toutes un informaticien.");

    /// <summary>The agenda of a town, for a week.</summary>
    public static (string Title, string Text) Agenda(string week, string market, string council) => (
        "Agenda de la semaine à Saint-Exemple",
        $"Retrouvez les rendez-vous de la semaine du {week} à Saint-Exemple : le marché des producteurs place de la mairie le {market} au matin, l’atelier numérique de la médiathèque, la permanence du conciliateur de justice et la réunion du conseil "
        + $"municipal le {council} à la salle des fêtes. Tous les rendez-vous sont gratuits et ouverts à tous les habitants.");

    /// <summary>What many communes publish in the same words.</summary>
    public static (string Title, string Text) Meters(string commune) => (
        "Relevé annuel des compteurs d’eau potable",
        $"La mairie de {commune} informe les habitants que le relevé annuel des compteurs d’eau potable commence lundi. Les agents du service des eaux passent dans toutes les rues de {commune} et demandent que le regard du compteur reste accessible. "
        + "En cas d’absence, un avis de passage est déposé dans la boîte aux lettres avec le formulaire à retourner.");

    /// <summary>A text that names nobody, no place, no day and no figure.</summary>
    public static readonly (string Title, string Text) Nameless = (
        "Horaires du secrétariat",
        "Le secrétariat accueille les habitants pour leurs démarches administratives, leurs demandes de documents et leurs inscriptions aux services périscolaires. Merci de prendre rendez-vous par téléphone avant de vous déplacer.");

    public static readonly (string Title, string Text) Short = ("Fermeture de la mairie", "La mairie de Saint-Exemple est fermée mardi 3 mars.");
}
