using System.Net;
using System.Text;
using System.Text.Json;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Photos: what is refused, and what others download of one that is taken.</summary>
public sealed class PhotoTests(Stage stage) : IClassFixture<Stage>
{
    private Instance Instance => stage.Instance;

    /// <summary>Files that are no photo, and the sentence that says so.</summary>
    public static TheoryData<string, string> Refused { get; } = new()
    {
        { "html", "Choisissez une image PNG, JPEG ou WebP." },
        { "svg", "Choisissez une image PNG, JPEG ou WebP." },
        { "tronquee", "Choisissez une image PNG, JPEG ou WebP." },
        { "immense", "Choisissez une photo d’au plus 4000 pixels de côté." },
        { "lourde", "Choisissez une photo de moins de 2 Mo." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Save_NotAPhoto_SentenceAtTheFieldAndTextKept(string what, string sentence)
    {
        var owner = await stage.Scene.MemberAsync("Odile Essai");
        var visitor = await Instance.VisitorAsync(owner);

        var refused = await SaveAsync(visitor, "photo.png", Bytes(what), ("Function", "maire"));

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.True(refused.Refuses("Photo"));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal("maire", refused.ValueOf("Function"));
        Assert.Null((await Instance.MemberAsync(owner.Email))!.PhotoFileId);
    }

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    public async Task Photo_WithPlaceAndDevice_DownloadedWithout(string format, string type)
    {
        var (owner, other) = (await stage.Scene.MemberAsync("Odile Essai"), await stage.Scene.MemberAsync("Otto Autre"));
        var sent = format switch { "png" => Pictures.Png(secrets: true), "jpeg" => Pictures.Jpeg(), _ => Pictures.WebP() };

        var saved = await SaveAsync(await Instance.VisitorAsync(owner), "IMG_44.9333_4.8917.jpg", sent);
        using var browser = await Instance.SignedInAsync(other.Id);
        using var answer = await browser.GetAsync($"/membres/{owner.Handle}/photo");
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("/moi?fait=profil", saved.Address);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var text = Encoding.Latin1.GetString(bytes);
        foreach (var secret in new[] { "GPS", "secret", "Exif", "EXIF", "eXIf", "XMP", "script" }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Equal(Expected(format), Convert.ToHexString(bytes));
    }

    [Fact]
    public async Task Photo_Removed_NotFoundAndInitialsAgain()
    {
        var owner = await stage.Scene.MemberAsync("Odile Essai");
        var visitor = await Instance.VisitorAsync(owner);

        await SaveAsync(visitor, "photo.png", Pictures.Png());
        var there = await visitor.OpenAsync($"/membres/{owner.Handle}/photo");
        await visitor.SendAsync(await visitor.OpenAsync("/moi"), "[name='FullName']", ("RemovePhoto", "true"));

        Assert.Equal(HttpStatusCode.OK, there.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/membres/{owner.Handle}/photo")).Status);
        Assert.Null((await visitor.OpenAsync($"/annuaire/{owner.Handle}")).Document.QuerySelector("main img"));
    }

    [Fact]
    public async Task Photo_OfASuspendedMember_NotFound()
    {
        var (owner, other) = (await stage.Scene.MemberAsync("Odile Essai"), await stage.Scene.MemberAsync("Otto Autre"));
        await SaveAsync(await Instance.VisitorAsync(owner), "photo.png", Pictures.Png());
        var (reader, admin) = (await Instance.VisitorAsync(other), await Instance.VisitorAsync(await stage.Scene.MemberAsync("Ada Admin", admin: true)));
        Assert.Equal(HttpStatusCode.OK, (await reader.OpenAsync($"/membres/{owner.Handle}/photo")).Status);

        await admin.SendAsync(await admin.OpenAsync($"/administration/membres/{owner.Id}"), "[name='Reason']");

        Assert.Equal(HttpStatusCode.NotFound, (await reader.OpenAsync($"/membres/{owner.Handle}/photo")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.OpenAsync($"/annuaire/{owner.Handle}")).Status);
    }

    [Fact]
    public async Task Photo_EveryHostileUpload_RefusedOrAPictureAndNothingElse()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "", "upload-attacks");
        if (!File.Exists(Path.Combine(folder, "manifest.json"))) Assert.Skip("skipped: not here");
        var owner = await stage.Scene.MemberAsync("Odile Essai");
        var visitor = await Instance.VisitorAsync(owner);
        var refused = 0;

        foreach (var file in JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"))).RootElement.EnumerateArray())
        {
            var bytes = file.TryGetProperty("file", out var name) && name.GetString() is { } path ? await File.ReadAllBytesAsync(Path.Combine(folder, path)) : Convert.FromBase64String(file.GetProperty("base64").GetString()!);
            var page = await SaveAsync(visitor, "photo.jpg", bytes);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            if (page.Refuses("Photo"))
            {
                refused++;
                continue;
            }

            var photo = await visitor.OpenAsync($"/membres/{owner.Handle}/photo");
            if (photo.Status == HttpStatusCode.NotFound) continue;
            Assert.Matches("^(\\uFFFDPNG|\\uFFFD\\uFFFD|RIFF)", photo.Body);
            foreach (var trace in new[] { "Exif", "GPS", "http://ns.adobe.com", "<script", "<html", "PK" }) Assert.DoesNotContain(trace, photo.Body, StringComparison.OrdinalIgnoreCase);
        }

        Assert.True(refused > 40, $"{refused} refused");
    }

    private static byte[] Bytes(string what) => what switch
    {
        "html" => "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(),
        "svg" => "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8.ToArray(),
        "tronquee" => Pictures.Png(truncated: true),
        "immense" => Pictures.Png(side: 30_000),
        _ => [.. Pictures.Png(), .. new byte[2 * 1024 * 1024]],
    };

    // The same picture with nothing beside it.
    private static string Expected(string format) => format switch
    {
        "png" => Convert.ToHexString(Pictures.Png()),
        "jpeg" => "FFD8" + "FFE000104A46494600010100000100010000" + "FFDB0043" + new string('0', 130) + "FFC0000B080008000801011100" + "FFC40015" + new string('0', 38)
            + "FFDA0008010100003F00" + "12FF0034FFD056" + "FFD9",
        _ => "52494646" + "26000000" + "57454250" + "565038580A000000" + "00000000070000070000" + "5650384C07000000" + "2F07C001000102" + "00",
    };

    private static async Task<VisitedPage> SaveAsync(Visitor visitor, string name, byte[] photo, params (string Name, string? Value)[] fields) =>
        await visitor.SendAsync(await visitor.OpenAsync("/moi"), "[name='FullName']", [("Photo", name, photo)], fields);
}
