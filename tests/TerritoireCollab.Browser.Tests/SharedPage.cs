using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>A page with nothing but the editor of a shared text, served by the running host under its own headers: the editor is under test, not the tool around it.</summary>
internal sealed class SharedPage : IStartupFilter
{
    private const string Words = """{"barre":"Mise en forme","gras":"Gras","aide":"Aide","enregistre":"Enregistré","enCours":"Enregistrement…","horsLigne":"Hors ligne","ouverture":"Ouverture…","lecture":"Lecture seule","ferme":"Fermé","tropLong":"Trop long","reuni":"Réuni","repris":"Repris","sansLigne":"Seul ici","nonGarde":"Pas gardé","seul":"Personne d’autre","presents":"Sur cette page : {0}","ecrivent":"En train d’écrire : {0}"}""";

    /// <summary>The text as a form brings it: the one that is shared.</summary>
    public const string Text = "Ordre du jour";

    /// <summary>Adds the page and the tool to a host.</summary>
    public static void Add(IServiceCollection services, SharedTopics topics) => services.AddSingleton<ICoeditedText>(topics).AddSingleton<IStartupFilter>(new SharedPage());

    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) => http.Request.Path.StartsWithSegments("/essai-editeur", out var page) ? WriteAsync(http, page.Value!.TrimStart('/')) : rest(http));
        next(app);
    };

    private static Task WriteAsync(HttpContext http, string page)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        // As the host says it, since this page stands before its pipeline.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'";
        return http.Response.WriteAsync($"""
            <!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title><base href="/"><meta name="membre" content="essai">
            <link rel="stylesheet" href="/_content/TerritoireCollab.Ui/dist/trame.css"><script type="module" src="/_content/TerritoireCollab.Ui/dist/commun.js"></script></head>
            <body><main><label for="texte">Texte</label><editeur-texte data-module="/_content/TerritoireCollab.Ui/dist/editeur.js" data-coedition="{page}" data-mots='{Words.Replace("'", "&#39;", StringComparison.Ordinal)}'>
            <textarea id="texte" name="texte">{Text}</textarea></editeur-texte><button>Suite</button></main></body></html>
            """);
    }
}
