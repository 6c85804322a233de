using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Mail;

/// <summary>The seal of what stands in the links of mails: short, nobody else's, and the same after a restart.</summary>
public sealed class LinkSealsTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(1, 33).Select(n => (byte)n)];

    [Fact]
    public async Task Seal_AnyBitChanged_OpensNothing()
    {
        await using var instance = await Instance.StartAsync();
        var seals = instance.Services.GetRequiredService<LinkSeals>();
        var token = seals.Seal("un", Content);
        var bytes = WebEncoders.Base64UrlDecode(token);

        Assert.Equal(64, token.Length);
        Assert.Equal(Content, seals.Open("un", token));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(seals.Open("un", WebEncoders.Base64UrlEncode(bytes)));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public async Task Seal_OfAnotherPurposeOrSpelledOtherwise_OpensNothing()
    {
        await using var instance = await Instance.StartAsync();
        var seals = instance.Services.GetRequiredService<LinkSeals>();
        // 32 bytes and the seal are 63 signs, whose last holds two bits that mean nothing.
        var token = seals.Seal("un", Content.AsSpan(1));
        string[] others = [token + "=", token + "A", token[..^1], token[..^1] + (char)(token[^1] + 1), " " + token, "", new('A', LinkSeals.Longest + 1), "é"];

        Assert.Equal(Content[1..], seals.Open("un", token));
        Assert.All(others, other => Assert.Null(seals.Open("un", other)));
        Assert.Null(seals.Open("un", null));
        Assert.Null(seals.Open("deux", token));
        // The border between purpose and content is part of what is sealed.
        Assert.Null(seals.Open("u", WebEncoders.Base64UrlEncode([(byte)'n', .. WebEncoders.Base64UrlDecode(token)])));
    }

    [Fact]
    public async Task Secret_AnotherProcessOnTheSameData_OpensTheSameLinks()
    {
        await using var instance = await Instance.StartAsync();
        var token = instance.Services.GetRequiredService<LinkSeals>().Seal("un", Content);
        await using var services = instance.Services.CreateAsyncScope();
        var again = new LinkSeals(services.ServiceProvider.GetRequiredService<AppDb>(), services.ServiceProvider.GetRequiredService<IDataProtectionProvider>());

        Assert.Equal(Content, again.Open("un", token));
    }

    [Fact]
    public async Task Secret_InTheDatabase_IsNotThereToRead()
    {
        await using var instance = await Instance.StartAsync();
        var token = instance.Services.GetRequiredService<LinkSeals>().Seal("un", Content);
        await using var db = instance.Services.GetRequiredService<AppDb>().Open(Viewer.System);
        var kept = await db.Settings.SingleAsync(s => s.Key == "courriels.sceau");
        var apart = new LinkSeals(instance.Services.GetRequiredService<AppDb>(), new EphemeralDataProtectionProvider());

        Assert.True(Convert.FromBase64String(kept.Value).Length > 64);
        // With other keys the row says nothing: a new secret takes its place, and what was sealed before opens nothing.
        Assert.Null(apart.Open("un", token));
        Assert.NotEqual(kept.Value, await db.Settings.Where(s => s.Key == "courriels.sceau").Select(s => s.Value).SingleAsync());
    }
}
