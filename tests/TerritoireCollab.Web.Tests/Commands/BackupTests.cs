using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>A lived-in installation and its backup, made once for the tests that read them.</summary>
public sealed class BackupStage : IAsyncLifetime
{
    /// <summary>The installation.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Where tests may write.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("territoire-sauvegarde-").FullName;

    /// <summary>The backup, written while the installation was running.</summary>
    public string Archive => Path.Combine(Folder, "sauvegarde.zip");

    /// <summary>How the command ended.</summary>
    public ProcessResult Written { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync();
        await LiveAsync();
        Written = await ProductProcess.RunAsync(["backup", Archive], ("Territoire__DataDirectory", Instance.Folder));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A folder of its own.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Folder, Guid.CreateVersion7().ToString("N"))).FullName;

    // A little of everything: texts of all sorts, files, trash, drafts, keys, mails, requests.
    private async Task LiveAsync()
    {
        var scene = new Scene(Instance);
        var (owner, member, asking) = (await scene.MemberAsync("Anne Essai", admin: true), await scene.MemberAsync("Luc Essai"), await scene.MemberAsync("Zoé Essai"));
        var group = await scene.GroupAsync("Énergie", owner, members: member);
        await scene.GroupAsync("Groupe caché", owner, GroupVisibility.Hidden);
        var file = await scene.FileAsync("Plan d’été.txt", "Le conseil décide. 😀");
        var topic = await scene.TopicAsync(group, owner, "« Fil » d’été : 1 234 € 😀", $"Bonjour @{member.Handle}\r\n\ttabulation\u202F; {{\"json\":\"\\\\\"}}", tags: "énergie, climat", files: file);
        var number = await scene.AnswerAsync(topic, member, "Une réponse.");
        await scene.AnswerAsync(topic, owner, "À la corbeille.", replyTo: number);
        await Instance.SettleAsync();
        using var browser = await Instance.SignedInAsync(owner.Id);
        await browser.GestureAsync("/groupes", $"/contenus/{topic}/reponses/2/corbeille");
        await browser.GestureAsync("/groupes", $"/contenus/{topic}/reactions", ("numero", "1"), ("reaction", "Useful"), ("donnee", "true"));
        using var program = await Instance.ProgramAsync(asking.Id);
        await program.PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Bonjour" });
        await using (var db = Instance.Open(Viewer.Member(member.Id)))
        {
            db.Drafts.Add(new Draft { MemberId = member.Id, Key = $"reponse/{topic}", Text = "Brouillon", SavedAt = DateTime.UnixEpoch.AddYears(56) });
            await db.SaveChangesAsync();
        }

        await Instance.SettleAsync();
    }
}

/// <summary>Backup and restore, as processes, through two databases and back.</summary>
public sealed class BackupTests(BackupStage stage) : IClassFixture<BackupStage>
{
    [Fact]
    public async Task Backup_RestoredIntoPostgreSqlAndBack_EveryRowFileAndKeyEqual()
    {
        var (server, home) = (stage.NewFolder(), stage.NewFolder());
        (string, string)[] postgres = [("Territoire__DataDirectory", server), ("Territoire__Database__Provider", "PostgreSql"), ("ConnectionStrings__Territoire", (await Databases.CreateAsync(DatabaseProvider.PostgreSql, server)).ConnectionString)];
        (string, string)[] sqlite = [("Territoire__DataDirectory", home)];
        var (second, third) = (Path.Combine(server, "sauvegarde.zip"), Path.Combine(home, "sauvegarde.zip"));

        var results = new List<ProcessResult>
        {
            stage.Written,
            await ProductProcess.RunAsync(["restore", stage.Archive], postgres),
            await ProductProcess.RunAsync(["verify"], postgres),
            await ProductProcess.RunAsync(["backup", second], postgres),
            await ProductProcess.RunAsync(["restore", second], sqlite),
            await ProductProcess.RunAsync(["verify"], sqlite),
            await ProductProcess.RunAsync(["backup", third], sqlite),
        };

        Assert.All(results, r => Assert.Equal((0, ""), (r.ExitCode, r.Errors)));
        var tables = Tables(stage.Archive);
        foreach (var lived in (string[])["Items", "Comments", "Files", "Attachments", "Reactions", "Tags", "Drafts", "Mails", "Notifications", "Subscriptions", "ReadMarks", "Sessions", "SearchDocuments", "Memberships"])
            Assert.True(tables[lived + ".jsonl"].Count > 0, lived);
        foreach (var later in (string[])[second, third])
        {
            var restored = Tables(later);
            // What a restore adds: nothing is sent before an administrator says so.
            Assert.Equal(1, restored["Settings.jsonl"].RemoveAll(r => r.Contains(MailHold.Key, StringComparison.Ordinal)));
            Assert.Equal(tables.Keys.Order(StringComparer.Ordinal), restored.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, rows) in tables) Assert.True(rows.SequenceEqual(restored[name]), $"{name}\n{string.Join('\n', rows.Except(restored[name]))}\n---\n{string.Join('\n', restored[name].Except(rows))}");
        }

