using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Questionnaires.Building;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>Files that are answered, and files that go with what is published.</summary>
public sealed class AnswerFileTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const int Crowd = 50;

    private static readonly TypedPart[] Parts = [new() { Kind = PartKind.ShortText, Text = "Votre commune", IsRequired = true }, new() { Kind = PartKind.File, Text = "Votre fiche", Takes = FilesTaken.Documents }];

    private Scene Scene => stage.Scene;

    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Fact]
    public async Task File_AnotherAnswerMissing_IsHeldThenKeptReplacedAndErasedWithTheAnswers()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.QuestionnaireAsync(group, author, "Vos fiches", parts: Parts);
        var visitor = await stage.Instance.VisitorAsync(people[0]);

        var refused = await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), Form, [("Q2", "fiche.txt", Words("Une fiche"))], ("Q1", ""));
        var kept = await visitor.SendAsync(refused, Form, ("Q1", "Die"));
        var first = await FilesAsync(id);
        var own = await visitor.Browser.GetStringAsync(FileOf(group, id, first[0].Id));
        var replaced = await visitor.SendAsync(kept, Form, [("Q2", "autre.txt", Words("Une autre"))], ("Q1", "Crest"));
        var second = await FilesAsync(id);
        var left = await visitor.SendAsync(replaced, Form, ("Q1", "Saillans"));
        var stays = await FilesAsync(id);
        var without = await visitor.SendAsync(left, Form, ("Q2-retirer", "true"));
        var none = await FilesAsync(id);
        await visitor.SendAsync(without, Form, [("Q2", "fiche.txt", Words("Encore"))]);
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), $"{Form} button[value='retirer']");

        Assert.True(refused.Refuses("Q1"));
        Assert.Contains("« fiche.txt » est reçu", InboxStage.Plain(refused.Text), StringComparison.Ordinal);
        Assert.Contains("Merci", kept.Text, StringComparison.Ordinal);
        Assert.Equal(("fiche.txt", "Une fiche"), (Assert.Single(first).Name, own));
        Assert.Equal("autre.txt", Assert.Single(second).Name);
        Assert.Equal(second[0].Id, Assert.Single(stays).Id);
        Assert.Empty(none);
        Assert.Empty(await FilesAsync(id));
    }

    [Fact]
    public async Task File_OfAnotherTypeOrTooLarge_RefusedAtItsField()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.QuestionnaireAsync(group, author, "Des documents", parts: Parts);
        var visitor = await stage.Instance.VisitorAsync(people[0]);
        var page = await visitor.OpenAsync($"/c/{id}");

        var program = await visitor.SendAsync(page, Form, [("Q2", "outil.exe", [77, 90, 0, 1, 2])], ("Q1", "Die"));
        var large = await visitor.SendAsync(page, Form, [("Q2", "gros.txt", new byte[FormPart.MostBytes + 1])], ("Q1", "Die"));

        Assert.True(program.Refuses("Q2"));
        Assert.Contains("n’est pas un document", program.Text, StringComparison.Ordinal);
        Assert.True(large.Refuses("Q2"));
        Assert.Contains("10 Mo au plus", InboxStage.Plain(large.Text), StringComparison.Ordinal);
        Assert.Equal("Die", program.ValueOf("Q1"));
        Assert.Empty(await FilesAsync(id));
    }

    [Fact]
    public async Task File_ReadByThoseWhoReadTheAnswersAlone_AloneOrTogether()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.QuestionnaireAsync(group, author, "Pour l’animatrice", parts: Parts);
        var giver = await stage.Instance.VisitorAsync(people[0]);
        await giver.SendAsync(await giver.OpenAsync($"/c/{id}"), Form, [("Q2", "fiche.txt", Words("Une fiche"))], ("Q1", "Die"));
        var file = FileOf(group, id, Assert.Single(await FilesAsync(id)).Id);
        var (leader, other) = (await stage.Instance.VisitorAsync(author), await stage.Instance.VisitorAsync(people[1]));

        var results = await leader.OpenAsync($"{Base(group, id)}/resultats");
        var csv = await leader.Browser.GetStringAsync($"{Base(group, id)}/reponses.csv");
        using var zip = new ZipArchive(new MemoryStream(await leader.Browser.GetByteArrayAsync($"{Base(group, id)}/fichiers.zip")));
        using var reader = new StreamReader(zip.Entries[0].Open());
        using var answer = await leader.Browser.GetAsync(file);

        Assert.NotNull(results.Document.QuerySelector($"a[href='{file[1..]}']"));
        Assert.Contains("\"fiche.txt\"", csv, StringComparison.Ordinal);
        Assert.EndsWith("fiche.txt", zip.Entries[0].FullName, StringComparison.Ordinal);
        Assert.Equal("Une fiche", await reader.ReadToEndAsync());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync(file)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stage.Instance.Stranger().OpenAsync(file)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.OpenAsync($"{Base(group, id)}/fichiers.zip")).Status);
    }

    [Fact]
    public async Task File_OfAnonymousAnswers_SaysThatItTellsWhoAndLeadsToNobody()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.QuestionnaireAsync(group, author, "Sans nom", parts: Parts, with: d => d with { IsAnonymous = true });
        var visitor = await stage.Instance.VisitorAsync(people[0]);

        var page = await visitor.OpenAsync($"/c/{id}");
        await visitor.SendAsync(page, Form, [("Q2", "fiche.txt", Words("Sans nom"))], ("Q1", "Die"));
        var file = Assert.Single(await FilesAsync(id));

        Assert.Contains("un fichier peut dire qui vous êtes", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(FileOf(group, id, file.Id))).Status);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Uploads.AnyAsync(u => u.MemberId == people[0].Id));
        Assert.Equal(TimeSpan.Zero, (await db.Files.Where(f => f.Id == file.FileId).Select(f => f.CreatedAt).SingleAsync()).TimeOfDay);
    }

    [Fact]
    public async Task Guest_WantsTheAnswersByMail_GetsThemWithTheNameOfTheFile()
    {
        var (group, author, _) = await GroupAsync(0);
        var id = await Scene.QuestionnaireAsync(group, author, "Pour les voisins", parts: Parts);
        var guest = stage.Instance.Stranger();
        var page = await guest.OpenAsync(await stage.InviteAsync(await stage.Instance.VisitorAsync(author), id, "voisin@exterieur.invalid"));

        var taken = await guest.SendAsync(page, Form, [("Q2", "fiche.txt", Words("D’un voisin"))], ("Name", "Luc Voisin"), ("Q1", "Aouste"), ("WantsMail", "true"));
        await stage.SendAsync();
        var mail = ReceivedMail.AllOf(stage.Instance).Last(m => m.To == "voisin@exterieur.invalid");

        Assert.Contains("Merci", taken.Text, StringComparison.Ordinal);
        Assert.Contains("Aouste", mail.Text, StringComparison.Ordinal);
        Assert.Contains("fiche.txt", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/invite/", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Answers_FiftyMembersAtOnce_AsManyAsAreTaken(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var author = await scene.MemberAsync("Anne Essai");
        var people = new Member[Crowd];
        for (var n = 0; n < Crowd; n++) people[n] = await scene.MemberAsync($"Membre {n}");
        var group = await scene.GroupAsync("Foule", author, members: people);
        var id = await scene.QuestionnaireAsync(group, author, "Trois réponses", with: d => d with { MostAnswers = "3" });

        var outcomes = await Task.WhenAll(people.Select(async p =>
        {
            try
            {
                await scene.AnswerQuestionnaireAsync(id, p, "Die");
                return true;
            }
            catch (ForbiddenException)
            {
                return false;
            }
        }));

        Assert.Equal(3, outcomes.Count(o => o));
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(3, await db.Set<AnswerSheet>().CountAsync(s => s.Item.ShortId == id));
    }

    [Fact]
    public async Task Edit_OnceVotedAndAnswered_FilesAreAddedAndTakenOff()
    {
        var (group, author, people) = await GroupAsync(1);
        var poll = await Scene.PollAsync(group, author, "Un plan ?");
        await Scene.VoteAsync(poll, people[0]);
        var questionnaire = await Scene.QuestionnaireAsync(group, author, "Un plan aussi ?");
        await Scene.AnswerQuestionnaireAsync(questionnaire, people[0], "Die");
        var visitor = await stage.Instance.VisitorAsync(author);
        foreach (var address in (string[])[$"/groupes/{group.Slug}/sondages/{poll}", $"/groupes/{group.Slug}/sondages/questionnaires/{questionnaire}"])
        {
            var added = await visitor.SendAsync(await visitor.OpenAsync(address + "/modifier"), "[name='Input.Title']", [("Files", "plan.txt", Words("Le plan"))]);
            var edit = await visitor.OpenAsync(address + "/modifier");
            var gone = await visitor.SendAsync(edit, "[name='Input.Title']", ("Input.RemovedFiles", edit.ValueOf("Input.RemovedFiles")));

            Assert.Contains("plan.txt", added.Document.QuerySelector(".pieces")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Retirer plan.txt", InboxStage.Plain(edit.Text), StringComparison.Ordinal);
            Assert.Null(gone.Document.QuerySelector(".pieces"));
        }
    }

    private const string Form = "section[aria-labelledby='questions'] form";

    private static byte[] Words(string text) => Encoding.UTF8.GetBytes(text);

    private static string Base(Group group, string id) => $"/groupes/{group.Slug}/sondages/questionnaires/{id}";

    private static string FileOf(Group group, string id, Guid file) => $"{Base(group, id)}/fichiers/{file:N}";

    private async Task<List<AnswerFile>> FilesAsync(string id)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<AnswerFile>().AsNoTracking().Where(f => f.Item.ShortId == id).ToListAsync();
    }

    private async Task<(Group Group, Member Author, Member[] People)> GroupAsync(int count)
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var people = new Member[count];
        for (var n = 0; n < count; n++) people[n] = await Scene.MemberAsync($"Membre {(char)('A' + n)}");
        return (await Scene.GroupAsync("Groupe qui écrit", author, members: people), author, people);
    }
}
