using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>An instance whose clock a test leads from hour to hour, on Paris clocks.</summary>
internal sealed class DigestStage : IAsyncDisposable
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private DigestStage(Instance instance) => (Instance, Scene) = (instance, new Scene(instance));

    public Instance Instance { get; }

    public Scene Scene { get; }

    /// <summary>Starts at an hour of Paris, such as <c>2026-03-28 06:30</c>.</summary>
    public static async Task<DigestStage> StartAsync(string local, params (string, string)[] settings)
    {
        var stage = new DigestStage(await Instance.StartAsync(manualClock: true, settings: settings));
        stage.To(local);
        await stage.Instance.DecideAsync();
        return stage;
    }

    /// <summary>Moves the clock to an hour of Paris.</summary>
    public void To(string local) => Instance.Clock.Advance(TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(local, CultureInfo.InvariantCulture), Paris) - Instance.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Moves the clock to an hour of Paris, and does what is due then.</summary>
    public async Task RunAtAsync(string local)
    {
        To(local);
        await Instance.WorkAsync();
    }

    /// <summary>A group of <paramref name="owner"/> that the others get at that level.</summary>
    public async Task<Group> GroupAsync(Member owner, MailLevel level, params Member[] members)
    {
        var group = await Scene.GroupAsync("Groupe", owner);
        foreach (var member in members) await Scene.JoinAsync(group, member, level: level);
        return group;
    }

    /// <summary>What a member chose.</summary>
    public async Task PreferAsync(MailPreferences preferences)
    {
        await using var db = Instance.Open(Viewer.System);
        await db.MailPreferences.Where(p => p.MemberId == preferences.MemberId).ExecuteDeleteAsync();
        db.MailPreferences.Add(preferences);
        await db.SaveChangesAsync();
    }

    /// <summary>Mails that a member got, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> MailsTo(Member member) => [.. ReceivedMail.AllOf(Instance).Where(m => m.To == member.Email)];

    /// <summary>The only mail that a member got.</summary>
    public ReceivedMail MailTo(Member member) => Assert.Single(MailsTo(member));

    public ValueTask DisposeAsync() => Instance.DisposeAsync();
}
