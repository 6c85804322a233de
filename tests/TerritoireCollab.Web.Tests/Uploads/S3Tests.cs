using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Platform.Uploads;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Uploads;

/// <summary>Files in a bucket: all that is done with files in a folder is done with them too.</summary>
public sealed class S3Tests
{
    [Fact]
    public async Task Files_InABucket_ComeGoAndAreKeptAsInAFolder()
    {
        await using var bucket = await BucketAsync();
        await using var instance = await Instance.StartAsync(settings: bucket.Settings);
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Rose Buis");
        var group = await scene.GroupAsync("Groupe", member);
        var visitor = new Visitor(await instance.SignedInAsync(member.Id));
        // Larger than one part of a multipart upload.
        var large = RandomNumberGenerator.GetBytes(40 * 1024 * 1024);
        var id = (await new TusClient(visitor.Browser).SendAsync("film.bin", large)).Split('/')[^1];
        var page = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/forum/nouveau"), "[name='Input.Title']", [("Files", "note.txt", "Petit texte."u8.ToArray())], ("Input.Title", "Fichiers"), ("Input.Body", "Voici."), ("depot", id));
        var links = page.Document.QuerySelectorAll(".pieces a").Select(a => "/" + a.GetAttribute("href")).ToList();

        Assert.Equal(large, await visitor.Browser.GetByteArrayAsync(links[0]));
        Assert.Equal("Petit texte.", await visitor.Browser.GetStringAsync(links[1]));
        var request = new HttpRequestMessage(HttpMethod.Get, links[0]) { Headers = { Range = new RangeHeaderValue(20_000_000, 20_000_099) } };
        using (var part = await visitor.Browser.SendAsync(request))
        {
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(large[20_000_000..20_000_100], await part.Content.ReadAsByteArrayAsync());
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(instance.Folder, "files"), "*", SearchOption.AllDirectories));
        await instance.SettleAsync();
        Assert.All(await CheckAsync(instance), check => Assert.True(check.IsSound, check.Sentence));
    }

    [Fact]
    public async Task Backup_OfABucket_RestoredIntoAnotherBucketAndAFolder()
    {
        await using var bucket = await BucketAsync();
        await using var other = await BucketAsync();
        await using var instance = await Instance.StartAsync(settings: bucket.Settings);
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Rose Buis");
        await scene.TopicAsync(await scene.GroupAsync("Groupe", member), member, "Fil", files: await scene.FileAsync("note.txt", "Petit texte."));
        var archive = Path.Combine(instance.Folder, "sauvegarde.zip");
        var written = await ActivatorUtilities.CreateInstance<WriteBackup>(instance.Services).ExecuteAsync(archive, default);
        Assert.Empty(written.MissingFiles);
        using (var zip = ZipFile.OpenRead(archive)) Assert.Single(zip.Entries, e => e.FullName.StartsWith("files/", StringComparison.Ordinal));

        foreach (var settings in new[] { other.Settings, [] })
        {
            await using var restored = await Instance.StartAsync(settings: settings);
            var restore = ActivatorUtilities.CreateInstance<RestoreBackup>(restored.Services);
            await restore.ExecuteAsync(archive, await restore.CheckAsync(archive, default), default);
            Assert.All((await CheckAsync(restored)).Take(4), check => Assert.True(check.IsSound, check.Sentence));
            await using var db = restored.Open(Viewer.System);
            var sha = await db.Files.Select(f => f.Sha256).SingleAsync();
            await using var content = await restored.Services.GetRequiredService<FileStore>().OpenAsync(sha, default);
            Assert.Equal("Petit texte.", await new StreamReader(content).ReadToEndAsync());
        }
    }

    [Fact]
    public async Task Files_ThatNothingNames_ErasedFromTheBucket()
    {
        await using var bucket = await BucketAsync();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: bucket.Settings);
        var client = new TusClient(await instance.SignedInAsync((await new Scene(instance).MemberAsync("Rose Buis")).Id));
        await client.SendAsync("a.txt", "Premier."u8.ToArray());
        var store = instance.Services.GetRequiredService<FileStore>();
        await store.AddAsync(new MemoryStream("Sans ligne."u8.ToArray()), "b.txt", default);
        Assert.Equal(2, await store.AllAsync(default).CountAsync());
        var ahead = DateTimeOffset.UtcNow - instance.Clock.GetUtcNow() + Upload.Keeps + TimeSpan.FromDays(2);
        instance.Clock.Advance(ahead);

        await instance.Services.GetServices<IRecurringJob>().OfType<PurgeOldData>().Single().RunAsync(default);

        Assert.Equal(0, await store.AllAsync(default).CountAsync());
    }

    [Fact]
    public async Task Bucket_OutOfReach_SaidAsUnavailable()
    {
        await using var instance = await Instance.StartAsync(settings: [("Territoire:Files:Store", "S3"), ("Territoire:Files:S3:Endpoint", "http://127.0.0.1:9"), ("Territoire:Files:S3:Bucket", "b"), ("Territoire:Files:S3:AccessKey", "a"), ("Territoire:Files:S3:SecretKey", "s")]);
        var member = await new Scene(instance).MemberAsync("Rose Buis");
        await using (var db = instance.Open(Viewer.System))
        {
            var file = await AttachmentWriter.StoredFileAsync(db, new StoredBytes(new string('a', 64), 3, "image/png"), instance.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, default);
            await db.SaveChangesAsync();
            await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PhotoFileId, file.Id));
        }

        using var browser = await instance.SignedInAsync(member.Id);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync($"/membres/{member.Handle}/photo")).StatusCode);
    }

    private static async Task<S3Server> BucketAsync()
    {
        if (await S3Server.StartAsync() is { } bucket) return bucket;

        Assert.Skip("skipped: node or the package s3rver cannot be had here");
        throw new InvalidOperationException();
    }

    private static Task<IReadOnlyList<CheckResult>> CheckAsync(Instance instance) => ActivatorUtilities.CreateInstance<CheckIntegrity>(instance.Services).ExecuteAsync(default);
}
