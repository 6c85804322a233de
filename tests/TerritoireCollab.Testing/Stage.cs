using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using Xunit;

namespace TerritoireCollab.Testing;

/// <summary>One instance for all the tests of a class, on a clock that stands still: each test brings people and groups of its own, so that none disturbs another.</summary>
public class Stage : IAsyncLifetime
{
    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Makes people and groups.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <summary>Further configuration, by key.</summary>
    protected virtual (string Key, string Value)[] Settings => [];

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync(manualClock: true, settings: Settings);
        Scene = new Scene(Instance);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>That member at a browser.</summary>
    public async Task<Visitor> AsAsync(Member member) => new(await Instance.SignedInAsync(member.Id));

    /// <summary>Lets a minute pass: what happens after it is later than what happened before.</summary>
    public void Later() => Instance.Clock.Advance(TimeSpan.FromMinutes(1.1));

    /// <summary>The mails that went to that address, oldest first, after all that follows a commit has run.</summary>
    public async Task<IReadOnlyList<Letter>> LettersAsync(string? address)
    {
        await Instance.SettleAsync();
        return [.. Instance.Mails().Select(Letter.Of).Where(l => l.To.Equals(address, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Where a membership stands, as the database has it; null when there is none.</summary>
    public async Task<Membership?> MembershipAsync(Group group, Member member)
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.GroupId == group.Id && m.MemberId == member.Id);
    }

    /// <summary>Gives a member another address, as the confirmed change of address does.</summary>
    public async Task AddressAsync(Member member, string address)
    {
        await using var db = Instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Email, address).SetProperty(m => m.NormalizedEmail, address.ToUpperInvariant()));
    }

    /// <summary>Whether that visitor reads the group as its members do.</summary>
    public static async Task<bool> IsInAsync(Visitor visitor, Group group) => (await visitor.OpenAsync($"/groupes/{group.Slug}/membres")).Status == HttpStatusCode.OK;
}
