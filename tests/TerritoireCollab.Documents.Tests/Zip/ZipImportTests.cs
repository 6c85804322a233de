using System.Text;
using TerritoireCollab.Documents.Zip;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Documents.Tests.Zip;

public sealed class ZipImportTests
{
    [Fact]
    public void Plan_FilesInFolders_KeptWithTheirFolders()
    {
        var plan = Plan("Comptes rendus/2026/mars.odt", "plan.png", "Vide/");

        Assert.Equal(["Comptes rendus/2026/mars.odt", "plan.png"], Paths(plan));
        Assert.Equal(["Comptes rendus", "Comptes rendus/2026", "Vide"], plan.Folders.Select(f => string.Join('/', f)));
        Assert.Empty(plan.Remarks);
    }

    [Fact]
    public void Open_PlannedFile_GivesItsBytes()
    {
        var plan = ZipImport.Plan(Zips.Of(("a/été.txt", "Les Cèdres 🌲")));
        using var reader = new StreamReader(plan.Open(plan.Files[0]));

        Assert.Equal("Les Cèdres 🌲", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("../../etc/passwd", ZipNotice.OutsidePath)]
    [InlineData("a/../../b.txt", ZipNotice.OutsidePath)]
    [InlineData("a\\..\\..\\b.txt", ZipNotice.OutsidePath)]
    [InlineData("/etc/passwd", ZipNotice.OutsidePath)]
    [InlineData("C:\\Windows\\a.dll", ZipNotice.DrivePath)]
    [InlineData("c:a.txt", ZipNotice.DrivePath)]
    [InlineData("\\\\serveur\\partage\\a.txt", ZipNotice.DrivePath)]
    [InlineData("a/\u202e\u200b", ZipNotice.NoName)]
    [InlineData("a/. ./b.txt", ZipNotice.NoName)]
    [InlineData("a/.\u200b./b.txt", ZipNotice.NoName)]
    [InlineData("1/2/3/4/5/6/7/8/9/10/11/12/13/a.txt", ZipNotice.TooDeep)]
    [InlineData("__MACOSX/a/._b.txt", ZipNotice.Rubbish)]
    [InlineData("a/._b.txt", ZipNotice.Rubbish)]
    [InlineData("photos/Thumbs.db", ZipNotice.Rubbish)]
    public void Plan_NameThatCannotBe_RefusedWithASentence(string name, ZipNotice notice)
    {
        var plan = Plan(name, "gardé.txt");

        Assert.Equal(["gardé.txt"], Paths(plan));
        var remark = Assert.Single(plan.Remarks);
        Assert.Equal((notice, false), (remark.Notice, remark.IsKept));
        Assert.EndsWith(".", remark.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NameTooLong_Refused() => Assert.Equal(ZipNotice.NameTooLong, Assert.Single(Plan(new string('a', 201) + "/b.txt").Remarks).Notice);

    [Theory]
    [InlineData("dossier\\note.txt", "dossier/note.txt", null)]
    [InlineData("./a//b.txt", "a/b.txt", null)]
    [InlineData("ouvrez\u202etxt.exe", "ouvreztxt.exe", ZipNotice.NameCleaned)]
    [InlineData("a\u0007\nb.txt", "ab.txt", ZipNotice.NameCleaned)]
    [InlineData("e\u0301te\u0301.txt", "été.txt", ZipNotice.NameCleaned)]
    [InlineData("fin. . ", "fin", ZipNotice.NameCleaned)]
    [InlineData("famille 👨\u200d👩\u200d👧.png", "famille 👨\u200d👩\u200d👧.png", null)]
    public void Plan_NameThatCanBeMended_Kept(string name, string kept, ZipNotice? notice)
    {
        var plan = Plan(name);

        Assert.Equal([kept], Paths(plan));
        Assert.Equal(notice, plan.Remarks.SingleOrDefault()?.Notice);
        Assert.All(plan.Remarks, remark => Assert.True(remark.IsKept));
    }

    [Fact]
    public void Plan_SameNameTwice_Numbered()
    {
        var plan = Plan("a/Note.txt", "A/note.TXT", "a/note.txt", "a/Note (2).txt");

        Assert.Equal(["a/Note.txt", "A/note (2).TXT", "a/note (3).txt", "a/Note (2) (2).txt"], Paths(plan));
        Assert.All(plan.Remarks, remark => Assert.Equal(ZipNotice.Renamed, remark.Notice));
    }

    [Fact]
    public void Plan_ThousandsOfTimesTheSameName_NotLookedThroughEachTime()
    {
        using var file = Zips.Of([.. Enumerable.Repeat(("a.txt", ""), 30_000)]);
        ZipImport plan = null!;

        var time = ThreadTime.Of(() => plan = ZipImport.Plan(file, new ZipImportLimits { Members = 30_000 }));

        // Half a billion names where each looks through those before it: minutes.
        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("a (30000).txt", plan.Files[^1].Name);
        Assert.Equal(30_000, Paths(plan).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("a", "a/b.txt")]
    [InlineData("a/b.txt", "a")]
    public void Plan_FileNamedAsAFolder_Refused(string first, string second)
    {
        var plan = Plan(first, second);

        Assert.Equal([first], Paths(plan));
        Assert.Equal(ZipNotice.FileIsFolder, Assert.Single(plan.Remarks).Notice);
    }

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x11FF)]
    [InlineData(0x21B6)]
    public void Plan_LinkOrDevice_Refused(int mode)
    {
        using var file = Zips.Make(archive =>
        {
            var entry = archive.CreateEntry("lien");
            entry.ExternalAttributes = mode << 16;
            using var stream = entry.Open();
            stream.Write("/etc/passwd"u8);
        });

        Assert.Equal(ZipNotice.SpecialFile, Assert.Single(ZipImport.Plan(file).Remarks).Notice);
    }

    [Fact]
    public void Plan_EncryptedMember_Refused()
    {
        using var file = Zips.Of(("secret.txt", "x"));
        var bytes = file.ToArray();
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;

        Assert.Equal(ZipNotice.Encrypted, Assert.Single(ZipImport.Plan(new MemoryStream(bytes)).Remarks).Notice);
    }

    [Fact]
    public void Plan_UnknownPacking_Refused()
    {
        using var file = Zips.Of(("a.txt", "x"));
        var bytes = file.ToArray();
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 10] = 12;

        Assert.Equal(ZipNotice.UnknownPacking, Assert.Single(ZipImport.Plan(new MemoryStream(bytes)).Remarks).Notice);
    }

    [Fact]
    public void Plan_MembersThatShareBytes_OneKept()
    {
        var plan = ZipImport.Plan(Zips.Raw("a.txt", [0x03, 0x00], 0, copies: 20));

        Assert.Equal(["a.txt"], Paths(plan));
        Assert.Equal(19, plan.Remarks.Count(remark => remark.Notice == ZipNotice.SharedBytes));
    }

    [Fact]
    public void Plan_MoreThanTheQuota_Refused()
    {
        var limits = new ZipImportLimits { UnpackedBytes = 100 };

        Assert.Equal(DocumentFault.TooLarge, ZipDirectoryTests.Fault(() => ZipImport.Plan(Zips.Of(("a.txt", new byte[60]), ("b.txt", new byte[60])), limits)));
        Assert.Equal(DocumentFault.TooManyMembers, ZipDirectoryTests.Fault(() => ZipImport.Plan(Zips.Of(("a.txt", "x"), ("b.txt", "y")), limits with { Members = 1 })));
    }

    [Fact]
    public void Plan_FileTooLarge_RefusedAlone()
    {
        var plan = ZipImport.Plan(Zips.Of(("a.txt", new byte[60]), ("b.txt", new byte[10])), new ZipImportLimits { FileBytes = 50 });

        Assert.Equal(["b.txt"], Paths(plan));
        Assert.Equal(ZipNotice.TooLarge, Assert.Single(plan.Remarks).Notice);
    }

    [Fact]
    public void Plan_ArchiveInAnArchive_IsAFile()
    {
        using var inner = Zips.Bomb("zeros.bin", 1L << 30, uint.MaxValue);
        var plan = ZipImport.Plan(Zips.Of(("inner.zip", inner.ToArray())));

        Assert.Equal(["inner.zip"], Paths(plan));
        Assert.Equal(inner.Length, plan.DeclaredLength);
    }

    [Theory]
    [InlineData(437, "été à Crest.txt")]
    [InlineData(850, "ÉTÉ À CÔTÉ.txt")]
    public void Plan_NameInTheCharsetOfDos_Decoded(int codePage, string name)
    {
        using var file = Zips.Make(archive => archive.CreateEntry("x" + name).Open().Dispose(), CodePagesEncodingProvider.Instance.GetEncoding(codePage));
        var bytes = file.ToArray();

        Assert.Equal(["x" + name], Paths(ZipImport.Plan(new MemoryStream(WithoutUtf8Flag(bytes)))));
    }

    [Fact]
    public void Plan_NameInUnannouncedUtf8_Decoded()
    {
        using var file = Zips.Of(("été.txt", "x"));

        Assert.Equal(["été.txt"], Paths(ZipImport.Plan(new MemoryStream(WithoutUtf8Flag(file.ToArray())))));
    }

    [Fact]
    public void Plan_TimeOfAMember_Kept()
    {
        using var file = Zips.Make(archive =>
        {
            var entry = archive.CreateEntry("a.txt");
            entry.LastWriteTime = new DateTimeOffset(2026, 3, 12, 14, 30, 0, TimeSpan.Zero);
            entry.Open().Dispose();
        });

        Assert.Equal(new DateTime(2026, 3, 12, 14, 30, 0), ZipImport.Plan(file).Files[0].Modified);
    }

    private static ZipImport Plan(params string[] names) => ZipImport.Plan(Zips.Of([.. names.Select(name => (name, name.EndsWith('/') ? "" : "contenu"))]));

    private static IEnumerable<string> Paths(ZipImport plan) => plan.Files.Select(file => string.Join('/', [.. file.Folders, file.Name]));

    private static byte[] WithoutUtf8Flag(byte[] bytes)
    {
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 9] &= 0xf7;
        return bytes;
    }
}
