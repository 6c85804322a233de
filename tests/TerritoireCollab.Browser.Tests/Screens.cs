using Microsoft.Playwright;

namespace TerritoireCollab.Browser.Tests;

/// <summary>A screen of the product, in a state worth looking at.</summary>
/// <param name="Name">Name of its pictures.</param>
/// <param name="Route">The route it answers for, as the host maps it.</param>
/// <param name="As">Who looks: the first part of the address of a demo account, or null for somebody who is not signed in.</param>
/// <param name="Address">Where it stands.</param>
/// <param name="Status">Status of the answer.</param>
/// <param name="Prepare">What is done on the page before it is looked at.</param>
public sealed record Screen(string Name, string Route, string? As, Func<Sights, string> Address, int Status = 200, Func<IPage, Task>? Prepare = null)
{
    /// <summary>A screen whose address is its route.</summary>
    public Screen(string name, string route, string? @as, Func<IPage, Task>? prepare = null) : this(name, route, @as, _ => route, Prepare: prepare)
    {
    }
}

/// <summary>Every screen of the product.</summary>
internal static class Screens
{
    private const string Group = "/groupes/" + Demo.Group;
    private const string Files = Group + "/fichiers";
    private const string Veille = "/groupes/veille-numerique/veille";

    public static IReadOnlyList<Screen> All { get; } =
    [
        new("porte", "/", null),
        new("accueil", "/", "animatrice"),
        new("accueil-premier-jour", "/", "nouvelle"),
        new("connexion", "/connexion", null),
        new("connexion-refusee", "/connexion", null, page => FillAsync(page, ("Email", "personne@exemple.invalid"), ("Password", "n’importe quoi"))),
        new("inscription", "/inscription", null),
        new("inscription-refusee", "/inscription", null, page => FillAsync(page, ("FullName", "Ida Prime"), ("Email", "ida@exemple.invalid"), ("Password", "motdepasse123"))),
        new("mot-de-passe", "/mot-de-passe", null),
        new("lien", "/lien/{Token}", null, s => s.Link),
        new("lien-mot-de-passe", "/lien/{Token}", null, s => s.Reset),
        new("lien-perdu", "/lien/{Token}", null, _ => "/lien/inconnu"),
        new("invitation", "/invitation/{Token}", null, s => s.Invitation),
        new("invitation-membre", "/invitation/{Token}", "entreprise", s => s.Invitation),
        new("invitation-perdue", "/invitation/{Token}", null, _ => "/invitation/inconnue"),
        new("invitation-refus", "/invitation/{Token}/refus", null, s => s.Refusal),
        new("invitation-refus-perdu", "/invitation/{Token}/refus", null, _ => "/invitation/inconnue/refus"),
        new("invitations-arret", "/invitations/arret/{Token}", null, s => s.StopInvitations),
        new("desabonnement", "/desabonnement/{Token}", null, s => s.Unsubscribe),
        new("bienvenue-moi", "/bienvenue", "nouvelle"),
        new("bienvenue-groupes", "/bienvenue", "nouvelle", _ => "/bienvenue?etape=2"),
        new("bienvenue-courriels", "/bienvenue", "nouvelle", _ => "/bienvenue?etape=3"),
        new("groupes", "/groupes", "animatrice"),
        new("groupes-sans-resultat", "/groupes", "nouvelle", _ => "/groupes?filtre=miens"),
        new("groupe-nouveau", "/groupes/nouveau", "animatrice"),
        new("groupe-nouveau-refuse", "/groupes/nouveau", "animatrice", page => FillAsync(page, ("Form.Name", " "), ("Form.Summary", " "))),
        new("groupe", "/groupes/{Slug}", "animatrice", _ => Group),
        new("groupe-vu-du-dehors", "/groupes/{Slug}", "entreprise", _ => "/groupes/collectivites-numeriques"),
        new("groupe-desert", "/groupes/{Slug}", "agent", _ => "/groupes/groupe-desert"),
        new("groupe-voir-comme", "/groupes/{Slug}", "animatrice", _ => Group + "?voir-comme=visiteur"),
        new("groupe-lancement", "/groupes/{Slug}/lancement", "agent", _ => "/groupes/groupe-desert/lancement"),
        new("groupe-arranger", "/groupes/{Slug}/accueil", "animatrice", _ => Group + "/accueil"),
        new("groupe-reglages", "/groupes/{Slug}/reglages", "animatrice", _ => Group + "/reglages", Prepare: page => page.Locator("main details > summary.fort").ClickAsync()),
        new("groupe-rejoindre", "/groupes/{Slug}/rejoindre", "entreprise", _ => "/groupes/collectivites-numeriques/rejoindre"),
        new("groupe-invitations", "/groupes/{Slug}/invitations", "animatrice", _ => Group + "/invitations?qui=mar"),
        new("groupe-membres", "/groupes/{Slug}/membres", "animatrice", _ => Group + "/membres"),
        new("groupe-demandes", "/groupes/{Slug}/membres", "animatrice", _ => "/groupes/collectivites-numeriques/membres"),
        new("groupe-membre", "/groupes/{Slug}/membres/{Handle}", "animatrice", s => $"{Group}/membres/{s.Handle}"),
        new("groupe-courriels", "/groupes/{Slug}/courriels", "animatrice", _ => Group + "/courriels"),
        new("groupe-recherche", "/groupes/{Slug}/recherche", "animatrice", _ => Group + "/recherche?q=fibre"),
        new("forum", "/groupes/{Slug}/forum", "animatrice", _ => Group + "/forum"),
        new("forum-desert", "/groupes/{Slug}/forum", "agent", _ => "/groupes/groupe-desert/forum"),
        new("forum-nouveau", "/groupes/{Slug}/forum/nouveau", "agent", _ => Group + "/forum/nouveau"),
        new("forum-nouveau-refuse", "/groupes/{Slug}/forum/nouveau", "agent", _ => Group + "/forum/nouveau", Prepare: page => FillAsync(page, ("Input.Title", " "), ("Input.Body", " "))),
        new("fil", "/groupes/{Slug}/forum/{Segment}", "animatrice", s => s.Thread),
        new("fil-resolu", "/groupes/{Slug}/forum/{Segment}", "agent", s => s.Edited),
        new("fil-modifier", "/groupes/{Slug}/forum/{Segment}/modifier", "animatrice", s => s.Edited + "/modifier"),
        new("fil-reponse-modifier", "/groupes/{Slug}/forum/{Segment}/reponses/{Number:int}/modifier", "animatrice", s => s.Edited + "/reponses/2/modifier"),
        new("fil-historique", "/groupes/{Slug}/{ToolKey}/{Segment}/historique", "agent", s => s.Edited + "/historique?reponse=2"),
        new("fil-animer", "/groupes/{Slug}/forum/{Segment}/animer", "animatrice", s => s.Edited + "/animer"),
        new("forum-corbeille", "/groupes/{Slug}/corbeille/{ToolKey}", "animatrice", _ => Group + "/corbeille/forum"),
        new("articles", "/groupes/{Slug}/articles", "animatrice", _ => "/groupes/collectivites-numeriques/articles"),
        new("articles-auteur", "/groupes/{Slug}/articles", "animatrice", _ => Group + "/articles"),
        new("articles-desert", "/groupes/{Slug}/articles", "agent", _ => "/groupes/groupe-desert/articles"),
        new("article", "/groupes/{Slug}/articles/{Segment}", "animatrice", s => s.Article),
        new("article-public", "/groupes/{Slug}/articles/{Segment}", null, s => s.Article),
        new("article-modifier", "/groupes/{Slug}/articles/{Segment}/modifier", "animatrice", s => s.Article + "/modifier"),
        new("article-ecrire", "/groupes/{Slug}/articles/nouveau", "agent", _ => Group + "/articles/nouveau"),
        new("article-ecrire-refuse", "/groupes/{Slug}/articles/nouveau", "agent", _ => Group + "/articles/nouveau", Prepare: RefuseArticleAsync),
        new("article-brouillon", "/groupes/{Slug}/articles/brouillons/{Id:guid}", "animatrice", s => s.Draft),
        new("article-apercu", "/groupes/{Slug}/articles/brouillons/{Id:guid}/apercu", "animatrice", s => s.Draft + "/apercu"),
        new("article-dossier", "/groupes/{Slug}/articles/dossiers/{Series}", null, s => s.SeriesOfArticles),
        new("etiquettes", "/groupes/{Slug}/etiquettes", "animatrice", _ => Group + "/etiquettes"),
        new("etiquette-renommer", "/groupes/{Slug}/etiquettes/{Tag}", "animatrice", s => s.Tag),
        new("etiquette-renommer-refus", "/groupes/{Slug}/etiquettes/{Tag}", "animatrice", s => s.Tag, Prepare: page => FillAsync(page, ("Name", "un, deux"))),
        new("favori-passage", "/groupes/{Slug}/favoris/{Segment}/passages/{Id:guid}/modifier", "animatrice", s => s.Passage),
        new("favoris", "/groupes/{Slug}/favoris", "animatrice", _ => Group + "/favoris"),
        new("favoris-desert", "/groupes/{Slug}/favoris", "agent", _ => "/groupes/groupe-desert/favoris"),
        new("favori", "/groupes/{Slug}/favoris/{Segment}", "animatrice", s => s.Bookmark),
        new("favori-nouveau", "/groupes/{Slug}/favoris/nouveau", "agent", _ => Group + "/favoris/nouveau"),
        new("favori-nouveau-refuse", "/groupes/{Slug}/favoris/nouveau", "agent", _ => Group + "/favoris/nouveau", Prepare: page => FillAsync(page, ("Input.Address", "rien"), ("Input.Title", " "))),
        new("favori-modifier", "/groupes/{Slug}/favoris/{Segment}/modifier", "animatrice", s => s.Bookmark + "/modifier"),
        new("favoris-importer", "/groupes/{Slug}/favoris/importer", "agent", _ => Group + "/favoris/importer"),
        new("favoris-groupe", "/favoris/ajouter", "animatrice"),
        new("sondages", "/groupes/{Slug}/sondages", "animatrice", _ => Group + "/sondages"),
        new("sondages-clos", "/groupes/{Slug}/sondages", "animatrice", _ => Group + "/sondages?filtre=clos"),
        new("sondages-desert", "/groupes/{Slug}/sondages", "agent", _ => "/groupes/groupe-desert/sondages"),
        new("sondage-nouveau", "/groupes/{Slug}/sondages/nouveau", "animatrice", _ => Group + "/sondages/nouveau"),
        new("sondage-nouveau-dates", "/groupes/{Slug}/sondages/nouveau", "animatrice", _ => Group + "/sondages/nouveau?sorte=dates"),
        new("sondage-nouveau-refuse", "/groupes/{Slug}/sondages/nouveau", "animatrice", _ => Group + "/sondages/nouveau", Prepare: page => FillAsync(page, ("Input.Title", " "), ("Input.Options", "Une seule"))),
        new("sondage", "/groupes/{Slug}/sondages/{Segment}", "animatrice", s => s.Polls["OneChoice"]),
        new("sondage-places", "/groupes/{Slug}/sondages/{Segment}", "animatrice", s => s.Polls["OneChoicePlaces"]),
        new("sondage-dates", "/groupes/{Slug}/sondages/{Segment}", "animatrice", s => s.Polls["Dates"]),
        new("sondage-classement", "/groupes/{Slug}/sondages/{Segment}", "animatrice", s => s.Polls["RankingClosed"]),
        new("sondage-decision", "/groupes/{Slug}/sondages/{Segment}", "animatrice", s => s.Polls["Consent"]),
        new("sondage-conclu", "/groupes/{Slug}/sondages/{Segment}", "animatrice", s => s.Polls["ConsentClosed"]),
        new("sondage-modifier", "/groupes/{Slug}/sondages/{Segment}/modifier", "animatrice", s => s.Polls["OneChoice"] + "/modifier"),
        new("sondage-conclure", "/groupes/{Slug}/sondages/{Segment}/conclure", "animatrice", s => s.Polls["RankingClosed"] + "/conclure"),
        new("moi-favoris", "/moi/favoris", "animatrice"),
        new("moi-favoris-aucun", "/moi/favoris", "nouvelle"),
        new("moi-favori-nouveau", "/moi/favoris/nouveau", "animatrice"),
        new("moi-favori-nouveau-refuse", "/moi/favoris/nouveau", "animatrice", page => FillAsync(page, ("Input.Address", "rien"), ("Input.Title", " "))),
        new("moi-favori-modifier", "/moi/favoris/{ShortId}/modifier", "animatrice", s => s.OwnBookmark),
        new("moi-copies", "/moi/favoris/copies", "animatrice"),
        new("moi-copies-aucune", "/moi/favoris/copies", "nouvelle"),
        new("moi-copie", "/moi/favoris/copies/{Id:guid}", "animatrice", s => s.Copy),
        new("moi-favoris-importer", "/moi/favoris/importer", "animatrice"),
        new("sondage-clore", "/groupes/{Slug}/sondages/{Segment}/clore", "animatrice", s => s.Polls["OneChoice"] + "/clore"),
        new("sondage-rouvrir", "/groupes/{Slug}/sondages/{Segment}/rouvrir", "animatrice", s => s.ClosedPoll + "/rouvrir"),
        new("sondage-par-lien", "/voter/{Token}", null, s => s.VoteLink),
        new("questionnaires", "/groupes/{Slug}/sondages", "animatrice", _ => Group + "/sondages?sorte=questionnaires"),
        new("questionnaire-nouveau", "/groupes/{Slug}/sondages/questionnaires/nouveau", "animatrice", _ => Group + "/sondages/questionnaires/nouveau"),
        new("questionnaire-nouveau-refuse", "/groupes/{Slug}/sondages/questionnaires/nouveau", "animatrice", _ => Group + "/sondages/questionnaires/nouveau", Prepare: page => FillAsync(page, ("Input.Title", " "), ("Input.P0.Text", " "))),
        new("questionnaire", "/groupes/{Slug}/sondages/questionnaires/{Segment}", "animatrice", s => s.Questionnaires["open"]),
        new("questionnaire-clos", "/groupes/{Slug}/sondages/questionnaires/{Segment}", "animatrice", s => s.Questionnaires["closed"]),
        new("questionnaire-modifier", "/groupes/{Slug}/sondages/questionnaires/{Segment}/modifier", "animatrice", s => s.Questionnaires["open"] + "/modifier"),
        new("questionnaire-resultats", "/groupes/{Slug}/sondages/questionnaires/{Segment}/resultats", "animatrice", s => s.Questionnaires["open"] + "/resultats"),
        new("questionnaire-resultats-anonymes", "/groupes/{Slug}/sondages/questionnaires/{Segment}/resultats", "agent", s => s.Questionnaires["closed"] + "/resultats"),
        new("questionnaire-reponses", "/groupes/{Slug}/sondages/questionnaires/{Segment}/reponses", "animatrice", s => s.Questionnaires["open"] + "/reponses"),
        new("questionnaire-historique", "/groupes/{Slug}/sondages/questionnaires/{Segment}/historique", "animatrice", s => s.Questionnaires["open"] + "/historique"),
        new("fichiers", "/groupes/{Slug}/fichiers", "animatrice", _ => Files),
        new("fichiers-dossier", "/groupes/{Slug}/fichiers", "animatrice", s => s.Folder),
        new("fichiers-desert", "/groupes/{Slug}/fichiers", "agent", _ => "/groupes/groupe-desert/fichiers"),
        new("fichier", "/groupes/{Slug}/fichiers/{Segment}", "animatrice", s => s.File),
        new("fichiers-deposer", "/groupes/{Slug}/fichiers/nouveau", "animatrice", _ => Files + "/nouveau"),
        new("fichiers-deposer-refuse", "/groupes/{Slug}/fichiers/nouveau", "animatrice", _ => Files + "/nouveau", Prepare: page => FillAsync(page, ("Input.Title", "Sans fichier"))),
        new("fichiers-importer", "/groupes/{Slug}/fichiers/importer", "animatrice", _ => Files + "/importer"),
        new("fichiers-reglages", "/groupes/{Slug}/fichiers/reglages", "animatrice", _ => Files + "/reglages"),
        new("fichiers-dossier-nouveau", "/groupes/{Slug}/fichiers/dossiers/nouveau", "animatrice", _ => Files + "/dossiers/nouveau"),
        new("fichiers-dossier-modifier", "/groupes/{Slug}/fichiers/dossiers/{FolderId}/modifier", "animatrice", s => $"{Files}/dossiers/{s.Folder.Split('=')[^1]}/modifier"),
        new("fichier-modifier", "/groupes/{Slug}/fichiers/{Segment}/modifier", "animatrice", s => s.File + "/modifier"),
        new("fichier-remplacer", "/groupes/{Slug}/fichiers/{Segment}/remplacer", "animatrice", s => s.File + "/remplacer"),
        new("fichier-partager", "/groupes/{Slug}/fichiers/{Segment}/partager", "animatrice", s => s.File + "/partager"),
        new("fichier-partage", "/partage/{Token}", null, s => s.Share),
        new("administration-fichiers", "/administration/fichiers", "admin"),
        new("deplacer", "/contenus/{ShortId}/deplacer", "animatrice", s => $"/contenus/{s.Bookmark.Split('/')[^1][..8]}/deplacer"),
        new("lettres", "/groupes/{Slug}/lettres", "animatrice", _ => Group + "/lettres"),
        new("lettres-desert", "/groupes/{Slug}/lettres", "agent", _ => "/groupes/groupe-desert/lettres"),
        new("lettre", "/groupes/{Slug}/lettres/{Segment}", "agent", s => s.Letter),
        new("lettre-animatrice", "/groupes/{Slug}/lettres/{Segment}", "animatrice", s => s.Letter),
        new("lettre-ecrire", "/groupes/{Slug}/lettres/nouveau", "animatrice", _ => Group + "/lettres/nouveau"),
        new("lettre-ecrire-refusee", "/groupes/{Slug}/lettres/nouveau", "animatrice", _ => Group + "/lettres/nouveau", Prepare: page => CheckLetterAsync(page, " ", ".erreurs")),
        new("lettre-verifier", "/groupes/{Slug}/lettres/nouveau", "animatrice", _ => Group + "/lettres/nouveau", Prepare: page => CheckLetterAsync(page, "Réunion de jeudi", "#envoi")),
        new("lettre-modifier", "/groupes/{Slug}/lettres/{Segment}/modifier", "animatrice", s => s.Letter + "/modifier"),
        new("lettre-historique", "/groupes/{Slug}/{ToolKey}/{Segment}/historique", "agent", s => s.Letter + "/historique"),
        new("lettre-distribution", "/contenus/{ShortId}/distribution", "animatrice", s => $"/contenus/{s.LetterId}/distribution"),
        new("pages", "/groupes/{Slug}/pages", "animatrice", _ => Group + "/pages"),
        new("pages-desert", "/groupes/{Slug}/pages", "agent", _ => "/groupes/groupe-desert/pages"),
        new("page", "/groupes/{Slug}/pages/{Segment}", "agent", s => s.Wiki),
        new("page-animatrice", "/groupes/{Slug}/pages/{Segment}", "animatrice", s => s.Wiki),
        new("page-nouvelle", "/groupes/{Slug}/pages/nouveau", "agent", s => $"{Group}/pages/nouveau?modele=compte-rendu&parent={s.WikiId}"),
        new("page-nouvelle-refusee", "/groupes/{Slug}/pages/nouveau", "agent", _ => Group + "/pages/nouveau", Prepare: page => FillAsync(page, ("Input.Title", " "), ("Input.Body", " "))),
        new("page-importer", "/groupes/{Slug}/pages/importer", "agent", _ => Group + "/pages/importer"),
        new("page-modifier", "/groupes/{Slug}/pages/{Segment}/modifier", "animatrice", s => $"{Group}/pages/{s.WikiId}/modifier"),
        new("page-ranger", "/groupes/{Slug}/pages/{Segment}/ranger", "animatrice", s => $"{Group}/pages/{s.WikiId}/ranger"),
        new("page-retirer", "/groupes/{Slug}/pages/{Segment}/retirer", "animatrice", s => $"{Group}/pages/{s.WikiId}/retirer"),
        new("page-versions", "/groupes/{Slug}/pages/{Segment}/historique", "agent", s => $"{Group}/pages/{s.WikiId}/historique"),
        new("page-version", "/groupes/{Slug}/pages/{Segment}/versions/{Number:int}", "animatrice", s => $"{Group}/pages/{s.WikiId}/versions/1"),
        new("page-comparer", "/groupes/{Slug}/pages/{Segment}/comparer", "agent", s => $"{Group}/pages/{s.WikiId}/comparer?de=1&a=3"),
        new("page-comparer-suite", "/groupes/{Slug}/pages/{Segment}/comparer", "agent", s => $"{Group}/pages/{s.WikiId}/comparer?de=1&a=3&vue=suite"),
        new("groupe-adresses", "/groupes/{Slug}/adresses", "animatrice", _ => Group + "/adresses"),
        new("groupe-adresses-aucune", "/groupes/{Slug}/adresses", "agent", _ => "/groupes/groupe-desert/adresses"),
        new("geste", "/geste/{Token}", null, s => s.Act),
        new("accueil-courriels-reviennent", "/", "elue"),
        new("veille", "/veille", null),
        new("veille-membre", "/veille", "agent"),
        new("veille-archives", "/veille/revues", null),
        new("veille-revue", "/veille/revues/{Number:int}", "agent", s => "/groupes/veille-numerique/veille/revues/" + s.Issue),
        new("veille-abonnement", "/veille/abonnement", null),
        new("veille-abonnement-refuse", "/veille/abonnement", null, page => FillAsync(page, ("Email", "personne"))),
        new("veille-abonnement-confirmer", "/veille/abonnement/{Token}", null, s => s.Confirm),
        new("veille-desabonnement", "/veille/desabonnement/{Token}", null, s => s.Leave),
        new("veille-proposer", "/veille/proposer", "animatrice"),
        new("veille-fonds", "/groupes/{Slug}/veille", "agent", _ => Veille),
        new("veille-fonds-animatrice", "/groupes/{Slug}/veille", "animatrice", _ => Veille),
        new("veille-groupe-proposer", "/groupes/{Slug}/veille/proposer", "animatrice", _ => Veille + "/proposer"),
        new("veille-groupe-nouveau", "/groupes/{Slug}/veille/nouveau", "agent", _ => Veille + "/nouveau"),
        new("veille-trouvaille", "/groupes/{Slug}/veille/trouvailles/{Segment}", "animatrice", s => s.Find),
        new("veille-trouvaille-modifier", "/groupes/{Slug}/veille/trouvailles/{Segment}/modifier", "animatrice", s => $"{Veille}/trouvailles/{s.FindId}/modifier"),
        new("veille-trouvaille-historique", "/groupes/{Slug}/veille/trouvailles/{Segment}/historique", "animatrice", s => $"{Veille}/trouvailles/{s.FindId}/historique"),
        new("veille-trouvaille-passage", "/groupes/{Slug}/veille/trouvailles/{Segment}", "animatrice", s => s.Find, Prepare: page => page.Locator("#marquer > summary").ClickAsync()),
        new("veille-passage-modifier", "/groupes/{Slug}/veille/trouvailles/{Segment}/passages/{Id:guid}/modifier", "animatrice", s => $"{Veille}/trouvailles/{s.QuotedId}/passages/{s.Quote}/modifier"),
        new("veille-commentaire-modifier", "/contenus/{ShortId}/reponses/{Number:int}/modifier", "animatrice", s => $"/contenus/{s.FindId}/reponses/1/modifier"),
        new("veille-commentaire-historique", "/contenus/{ShortId}/reponses/{Number:int}/historique", "animatrice", s => $"/contenus/{s.FindId}/reponses/1/historique"),
        new("veille-carte-commenter", "/groupes/{Slug}/veille/cartes/{Id:guid}/commenter", "animatrice", s => $"{Veille}/cartes/{s.Card}/commenter"),
        new("veille-texte-a-demander", "/groupes/{Slug}/veille/cartes/{Id:guid}/texte", "animatrice", s => $"{Veille}/cartes/{s.Card}/texte"),
        new("veille-texte", "/groupes/{Slug}/veille/cartes/{Id:guid}/texte", "agent", s => s.Text),
        new("veille-texte-refuse", "/groupes/{Slug}/veille/cartes/{Id:guid}/texte", "agent", s => s.TextRefused),
        new("veille-carte-sources", "/groupes/{Slug}/veille/cartes/{Id:guid}/sources", "animatrice", s => $"{Veille}/cartes/{s.Card}/sources"),
        new("veille-tableau", "/groupes/{Slug}/veille/tableau", "animatrice", _ => Veille + "/tableau"),
        new("veille-tableau-carte", "/groupes/{Slug}/veille/tableau/cartes/{Id:guid}", "animatrice", s => $"{Veille}/tableau/cartes/{s.Card}"),
        new("veille-preparer", "/groupes/{Slug}/veille/revue", "animatrice", _ => Veille + "/revue"),
        new("veille-groupe-revues", "/groupes/{Slug}/veille/revues", "animatrice", _ => Veille + "/revues"),
        new("veille-groupe-revue", "/groupes/{Slug}/veille/revues/{Segment}", "animatrice", s => $"{Veille}/revues/{s.Issue}"),
        new("veille-corriger", "/groupes/{Slug}/veille/revues/{ShortId}/corriger", "animatrice", s => $"{Veille}/revues/{s.Issue}/corriger"),
        new("veille-editos", "/veille/editos", null),
        new("veille-edito", "/veille/editos/{Segment}", null, s => s.Editorial),
        new("veille-groupe-editos", "/groupes/{Slug}/veille/editos", "animatrice", _ => Veille + "/editos"),
        new("veille-groupe-edito", "/groupes/{Slug}/veille/editos/{Segment}", "agent", s => $"{Veille}/editos/{s.EditorialId}"),
        new("veille-edito-ecrire", "/groupes/{Slug}/veille/edito", "animatrice", _ => Veille + "/edito"),
        new("veille-edito-sans-revue", "/groupes/{Slug}/veille/edito", "animatrice", _ => Veille + "/edito?mois=2020-02"),
        new("veille-edito-refuse", "/groupes/{Slug}/veille/edito", "animatrice", _ => Veille + "/edito", Prepare: RefuseEditorialAsync),
        new("veille-edito-modifier", "/groupes/{Slug}/veille/editos/{Segment}/modifier", "animatrice", s => $"{Veille}/editos/{s.EditorialId}/modifier"),
        new("veille-edito-historique", "/groupes/{Slug}/veille/editos/{Segment}/historique", "agent", s => $"{Veille}/editos/{s.EditorialId}/historique"),
        new("veille-sources", "/groupes/{Slug}/veille/sources", "animatrice", _ => Veille + "/sources"),
        new("veille-sources-panne", "/groupes/{Slug}/veille/sources", "animatrice", _ => Veille + "/sources?filtre=panne"),
        new("veille-source-ajouter", "/groupes/{Slug}/veille/sources/ajouter", "animatrice", _ => Veille + "/sources/ajouter"),
        new("veille-source-ajouter-refuse", "/groupes/{Slug}/veille/sources/ajouter", "animatrice", _ => Veille + "/sources/ajouter", Prepare: page => FillAsync(page, ("Address", "javascript:rien"))),
        new("veille-source-page", "/groupes/{Slug}/veille/sources/ajouter", "animatrice", _ => Veille + "/sources/ajouter", Prepare: page => FillAsync(page, "#apercu", ("Address", "https://fabrique-du-tilleul.demo.invalid/agenda"))),
        new("veille-source-page-a-dire", "/groupes/{Slug}/veille/sources/ajouter", "animatrice", _ => Veille + "/sources/ajouter", Prepare: page => FillAsync(page, ("Address", "https://fabrique-du-tilleul.demo.invalid/"))),
        new("veille-source-page-modifier", "/groupes/{Slug}/veille/sources/{Id:guid}", "animatrice", s => "/" + s.PageSource),
        new("veille-source-modifier", "/groupes/{Slug}/veille/sources/{Id:guid}", "animatrice", s => "/" + s.Source),
        new("veille-regles", "/groupes/{Slug}/veille/regles", "animatrice", _ => Veille + "/regles"),
        new("veille-reglages", "/groupes/{Slug}/veille/reglages", "animatrice", _ => Veille + "/reglages"),
        new("veille-annonces", "/groupes/{Slug}/veille/annonces", "animatrice", _ => Veille + "/annonces"),
        new("veille-annonces-essai", "/groupes/{Slug}/veille/annonces", "animatrice", _ => Veille + "/annonces?essai=Token&sorte=Mastodon&statut=401"),
        new("veille-annonce-mastodon", "/groupes/{Slug}/veille/annonces/ajouter", "animatrice", _ => Veille + "/annonces/ajouter"),
        new("veille-annonce-webhook", "/groupes/{Slug}/veille/annonces/ajouter", "animatrice", _ => Veille + "/annonces/ajouter?vers=webhook"),
        new("veille-annonce-refusee", "/groupes/{Slug}/veille/annonces/ajouter", "animatrice", _ => Veille + "/annonces/ajouter", Prepare: page => FillAsync(page, ("Input.Name", "Notre compte"), ("Input.Address", "http://rien"), ("Input.Secret", "deux mots"))),
        new("veille-annonce-modifier", "/groupes/{Slug}/veille/annonces/{Id:guid}", "animatrice", s => "/" + s.Outlet),
        new("veille-chiffres", "/groupes/{Slug}/veille/chiffres", "animatrice", _ => Veille + "/chiffres"),
        new("moi-brouillons", "/moi/brouillons", "animatrice"),
        new("favoris-partager", "/favoris/partager", "animatrice", _ => "/favoris/partager?url=https%3A%2F%2Fwww.ladrome.fr%2F&title=La%20Dr%C3%B4me"),
        new("moi-abonnement", "/moi/abonnement", "animatrice", _ => "/moi/abonnement?groupe=" + Demo.Group),
        new("moi-abonnement-cree", "/moi/abonnement", "animatrice", _ => "/moi/abonnement", Prepare: page => page.Locator("main form button").ClickAsync()),
        new("moi-trouvailles", "/moi/trouvailles", "animatrice"),
        new("agenda", "/agenda", "animatrice"),
        new("agenda-mois", "/agenda", "animatrice", _ => "/agenda?mois=ce-mois"),
        new("agenda-jour", "/agenda", "animatrice", s => "/agenda?jour=" + s.Day),
        new("agenda-public", "/agenda", null, _ => "/agenda?nature=public"),
        new("agenda-choisir", "/agenda/nouveau", "animatrice"),
        new("agenda-groupe", "/groupes/{Slug}/agenda", "animatrice", _ => Group + "/agenda"),
        new("agenda-groupe-desert", "/groupes/{Slug}/agenda", "agent", _ => "/groupes/groupe-desert/agenda"),
        new("agenda-nouveau", "/groupes/{Slug}/agenda/nouveau", "animatrice", _ => Group + "/agenda/nouveau"),
        new("agenda-evenement", "/groupes/{Slug}/agenda/{Segment}", "animatrice", s => s.Event),
        new("agenda-evenement-modifier", "/groupes/{Slug}/agenda/{Segment}/modifier", "animatrice", s => s.Event + "/modifier"),
        new("agenda-evenement-programme", "/groupes/{Slug}/agenda/{Segment}/programme", "animatrice", s => s.Programme),
        new("agenda-evenement-annuler", "/groupes/{Slug}/agenda/{Segment}/annuler", "animatrice", s => s.Event + "/annuler"),
        new("agenda-evenement-date", "/groupes/{Slug}/agenda/{Segment}/date", "animatrice", s => s.Event + "/date"),
        new("agenda-evenement-dates", "/groupes/{Slug}/agenda/{Segment}/date", "animatrice", s => s.Series + "/date", Prepare: page => page.Locator("[name=Checks]").ClickAsync()),
        new("agenda-importer", "/groupes/{Slug}/agenda/importer", "animatrice", _ => Group + "/agenda/importer"),
        new("agenda-importer-avant", "/groupes/{Slug}/agenda/importer", "animatrice", _ => Group + "/agenda/importer", Prepare: ShowFileAsync),
        new("agenda-calendriers", "/groupes/{Slug}/agenda/calendriers", "animatrice", _ => Group + "/agenda/calendriers"),
        new("agenda-calendriers-membre", "/groupes/{Slug}/agenda/calendriers", "agent", _ => "/groupes/groupe-desert/agenda/calendriers"),
        new("agenda-calendrier", "/groupes/{Slug}/agenda/calendriers/{Id:guid}", "animatrice", s => s.Calendar),
        new("agenda-invites", "/contenus/{ShortId}/invites", "animatrice", s => $"/contenus/{s.Open}/invites"),
        new("agenda-invites-refuses", "/contenus/{ShortId}/invites", "animatrice", s => $"/contenus/{s.Open}/invites", Prepare: page => FillAsync(page, ("Addresses", "personne"))),
        new("participer", "/participer/{ShortId}", null, s => $"/participer/{s.Open}"),
        new("participer-refuse", "/participer/{ShortId}", null, s => $"/participer/{s.Open}", Prepare: page => FillAsync(page, ("Name", " "), ("Email", "personne@exemple.invalid"))),
        new("invite", "/invite/{Token}", null, s => s.Guest),
        new("invite-arret", "/invite/arret/{Token}", null, s => s.StopWriting),
        new("agenda-compte-rendu", "/groupes/{Slug}/agenda/{Segment}/compte-rendu", "animatrice", s => s.Event + "/compte-rendu"),
        new("annuaire", "/annuaire", "animatrice"),
        new("annuaire-personne", "/annuaire", "animatrice", _ => "/annuaire?q=zzzz"),
        new("membre", "/annuaire/{Handle}", "animatrice", s => "/annuaire/" + s.Handle),
        new("organisations", "/organisations", "animatrice"),
        new("organisation", "/organisations/{Slug}", "animatrice", s => "/organisations/" + s.Organisation),
        new("recherche", "/recherche", "animatrice", _ => "/recherche?q=fibre"),
        new("recherche-vide", "/recherche", "animatrice"),
        new("recherche-sans-resultat", "/recherche", "animatrice", _ => "/recherche?q=zzzzzz"),
        new("moi", "/moi", "animatrice"),
        new("moi-compte", "/moi/compte", "animatrice"),
        new("moi-structures", "/moi/structures", "animatrice"),
        new("moi-courriels", "/moi/notifications", "animatrice"),
        new("moi-courriels-refuses", "/moi/notifications", "agent", page => FillAsync(page, ("absent", "2020-01-01"))),
        new("moi-lettre", "/moi/lettre", "animatrice"),
        new("courriels-par-lien", "/desabonnement/{Token}/reglages", null, s => s.MailSettings + "/reglages"),
        new("moi-nouveautes", "/moi/nouveautes", "animatrice"),
        new("moi-nouveautes-aucune", "/moi/nouveautes", "nouvelle"),
        new("administration", "/administration", "admin"),
        new("administration-membres", "/administration/membres", "admin"),
        new("administration-attente", "/administration/membres", "admin", _ => "/administration/membres?etat=attente"),
        new("administration-membre", "/administration/membres/{Id:guid}", "admin", s => $"/administration/membres/{s.MemberId}"),
        new("administration-reglages", "/administration/reglages", "admin"),
        new("administration-courriels", "/administration/courriels", "admin"),
        new("administration-courriels-partis", "/administration/courriels", "admin", _ => "/administration/courriels?etat=partis"),
        new("administration-adresses", "/administration/adresses", "admin"),
        new("administration-courriels-recus", "/administration/courriels/recus", "admin"),
        new("administration-journal", "/administration/journal", "admin"),
        new("aide", "/aide", null),
        new("aide-courriel", "/aide/courriel", "agent"),
        new("courriel-confirmer", "/courriel/confirmer/{Token}", null, s => s.ConfirmMail),
        new("accessibilite", "/accessibilite", null),
        new("mentions-legales", "/mentions-legales", null),
        new("donnees-personnelles", "/donnees-personnelles", null),
        new("erreur-404", "/erreur/{Code:int}", "agent", _ => "/rien-de-tel", Status: 404),
        new("erreur-404-anonyme", "/erreur/{Code:int}", null, _ => "/rien-de-tel?page=2", Status: 404),
        new("erreur-403", "/groupes/{Slug}/reglages", "agent", _ => Group + "/reglages", Status: 403),
        new("erreur-500", "/erreur/{Code:int}", "agent", _ => "/erreur/500", Status: 500),
    ];

