using System.IO.Compression;
using System.Text;
using TerritoireCollab.Documents.Zip;

namespace TerritoireCollab.Documents.Tests.Zip;

public sealed class ZipDirectoryTests
{
    private static readonly ZipLimits Small = new() { Members = 100, UnpackedBytes = 1 << 20, MemberBytes = 1 << 19 };

    [Fact]
    public void OpenMember_DeflatedAndStored_GiveWhatWasPacked()
    {
        using var file = Zips.Make(archive =>
        {
            Write(archive.CreateEntry("a.txt", CompressionLevel.SmallestSize), "été à la mer");
            Write(archive.CreateEntry("b.txt", CompressionLevel.NoCompression), "tel quel");
        });
        var directory = ZipDirectory.Open(file, Small);

        Assert.Equal(["a.txt", "b.txt"], directory.Members.Select(m => m.Name));
        Assert.Equal(["été à la mer", "tel quel"], directory.Members.Select(m => ReadText(directory.OpenMember(m))));
    }

    [Fact]
    public void Open_ProgramBeforeTheArchive_Read()
    {
        using var zip = Zips.Of(("a.txt", "après le programme"));
        using var file = new MemoryStream([.. "MZ un programme qui s’extrait"u8, .. zip.ToArray()]);
        var directory = ZipDirectory.Open(file, Small);

        Assert.Equal("après le programme", ReadText(directory.OpenMember(directory.Members[0])));
    }

    [Fact]
    public void Open_MoreMembersThanAllowed_Refused()
    {
        using var file = Zips.Of([.. Enumerable.Range(0, 101).Select(i => ($"{i}.txt", "x"))]);

        Assert.Equal(DocumentFault.TooManyMembers, Fault(() => ZipDirectory.Open(file, Small)));
    }

    [Fact]
    public void Open_MoreMembersThanSixteenBits_Read()
    {
        using var file = Zips.Of([.. Enumerable.Range(0, 70_000).Select(i => ($"{i}.txt", Array.Empty<byte>()))]);
        var directory = ZipDirectory.Open(file, new ZipLimits { Members = 100_000 });

        Assert.Equal(70_000, directory.Members.Count);
        Assert.Equal("", ReadText(directory.OpenMember(directory.Members[^1])));
    }

    [Fact]
    public void Open_CountThatLies_MembersCountedAsRead()
    {
        using var file = Zips.Raw("a.txt", [0x03, 0x00], 0, copies: 101);
        var bytes = file.ToArray();
        bytes[^12] = bytes[^14] = 1;

        Assert.Equal(DocumentFault.TooManyMembers, Fault(() => ZipDirectory.Open(new MemoryStream(bytes), Small)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("une page de texte qui n’est pas une archive")]
    public void Open_NoArchive_Broken(string content) =>
        Assert.Equal(DocumentFault.Broken, Fault(() => ZipDirectory.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), Small)));

    [Fact]
    public void OpenMember_BytesChanged_Broken()
    {
        using var file = Zips.Make(archive => Write(archive.CreateEntry("a.txt", CompressionLevel.NoCompression), "cent mètres"));
        var bytes = file.ToArray();
        bytes[bytes.AsSpan().IndexOf("cent"u8)] = (byte)'d';
        var directory = ZipDirectory.Open(new MemoryStream(bytes), Small);

        Assert.Equal(DocumentFault.Broken, Fault(() => ReadText(directory.OpenMember(directory.Members[0]))));
    }

    [Theory]
    [InlineData(uint.MaxValue, DocumentFault.TooLarge)]
    [InlineData(100u, DocumentFault.Broken)]
    public void OpenMember_TenGigabytesOfZeros_StopsAtTheLimit(uint declared, DocumentFault fault)
    {
        using var file = Zips.Bomb("zeros.bin", 10L << 30, declared);
        var directory = ZipDirectory.Open(file, Small);
        using var stream = directory.OpenMember(directory.Members[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        long read = 0;

        Assert.Equal(fault, Fault(() => Drain(stream, ref read)));
        Assert.InRange(read, 0, Small.MemberBytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void OpenMember_SameBytesThroughManyNames_StopsAtTheSum()
    {
        using var file = Zips.Raw("a.bin", Packed(new byte[1 << 18]), 1 << 18, copies: 50, Crc(new byte[1 << 18]));
        var directory = ZipDirectory.Open(file, Small);
        long read = 0;

        Assert.Equal(DocumentFault.TooLarge, Fault(() => directory.Members.ToList().ForEach(m => Drain(directory.OpenMember(m), ref read))));
        Assert.Equal(Small.UnpackedBytes, read);
    }

    [Fact]
    public void OpenMember_RatioBeyondTheLimit_Refused()
    {
        using var file = Zips.Bomb("zeros.bin", 64 << 20, 64 << 20);
        var limits = new ZipLimits { Ratio = 200, MemberBytes = 1 << 30, UnpackedBytes = 1 << 30 };
        var directory = ZipDirectory.Open(file, limits);
        long read = 0;

        Assert.Equal(DocumentFault.TooLarge, Fault(() => Drain(directory.OpenMember(directory.Members[0]), ref read)));
        Assert.InRange(read, limits.RatioFrom, 16 << 20);
    }

    [Fact]
    public async Task OpenMember_CopiedAsynchronously_StopsAtTheLimit()
    {
        using var file = Zips.Bomb("zeros.bin", 1L << 30, uint.MaxValue);
        var directory = ZipDirectory.Open(file, Small);
        await using var stream = directory.OpenMember(directory.Members[0]);
        using var copy = new MemoryStream();

        var error = await Assert.ThrowsAsync<DocumentException>(() => stream.CopyToAsync(copy, TestContext.Current.CancellationToken));
        Assert.Equal(DocumentFault.TooLarge, error.Fault);
        Assert.InRange(copy.Length, 1, Small.MemberBytes);
    }

    [Fact]
    public void OpenMember_CancelledWhileReading_Stops()
    {
        using var file = Zips.Of(("a.bin", new byte[1 << 18]));
        var directory = ZipDirectory.Open(file, Small);
        using var cancellation = new CancellationTokenSource();
        using var stream = directory.OpenMember(directory.Members[0], cancellation.Token);
        Assert.Equal(100, stream.Read(new byte[100]));

        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => stream.Read(new byte[100]));
    }

    [Fact]
    public void Message_OfEachFault_IsASentenceOfItsOwn()
    {
        var sentences = Enum.GetValues<DocumentFault>().Select(f => f.Message()).ToList();

        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Equal(sentences.Count, sentences.Distinct().Count());
    }

    internal static DocumentFault Fault(Action action) => Assert.Throws<DocumentException>(action).Fault;

    private static void Write(ZipArchiveEntry entry, string text)
    {
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string ReadText(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Drain(Stream stream, ref long read)
    {
        var buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;) read += count;
    }

    private static byte[] Packed(byte[] content)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal)) deflate.Write(content);
        return packed.ToArray();
    }

    private static uint Crc(byte[] content) => System.IO.Hashing.Crc32.HashToUInt32(content);
}
