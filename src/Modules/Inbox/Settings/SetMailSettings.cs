using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Inbox.Settings;

/// <summary>Sets all that a member gets by mail: what the page of the settings sends, and what a program sends.</summary>
internal sealed class SetMailSettings(SetMailPreferences preferences, SetMailLevels levels)
{
    /// <summary>Sets them, or nothing of them.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    /// <exception cref="InvalidInputException">An hour, a day, a date or a level that cannot be.</exception>
    public async Task ExecuteAsync(Viewer viewer, MailPreferencesInput input, IReadOnlyDictionary<string, MailLevel> chosen, CancellationToken cancellation)
    {
        SetMailLevels.Demand(chosen);
        await preferences.ExecuteAsync(viewer, input, cancellation);
        await levels.ExecuteAsync(viewer, chosen, cancellation);
    }
}