        foreach (var folder in (string[])[server, home]) Assert.Equal(Content(stage.Instance.Folder, "files"), Content(folder, "files"));
        // In between, the keys were in the database.
        Assert.False(Directory.Exists(Path.Combine(server, "keys")));
        Assert.Equal(Content(stage.Instance.Folder, "keys"), Content(home, "keys"));
    }

    [Theory]
    [InlineData("abîmée", "abîmée")]
    [InlineData("plus récente", "au format 2")]
    [InlineData("autre chose", "n’est pas une sauvegarde")]
    [InlineData("absente", "n’existe pas")]
    [InlineData("non vide", "n’est pas vide")]
    public async Task Restore_OfWhatCannotBe_OneWithASentenceAndNothingWritten(string what, string says)
    {
        var folder = stage.NewFolder();
        var archive = Path.Combine(stage.NewFolder(), "essai.zip");
        if (what is not "absente") File.Copy(stage.Archive, archive);
        if (what == "abîmée") Change(archive, e => e.Name == "Members.jsonl", t => t.Replace("Luc", "Lux", StringComparison.Ordinal));
        if (what == "plus récente") Change(archive, e => e.Name == "manifest.json", t => JsonNode.Parse(t)!.AsObject() is var m && (m["format"] = 2) is not null ? m.ToJsonString() : "");
        if (what == "autre chose") await File.WriteAllTextAsync(archive, "Ceci n’est pas une archive.");
        var target = what == "non vide" ? stage.Instance.Folder : folder;

        var result = await ProductProcess.RunAsync(["restore", archive], ("Territoire__DataDirectory", target));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(says, Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Backup_WhileTwentyMembersWrite_RestoresOneInstant()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", owner);
        var topic = await scene.TopicAsync(group, owner, "Un fil");
        var writers = new List<HttpClient>();
        for (var i = 0; i < 20; i++)
        {
            var member = await scene.MemberAsync($"Membre {i}");
            await scene.JoinAsync(group, member);
            writers.Add(await instance.ProgramAsync(member.Id));
        }

        await instance.SettleAsync();
        var (archive, folder) = (Path.Combine(stage.NewFolder(), "essai.zip"), stage.NewFolder());
        var backup = ProductProcess.RunAsync(["backup", archive], ("Territoire__DataDirectory", instance.Folder));
        var written = await Task.WhenAll(writers.Select(w => WriteUntilAsync(w, topic, backup)));
        await ProductProcess.RunAsync(["restore", archive], ("Territoire__DataDirectory", folder));
        var verified = await ProductProcess.RunAsync(["verify"], ("Territoire__DataDirectory", folder));

        Assert.Equal(0, (await backup).ExitCode);
        Assert.True(written.Sum() >= 20, "Nobody wrote meanwhile.");
        Assert.True(verified.ExitCode == 0, verified.Output);
        writers.ForEach(w => w.Dispose());
    }

    private static async Task<int> WriteUntilAsync(HttpClient program, string topic, Task end)
    {
        var count = 0;
        do
        {
            using var answer = await program.PostAsJsonAsync($"discussions/{topic}/comments", new { body = "Une réponse." });
            answer.EnsureSuccessStatusCode();
            count++;
        }
        while (!end.IsCompleted);
        return count;
    }

    [Fact]
    public async Task Backup_OverAFileThatExists_RefusedAndTheFileKept()
    {
        var archive = Path.Combine(stage.NewFolder(), "essai.zip");
        await File.WriteAllTextAsync(archive, "à garder");

        var result = await ProductProcess.RunAsync(["backup", archive], ("Territoire__DataDirectory", stage.Instance.Folder));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal("à garder", await File.ReadAllTextAsync(archive));
    }

    [Fact]
    public async Task Verify_OfADamagedInstallation_NamesEveryDefect()
    {
        var folder = stage.NewFolder();
        await ProductProcess.RunAsync(["restore", stage.Archive], ("Territoire__DataDirectory", folder));
        await DamageAsync(folder);

        var result = await ProductProcess.RunAsync(["verify"], ("Territoire__DataDirectory", folder));

        Assert.Equal(1, result.ExitCode);
        var wrong = result.Output.Split('\n').Where(l => l.StartsWith("DÉFAUT", StringComparison.Ordinal)).Select(l => l[8..].Replace('\u00A0', ' ').Split(':')[0].Trim()).ToList();
        Assert.Equal(["Fichiers", "Compteurs de réponses", "Compteurs de membres", "Liens", "Recherche"], wrong);
        Assert.Contains("5 contrôles sur", result.Errors, StringComparison.Ordinal);
    }

    private static async Task DamageAsync(string folder)
    {
        File.Delete(Directory.EnumerateFiles(Path.Combine(folder, "files"), "*", SearchOption.AllDirectories).First());
        await using var instance = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "territoire.db")};Pooling=False");
        await instance.OpenAsync();
        foreach (var sql in (string[])
        [
            "UPDATE Items SET CommentCount = CommentCount + 1",
            "UPDATE Groups SET MemberCount = 7 WHERE Name = 'Énergie'",
            "UPDATE Subscriptions SET MemberId = '01900000-0000-7000-8000-000000000000' WHERE rowid = (SELECT min(rowid) FROM Subscriptions)",
            "DELETE FROM SearchDocuments WHERE ItemId IS NOT NULL",
        ])
        {
            await using var command = instance.CreateCommand();
#pragma warning disable CA2100 // Written above.
            command.CommandText = sql;
#pragma warning restore CA2100
            Assert.True(await command.ExecuteNonQueryAsync() > 0, sql);
        }
    }

    private static Dictionary<string, List<string>> Tables(string archive)
    {
        using var zip = ZipFile.OpenRead(archive);
        return zip.Entries.Where(e => e.FullName.StartsWith("data/", StringComparison.Ordinal)).ToDictionary(e => e.Name, e =>
        {
            using var lines = new StreamReader(e.Open());
            return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToList();
        });
    }

    private static List<(string, string)> Content(string folder, string part) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, part), "*", SearchOption.AllDirectories).Select(f => (Path.GetFileName(f), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))))).Order()];

    private static void Change(string archive, Func<ZipArchiveEntry, bool> which, Func<string, string> change)
    {
        using var zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        var entry = zip.Entries.Single(which);
        string text;
        using (var reader = new StreamReader(entry.Open())) text = reader.ReadToEnd();
        var name = entry.FullName;
        entry.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(change(text));
    }
}
