using System.Security.Cryptography;
using TerritoireCollab.Testing;
using TerritoireCollab.Web.Hosting;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>What cannot be used is refused before anything is opened or changed: one French sentence that names the key, exit code 78.</summary>
public sealed class BadConfigurationTests
{
    [Theory]
    [InlineData("Territoire:Database:Provider", "Oracle")]
    [InlineData("Territoire:Database:Provider", "1")]
    [InlineData("Territoire:Database:MaxBatchSize", "beaucoup")]
    [InlineData("ConnectionStrings:Territoire", "Data Sourc=x")]
    [InlineData("ConnectionStrings:Territoire", "nimporte")]
    [InlineData("Territoire:TimeZone", "Europe/Nulle-Part")]
    [InlineData("Territoire:BaseUrl", "ftp://espace.invalid")]
    [InlineData("Territoire:BaseUrl", "espace.invalid")]
    [InlineData("Territoire:BaseUrl", "https://espace.invalid/dossier")]
    [InlineData("Territoire:BaseUrl", "https://espace.invalid/?a=b")]
    [InlineData("Territoire:BaseUrl", "https://moi@espace.invalid")]
    [InlineData("Territoire:Demo", "oui")]
    [InlineData("Territoire:Jobs", "1")]
    [InlineData("Territoire:Files:MaxMegabytes", "0")]
    [InlineData("Territoire:Files:GroupQuota", "0")]
    [InlineData("Territoire:Files:MaxUploadLength", "0")]
    [InlineData("Territoire:Files:UploadQuota", "1")]
    [InlineData("Territoire:Files:Store", "Grenier")]
    [InlineData("Territoire:Files:ClamAv", "clamd")]
    [InlineData("Territoire:Files:ClamAv", "localhost:0")]
    [InlineData("Territoire:Mail:Transport", "Pigeon")]
    [InlineData("Territoire:Mail:From", "pas une adresse")]
    [InlineData("Territoire:Mail:ReplyDomain", "deux mots")]
    [InlineData("Territoire:Mail:ReplyDomain", "été.invalid")]
    [InlineData("Territoire:Mail:Smtp:Port", "70000")]
    [InlineData("Territoire:Mail:Smtp:Security", "Un peu")]
    [InlineData("Territoire:Mail:Smtp:Connections", "5")]
    [InlineData("Territoire:Mail:Smtp:TimeoutSeconds", "0")]
    [InlineData("Territoire:Mail:Uncertain", "Perdre")]
    [InlineData("Territoire:Mail:Rates:orange.fr", "30")]
    [InlineData("Territoire:Mail:Rates:deux mots", "30/min")]
    [InlineData("Territoire:Mail:Inbox", "Pop")]
    [InlineData("Territoire:Mail:Imap:Port", "0")]
    [InlineData("Territoire:Mail:Imap:Security", "Un peu")]
    [InlineData("Territoire:Fetch:AllowPrivateNetworks", "oui")]
    [InlineData("Territoire:Fetch:Proxy", "mandataire:3128")]
    [InlineData("Territoire:Fetch:Proxy", "socks5://mandataire:1080")]
    [InlineData("Territoire:Fetch:Proxy", "http://mandataire:3128/dossier")]
    public void Value_Unusable_OneSentenceThatNamesTheKey(string key, string value)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"territoire-{Guid.CreateVersion7():N}");

        var refusal = Assert.Throws<BadConfigurationException>(() => WebHost.Build([$"--Territoire:DataDirectory={folder}", $"--{key}={value}"]));

        Assert.StartsWith($"Configuration refusée, clé « {key} » : ", refusal.Message.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message.TrimEnd(')'), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("Territoire:Files:S3:Bucket", "Territoire:Files:Store=S3")]
    [InlineData("Territoire:Files:S3:Region", "Territoire:Files:Store=S3", "Territoire:Files:S3:Bucket=b")]
    [InlineData("Territoire:Files:S3:SecretKey", "Territoire:Files:Store=S3", "Territoire:Files:S3:Bucket=b", "Territoire:Files:S3:Region=eu-west-3", "Territoire:Files:S3:AccessKey=a")]
    [InlineData("Territoire:Files:S3:Endpoint", "Territoire:Files:Store=S3", "Territoire:Files:S3:Bucket=b", "Territoire:Files:S3:Endpoint=seau.invalid")]
    [InlineData("Territoire:Files:S3:PathStyle", "Territoire:Files:Store=S3", "Territoire:Files:S3:Bucket=b", "Territoire:Files:S3:Region=eu-west-3", "Territoire:Files:S3:AccessKey=a", "Territoire:Files:S3:SecretKey=s", "Territoire:Files:S3:PathStyle=oui")]
    [InlineData("Territoire:Mail:Smtp:Host", "Territoire:Mail:Transport=Smtp")]
    [InlineData("Territoire:Mail:Smtp:Password", "Territoire:Mail:Smtp:User=moi")]
    [InlineData("Territoire:Mail:Smtp:User", "Territoire:Mail:Smtp:Password=secret")]
    [InlineData("Territoire:Mail:Imap:Host", "Territoire:Mail:Inbox=Imap")]
    [InlineData("Territoire:Mail:Imap:Password", "Territoire:Mail:Inbox=Imap", "Territoire:Mail:Imap:Host=localhost", "Territoire:Mail:Imap:User=moi")]
    [InlineData("Territoire:Mail:Imap:User", "Territoire:Mail:Inbox=Imap", "Territoire:Mail:Imap:Host=localhost", "Territoire:Mail:Imap:Password=secret")]
    [InlineData("Territoire:Mail:Dkim:Selector", "Territoire:Mail:Dkim:Domain=drome.invalid", "Territoire:Mail:Dkim:KeyFile=/nulle-part.pem")]
    [InlineData("Territoire:Mail:Dkim:KeyFile", "Territoire:Mail:Dkim:Domain=drome.invalid", "Territoire:Mail:Dkim:Selector=a", "Territoire:Mail:Dkim:KeyFile=/nulle-part.pem")]
    [InlineData("ConnectionStrings:Territoire", "Territoire:Database:Provider=PostgreSql")]
    public void Value_Missing_OneSentenceThatNamesTheKey(string key, params string[] given)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"territoire-{Guid.CreateVersion7():N}");

        var refusal = Assert.Throws<BadConfigurationException>(() => WebHost.Build([$"--Territoire:DataDirectory={folder}", .. given.Select(g => $"--{g}")]));

        Assert.Contains($"« {key} »", refusal.Message.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void DataDirectory_AFileOrBelowOne_Refused()
    {
        var file = Path.GetTempFileName();

        foreach (var place in (string[])[file, Path.Combine(file, "data")])
            Assert.Contains("Territoire:DataDirectory", Assert.Throws<BadConfigurationException>(() => WebHost.Build([$"--Territoire:DataDirectory={place}"])).Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Process_ServerOrCommand_ExitsWith78AndOneLineOfErrors()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"territoire-{Guid.CreateVersion7():N}");
        (string, string)[] bad = [("Territoire__DataDirectory", folder), ("Territoire__TimeZone", "Europe/Nulle-Part")];

        var results = await Task.WhenAll(ProductProcess.RunAsync([], bad), ProductProcess.RunAsync(["migrate"], bad));

        Assert.All(results, r => Assert.Equal((78, ""), (r.ExitCode, r.Output)));
        Assert.All(results, r => Assert.Contains("Territoire:TimeZone", Assert.Single(r.Errors.Trim().Split('\n')), StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Database_ForeignOrCutFile_RefusedAndLeftAsItIs()
    {
        var (foreign, cut) = (Directory.CreateTempSubdirectory("territoire-").FullName, Directory.CreateTempSubdirectory("territoire-").FullName);
        await File.WriteAllTextAsync(Path.Combine(foreign, "territoire.db"), string.Concat(Enumerable.Repeat("Ceci n’est pas une base. ", 400)));
        await ProductProcess.RunAsync(["migrate"], ("Territoire__DataDirectory", cut));
        await using (var file = File.OpenWrite(Path.Combine(cut, "territoire.db"))) file.SetLength(file.Length / 2);

        foreach (var folder in (string[])[foreign, cut])
        {
            var before = Hash(folder);
            var result = await ProductProcess.RunAsync(["migrate"], ("Territoire__DataDirectory", folder));

            Assert.Equal((78, ""), (result.ExitCode, result.Output));
            Assert.Contains("restore FICHIER.zip", Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
            Assert.Equal(before, Hash(folder));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Hash(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "territoire.db"))));
}
