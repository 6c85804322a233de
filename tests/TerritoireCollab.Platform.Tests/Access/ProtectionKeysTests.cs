using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Access;

/// <summary>What a machine seals (cookies, forms, links of mails), those that share its database open.</summary>
public sealed class ProtectionKeysTests
{
    [Fact]
    public async Task Sealed_OnAnotherMachineOfTheSameServer_Opened()
    {
        await using var one = await Instance.StartAsync(DatabaseProvider.PostgreSql);
        var folder = Directory.CreateTempSubdirectory("territoire-").FullName;
        await using (var other = await one.SecondAsync(("Territoire:DataDirectory", folder)))
        {
            var text = Protector(one).Protect("Bonjour");

            Assert.Equal("Bonjour", Protector(other).Unprotect(text));
            Assert.False(Directory.Exists(Path.Combine(folder, "keys")));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Sealed_ElsewhereAltogether_Refused()
    {
        await using var one = await Instance.StartAsync(DatabaseProvider.PostgreSql);
        await using var stranger = await Instance.StartAsync(DatabaseProvider.PostgreSql);
        var text = Protector(one).Protect("Bonjour");

        Assert.Throws<CryptographicException>(() => Protector(stranger).Unprotect(text));
    }

    private static IDataProtector Protector(Instance instance) => instance.Services.GetDataProtectionProvider().CreateProtector("essai");
}
