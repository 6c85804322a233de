using System.Text;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Lists of addresses to invite: typed, or a file of any spreadsheet, read first and sent afterwards.</summary>
public sealed class InviteListTests(Stage stage) : IClassFixture<Stage>
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "utf-8, semicolons, heading", Encoding.UTF8.GetBytes("Nom;Courriel\r\nÉlodie Forêt;elodie@essai.invalid\r\nNoël;pas d’adresse\r\n") },
        { "utf-8 with a byte order mark, commas", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("Nom,Courriel\nÉlodie Forêt,elodie@essai.invalid\nNoël,pas d’adresse\n")] },
        { "utf-8, tabs", Encoding.UTF8.GetBytes("Nom\tCourriel\nÉlodie Forêt\telodie@essai.invalid\nNoël\tpas d’adresse") },
        { "windows-1252, quotes", [.. "Nom;Courriel\r\n\""u8, 0xC9, .. "lodie For"u8, 0xEA, .. "t\";\"elodie@essai.invalid\"\r\nNo"u8, 0xEB, .. "l;pas d"u8, 0x92, .. "adresse\r\n"u8] },
        { "utf-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("Nom\tCourriel\r\nÉlodie Forêt\telodie@essai.invalid\r\nNoël\tpas d’adresse\r\n")] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_OfASpreadsheet_ReportedLineByLine(string what, byte[] content)
    {
        Assert.NotEmpty(what);
        var (group, animator) = await GroupAsync();

        var report = await animator.SendAsync(await animator.OpenAsync(Page(group)), "form:has([name=List]) button:not([name])", [("List", "liste.csv", content)]);

        Assert.Equal([["2", "elodie@essai.invalid", "Sera invitée"], ["3", "Noël pas d’adresse", "Adresse non valable"]],
            Rows(report).Select(r => r.Select(c => c.Replace(';', ' ').Replace(',', ' ')).ToArray()));
        Assert.Empty(await stage.LettersAsync("elodie@essai.invalid"));
    }

    [Fact]
    public async Task File_OfOneColumnWithTitle_TitleLeftOut()
    {
        var (group, animator) = await GroupAsync();

        var report = await animator.SendAsync(await animator.OpenAsync(Page(group)), "button[name=Checks]", [("List", "liste.csv", Encoding.UTF8.GetBytes("Courriel\nun@essai.invalid\n"))]);

        Assert.Equal([["2", "un@essai.invalid", "Sera invitée"]], Rows(report));
    }

    [Fact]
    public async Task List_WithDoublesAndFaults_EachSaid()
    {
        var (group, animator) = await GroupAsync();

        var report = await animator.SendAsync(await animator.OpenAsync(Page(group)), "button[name=Checks]",
            ("Addresses", "claire\nUn@Essai.invalid\nun@essai.invalid\n\nPaul <deux@essai.invalid>; trois@essai.invalid\nsans@point\na@b@c.invalid"));

        Assert.Equal(
        [
            ["1", "claire", "Adresse non valable"], ["2", "un@essai.invalid", "Sera invitée"], ["3", "un@essai.invalid", "Déjà plus haut dans la liste"],
            ["5", "deux@essai.invalid", "Sera invitée"], ["5", "trois@essai.invalid", "Sera invitée"], ["6", "sans@point", "Adresse non valable"], ["7", "a@b@c.invalid", "Adresse non valable"],
        ], Rows(report));
    }

    [Fact]
    public async Task Report_Confirmed_SendsWhatWasReadyAndTheWord()
    {
        var (group, animator) = await GroupAsync();
        var (one, two) = ($"{Guid.NewGuid():N}@essai.invalid", $"{Guid.NewGuid():N}@essai.invalid");
        await animator.SendAsync(await animator.OpenAsync(Page(group)), "form:has([name=Addresses]) button:not([name])", ("Addresses", one));

        var report = await animator.SendAsync(await animator.OpenAsync(Page(group)), "button[name=Checks]", ("Addresses", $"{one}\n{two}\nrien"), ("Message", "À bientôt !"));
        var sent = await animator.SendAsync(report, "form:has(input[type=hidden][name=Addresses])");

        Assert.Contains("Invitation déjà en attente", report.Text, StringComparison.Ordinal);
        Assert.Contains("Envoyer l’invitation", report.Text, StringComparison.Ordinal);
        Assert.Contains("L’invitation est envoyée", sent.Text, StringComparison.Ordinal);
        Assert.Single(await stage.LettersAsync(one));
        Assert.Contains("À bientôt !", Assert.Single(await stage.LettersAsync(two)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task List_OfManyAddresses_FiveHundredAtMost(int count, bool accepted)
    {
        var (group, animator) = await GroupAsync();
        var list = string.Join('\n', Enumerable.Range(0, count).Select(i => $"personne{i}@essai.invalid"));

        var report = await animator.SendAsync(await animator.OpenAsync(Page(group)), "button[name=Checks]", ("Addresses", list), ("Message", "Un mot"));

        if (accepted) Assert.Equal(500, Rows(report).Count);
        else
        {
            Assert.True(report.Refuses("Addresses"));
            Assert.Contains("500 adresses au plus", report.Text, StringComparison.Ordinal);
            Assert.Equal(list, report.ValueOf("Addresses")!.ReplaceLineEndings("\n").Trim());
            Assert.Equal("Un mot", report.ValueOf("Message")!.Trim());
        }
    }

    [Fact]
    public async Task List_EmptyOrTooLong_SentenceAtTheField()
    {
        var (group, animator) = await GroupAsync();

        var empty = await animator.SendAsync(await animator.OpenAsync(Page(group)), "form:has([name=Addresses]) button:not([name])");
        var large = await animator.SendAsync(await animator.OpenAsync(Page(group)), "button[name=Checks]", [("List", "liste.csv", new byte[(1024 * 1024) + 1])], ("Message", "Gardé"));
        var wordy = await animator.SendAsync(await animator.OpenAsync(Page(group)), "form:has([name=Addresses]) button:not([name])", ("Addresses", "un@essai.invalid"), ("Message", new string('x', 1001)));

        Assert.True(empty.Refuses("Addresses"));
        Assert.True(large.Refuses("List"));
        Assert.Equal("Gardé", large.ValueOf("Message")!.Trim());
        Assert.True(wordy.Refuses("Message"));
        Assert.Equal("un@essai.invalid", wordy.ValueOf("Addresses")!.Trim());
        Assert.Empty(await stage.LettersAsync("un@essai.invalid"));
    }

    [Theory]
    [InlineData("victime@essai.invalid\rBcc: autre@essai.invalid")]
    [InlineData("\"Nom\r\nBcc: autre@essai.invalid\" <victime@essai.invalid>")]
    public async Task Address_WithALineBreak_NoHeaderOfItsOwn(string address)
    {
        var (group, animator) = await GroupAsync();

        await animator.SendAsync(await animator.OpenAsync(Page(group)), "form:has([name=Addresses]) button:not([name])", ("Addresses", address));
        await stage.Instance.SettleAsync();

        Assert.DoesNotContain(stage.Instance.Mails(), m => m.Split("\r\n\r\n")[0].Split("\r\n").Any(header => header.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase)));
        Assert.NotEmpty(await stage.LettersAsync("victime@essai.invalid"));
    }

    private async Task<(Group Group, Visitor Animator)> GroupAsync()
    {
        var owner = await stage.Scene.MemberAsync("Ange Essai");
        return (await stage.Scene.GroupAsync("Listes", owner), await stage.AsAsync(owner));
    }

    private static string Page(Group group) => $"/groupes/{group.Slug}/invitations";

    private static List<string[]> Rows(VisitedPage report) =>
        [.. report.Document.QuerySelectorAll("main tbody tr").Select(r => r.QuerySelectorAll("td").Select(c => string.Join(' ', c.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToArray())];
}