    // As somebody in a hurry does: what the browser itself would refuse is left to the server.
    private static async Task CheckLetterAsync(IPage page, string title, string shown)
    {
        await page.Locator("main [name='Input.Title']").FillAsync(title);
        await page.Locator("main [name='Input.Body']").FillAsync("Bonjour à toutes et à tous.");
        await page.Locator("main button[value='verifier']").EvaluateAsync("button => { button.form.noValidate = true; button.form.requestSubmit(button); }");
        await page.Locator(shown).WaitForAsync();
    }

    private static async Task RefuseArticleAsync(IPage page)
    {
        await page.Locator("main [name='Input.CoAuthors']").FillAsync("Personne de ce nom");
        await page.Locator("main button[value='publier']").EvaluateAsync("button => { button.form.noValidate = true; button.form.requestSubmit(button); }");
        await page.Locator(".erreurs").WaitForAsync();
    }

    private static async Task RefuseEditorialAsync(IPage page)
    {
        await page.Locator("main [name='Input.Title']").FillAsync(" ");
        await page.Locator("main [name='Input.Body']").FillAsync(" ");
        await page.Locator("main button[value='publier']").EvaluateAsync("button => { button.form.noValidate = true; button.form.requestSubmit(button); }");
        await page.Locator(".erreurs").WaitForAsync();
    }

