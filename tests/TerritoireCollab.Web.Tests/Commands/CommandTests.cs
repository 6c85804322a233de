using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>The commands of the executable beside a running instance: exit codes, and what goes where.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task WrongUsage_OfAnyCommand_TwoWithASentenceAndNothingMade()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"territoire-{Guid.CreateVersion7():N}");
        (string[] Arguments, string Says)[] wrong =
        [
            (["inconnue"], "« inconnue » n’est pas une commande"),
            (["user", "delete"], "« user » n’est pas une commande"),
            (["demo", "--scale", "0"], "L’option --scale attend un nombre"),
            (["demo", "--taille", "2"], "L’option --taille n’existe pas"),
            (["user", "create", "--email", "a@essai.invalid"], "Il manque l’option --name"),
            (["backup"], "Il manque le nom d’un fichier"),
            (["migrate", "vite"], "« vite » est de trop"),
            (["token", "create", "--email", "a@essai.invalid", "--email", "b@essai.invalid"], "L’option --email est donnée deux fois"),
        ];

        var results = await Task.WhenAll(wrong.Select(w => ProductProcess.RunAsync(w.Arguments, ("Territoire__DataDirectory", folder))));

        Assert.All(results, r => Assert.Equal((2, ""), (r.ExitCode, r.Output)));
        Assert.All(wrong.Zip(results), w => Assert.Contains(w.First.Says, Plain(w.Second.Errors), StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(folder, "territoire.db")));
    }

    [Fact]
    public async Task Accounts_MadeByCommand_SignInAndUseTheApi()
    {
        await using var instance = await Instance.StartAsync();
        // Were a server started, it would not get this port.
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        (string, string)[] here = [("Territoire__DataDirectory", instance.Folder), ("ASPNETCORE_URLS", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"), ("Territoire__BaseUrl", "http://127.0.0.1")];

        var made = await ProductProcess.RunAsync(["user", "create", "--email", "Camille.Essai@essai.invalid", "--name", "Camille Essai", "--admin"], here);
        var again = await ProductProcess.RunAsync(["user", "create", "--email", "camille.essai@ESSAI.invalid", "--name", "Camille"], here);
        var token = await ProductProcess.RunAsync(["token", "create", "--email", "camille.essai@essai.invalid"], here);
        var nobody = await ProductProcess.RunAsync(["token", "create", "--email", "personne@essai.invalid"], here);

        Assert.Equal((0, 1, 0, 1), (made.ExitCode, again.ExitCode, token.ExitCode, nobody.ExitCode));
        Assert.Equal(("", ""), (again.Output, nobody.Output));
        Assert.All([again.Errors, nobody.Errors], e => Assert.EndsWith(".", Assert.Single(e.Trim().Split('\n')), StringComparison.Ordinal));
        Assert.Matches("^http://127\\.0\\.0\\.1/lien/[^\\s]+\n$", made.Output);
        Assert.Matches("^[0-9a-z]{32}\n$", token.Output);

        using var program = new HttpClient { BaseAddress = new Uri(instance.Address, "api/v1/") };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Output.Trim());
        Assert.Contains("Camille Essai", await program.GetStringAsync("me"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsJsonAsync("groups", new { name = "Groupe" })).StatusCode);

        var visitor = new Visitor(instance.Browser());
        var link = await visitor.OpenAsync(new Uri(made.Output.Trim()).AbsolutePath);
        await visitor.SendAsync(link, "main form");
        var home = await visitor.OpenAsync("/administration");
        Assert.Equal(HttpStatusCode.OK, home.Status);
    }

    [Fact]
    public async Task MailTest_ToAMember_ArrivesAtOnceAndEachStepIsTold()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync();
        var member = await new Scene(instance).MemberAsync("Luc Essai");
        (string, string)[] here = [("Territoire__DataDirectory", instance.Folder), ("Territoire__Mail__Transport", "Smtp"), ("Territoire__Mail__Smtp__Host", "127.0.0.1"), ("Territoire__Mail__Smtp__Port", $"{sink.Port}")];

        var sent = await ProductProcess.RunAsync(["mail", "test", "--email", member.Email!], here);
        var nobody = await ProductProcess.RunAsync(["mail", "test", "--email", "personne@essai.invalid"], here);
        sink.Greeting = "554 pas de chez vous";
        var refused = await ProductProcess.RunAsync(["mail", "test", "--email", member.Email!], here);

        Assert.Equal((0, 1, 1), (sent.ExitCode, nobody.ExitCode, refused.ExitCode));
        Assert.Matches("^Connexion au serveur\tréussi\nCourriel accepté\tréussi\t250 .*\n$", sent.Output);
        Assert.Equal(member.Email, Assert.Single(sink.Mails).Recipient, ignoreCase: true);
        Assert.Equal(("", ""), (nobody.Output, string.Concat(refused.Output.Split('\n').Where(l => l.Contains("\tréussi", StringComparison.Ordinal)))));
        Assert.Contains("Aucun compte actif", nobody.Errors, StringComparison.Ordinal);
        Assert.Matches("^Connexion au serveur\téchec\t.*554 pas de chez vous.*\nCourriel accepté\tpas atteint\n$", refused.Output);
        Assert.Contains("n’est pas parti", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_Once_DoesAllThatIsDueThenNothing()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, members: member);
        await scene.TopicAsync(group, owner, "Un fil");

        var first = await ProductProcess.RunAsync(["work", "--once"], ("Territoire__DataDirectory", instance.Folder));
        var second = await ProductProcess.RunAsync(["work", "--once"], ("Territoire__DataDirectory", instance.Folder));

        Assert.Equal((0, "4 activités traitées, 1 courriels envoyés.\n", ""), (first.ExitCode, first.Output, first.Errors));
        Assert.Equal((0, "0 activités traitées, 0 courriels envoyés.\n", ""), (second.ExitCode, second.Output, second.Errors));
        Assert.Single(instance.Mails());
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(MailState.Sent, await db.Mails.Select(m => m.State).SingleAsync());
    }

    [Fact]
    public async Task Work_ToldToStop_EndsAtOnceAndLeavesNothingHalfDone()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, members: member);
        await scene.TopicAsync(group, owner, "Un fil");
        using var worker = ProductProcess.Start(["work"], ("Territoire__DataDirectory", instance.Folder));
        var output = worker.StandardOutput.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (instance.Mails().Count == 0) await Task.Delay(50, timeout.Token);

        using var kill = Process.Start("kill", ["-TERM", $"{worker.Id}"]);
        await worker.WaitForExitAsync(timeout.Token);

        Assert.Equal((0, ""), (worker.ExitCode, await output));
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(MailState.Sent, await db.Mails.Select(m => m.State).SingleAsync());
    }

    [Fact]
    public async Task Migrate_OfANewFolderTwice_SaysWhereItStands()
    {
        var folder = Directory.CreateTempSubdirectory("territoire-").FullName;

        var first = await ProductProcess.RunAsync(["migrate"], ("Territoire__DataDirectory", folder));
        var second = await ProductProcess.RunAsync(["migrate"], ("Territoire__DataDirectory", folder));

        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.Matches("^La base de données est à jour : \\d+_\\w+\\.\n$", Plain(first.Output));
        Assert.Equal(first, second);
        Directory.Delete(folder, recursive: true);
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
