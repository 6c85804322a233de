using TerritoireCollab.Documents.Zip;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Documents.Tests.Reading;

/// <summary>Documents damaged at random: an answer each time, never an exception, never for long.</summary>
public sealed class MutationTests
{
    private const int Variants = 150;

    public static TheoryData<string> Names => [.. Fixtures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Extract_DamagedDocument_AlwaysAnswers(string name)
    {
        var sound = Fixtures.Read(name);
        var random = new Random(20260312);
        var faults = 0;
        var time = ThreadTime.Of(() =>
        {
            for (var i = 0; i < Variants; i++) faults += TextExtractor.Extract(new MemoryStream(Damage(sound, random)), name, null, TestContext.Current.CancellationToken).Fault is null ? 0 : 1;
        });

        Assert.InRange(faults, 1, Variants);
        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    // The parts themselves, since in a packed file most damage is found by the checksum.
    [Theory]
    [MemberData(nameof(Names))]
    public void Extract_DamagedPart_AlwaysAnswers(string name)
    {
        using var file = new MemoryStream(Fixtures.Read(name));
        var archive = ZipDirectory.Open(file, ZipLimits.Office);
        var parts = archive.Members.Where(m => m.DeclaredLength > 0).Select(m => (m.Name, Content: ReadAll(archive.OpenMember(m)))).ToArray();
        var random = new Random(20260313);
        for (var i = 0; i < Variants; i++)
        {
            var damaged = parts.ToArray();
            var victims = damaged.Index().Where(p => p.Item.Name.EndsWith("xml", StringComparison.Ordinal) || p.Item.Name.EndsWith("rels", StringComparison.Ordinal)).Select(p => p.Index).ToArray();
            var victim = victims[random.Next(victims.Length)];
            damaged[victim].Content = random.Next(2) == 0 ? Shuffle(damaged[victim].Content, random) : Damage(damaged[victim].Content, random);
            var text = TextExtractor.Extract(Zip.Zips.Of(damaged), name, null, TestContext.Current.CancellationToken);

            Assert.True(text.Fault is null or DocumentFault.Broken or DocumentFault.TooComplex or DocumentFault.Unsupported or DocumentFault.Encrypted, text.Fault.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_DamagedArchive_PlanOrFault(string name)
    {
        var sound = Fixtures.Read(name);
        var random = new Random(20260314);
        var planned = 0;
        for (var i = 0; i < Variants; i++)
        {
            try
            {
                var plan = ZipImport.Plan(new MemoryStream(Damage(sound, random)));
                planned++;
                foreach (var file in plan.Files) ReadAll(plan.Open(file));
            }
            catch (DocumentException error)
            {
                Assert.NotEqual("", error.Message);
            }
        }

        Assert.InRange(planned, 1, Variants);
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        using (stream) stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Damage(byte[] sound, Random random)
    {
        var bytes = random.Next(4) == 0 ? sound[..random.Next(sound.Length)] : (byte[])sound.Clone();
        for (var i = random.Next(1, 12); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    // A piece of the text stands elsewhere: tags that close nothing, tables without rows.
    private static byte[] Shuffle(byte[] sound, Random random)
    {
        var tags = System.Text.Encoding.UTF8.GetString(sound).Split('<');
        for (var i = 0; i < 4; i++)
        {
            int a = random.Next(1, tags.Length), b = random.Next(1, tags.Length);
            (tags[a], tags[b]) = (tags[b], tags[a]);
        }

        return System.Text.Encoding.UTF8.GetBytes(string.Join('<', tags));
    }
}
