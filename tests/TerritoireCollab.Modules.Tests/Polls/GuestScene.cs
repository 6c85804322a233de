using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>People without an account whom somebody invites to a poll of a test.</summary>
internal static class GuestScene
{
    /// <summary>Invites that address, and returns the personal link of the mail.</summary>
    public static async Task<string> InviteAsync(this InboxStage stage, Visitor visitor, string id, string address)
    {
        await visitor.SendAsync(await visitor.OpenAsync($"/contenus/{id}/invites"), "[name='Addresses']", ("Addresses", address));
        await stage.SendAsync();
        return LinkOf(stage.Instance, address);
    }

    /// <summary>The personal link of the last mail to that address.</summary>
    public static string LinkOf(Instance instance, string address) =>
        Letter.Of(instance.Mails().Last(m => m.Contains(address, StringComparison.Ordinal))).LinksTo("/invite/").First(l => !l.Contains("/arret/", StringComparison.Ordinal));
}