    // Sends the form as somebody in a hurry does: what the browser itself would refuse is left to the server.
    private static async Task ShowFileAsync(IPage page)
    {
        const string File = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@mairie.invalid\r\nDTSTART;TZID=Europe/Paris:20310304T183000\r\nDTEND;TZID=Europe/Paris:20310304T203000\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\nSUMMARY:Conseil municipal et questions des habitants\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2@mairie.invalid\r\nDTSTART:20310601T160000Z\r\nCLASS:PRIVATE\r\nSUMMARY:Entretien\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "mairie.ics", MimeType = "text/calendar", Buffer = System.Text.Encoding.UTF8.GetBytes(File) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Voir ce qui serait fait" }).ClickAsync();
        await page.Locator("[name=Confirmed]").WaitForAsync();
    }

    private static Task FillAsync(IPage page, params (string Name, string Value)[] fields) => FillAsync(page, ".erreurs, .encart", fields);

    private static async Task FillAsync(IPage page, string shown, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields) await page.Locator($"main [name='{name}']").FillAsync(value);
        await page.Locator("main form[method=post]:has(input:not([type=hidden]), textarea)").First.EvaluateAsync("form => { form.noValidate = true; form.requestSubmit(); }");
        await page.Locator(shown).First.WaitForAsync();
    }
}
