using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>The mails of an ordinary week; TERRITOIRE_MAILS names a folder for them as files, to be looked at in a browser.</summary>
public sealed class MailPicturesTests
{
    [Fact]
    public async Task Mails_OfAnOrdinaryWeek_WrittenForTheEye()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-24 10:00", ("Territoire:Mail:Inbox", "Folder"), ("Territoire:Mail:GatherMinutes", "3"));
        var (anne, luc, zoe) = (await stage.Scene.MemberAsync("Anne Lavigne"), await stage.Scene.MemberAsync("Luc Ferrand"), await stage.Scene.MemberAsync("Zoé Martin"));
        var club = await stage.Scene.GroupAsync("Collectivités numériques", anne);
        var forest = await stage.Scene.GroupAsync("Forêt et climat", luc);
        await stage.Scene.JoinAsync(club, luc, level: MailLevel.Everything);
        await stage.Scene.JoinAsync(club, zoe, level: MailLevel.DailyDigest);
        await stage.Scene.JoinAsync(forest, zoe, level: MailLevel.DailyDigest);
        var fibre = await stage.Scene.TopicAsync(club, anne, "La fibre dans les hameaux : où en est-on ?",
            "Bonjour à tous,\n\nLe syndicat annonce **1 234 prises** pour l’été. Qui a déjà :\n\n- reçu le calendrier ;\n- fait élaguer les chemins ?\n\n> « Rien avant mars », disait le courrier.\n\nMerci d’avance !",
            files: await stage.Scene.FileAsync("Calendrier des travaux.txt", "Mars."));
        await stage.Instance.WorkAsync();
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.Instance.WorkAsync();
        var number = await stage.Scene.AnswerAsync(fibre, luc, "Chez nous, c’est prévu le 1er mars à 14 h 30.");
        await stage.Scene.AnswerAsync(fibre, anne, "Parfait, je relaie.", replyTo: number);
        await stage.Scene.AnswerAsync(fibre, anne, "Et voici la carte : elle est à jour. [Voir la carte](https://example.org/carte)");
        await stage.Scene.AnswerAsync(fibre, anne, $"Merci @{zoe.Handle} de regarder pour Die.");
        await stage.Instance.WorkAsync();
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.Instance.WorkAsync();
        foreach (var title in (string[])["Chartes forestières : un modèle commun ?", "Compte rendu de la visite du 18 novembre", "Qui a un broyeur à prêter en janvier ?"])
            await stage.Scene.TopicAsync(forest, luc, title, "La commission propose un texte court, lisible par tous, à compléter avant la prochaine réunion. Les communes de la vallée ont déjà répondu.");
        await stage.RunAtAsync("2026-11-25 07:00");
        await stage.PreferAsync(new MailPreferences { MemberId = zoe.Id, PausedUntil = new DateTime(2026, 11, 27, 23, 0, 0, DateTimeKind.Utc) });
        await stage.Scene.TopicAsync(club, anne, "Visioconférence du jeudi", "Le lien sera envoyé la veille.");
        foreach (var day in (string[])["26", "27", "28"]) await stage.RunAtAsync($"2026-11-{day} 07:00");

        var mails = ReceivedMail.AllOf(stage.Instance);
        await MailPictures.WriteAsync("semaine", mails.Select(m => (m.Field("X-Territoire-Raison"), m)));

        Assert.Equal(["auteur", "auteur", "groupe", "groupe", "mention", "resume", "resume"], mails.Select(m => m.Field("X-Territoire-Raison")).Order(StringComparer.Ordinal));
    }
}
