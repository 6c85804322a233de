using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Platform.Guests;

/// <summary>What the administrators chose about people without an account.</summary>
public sealed class GuestSettings(PlatformSettings settings)
{
    /// <summary>How many months after the end of a content the names and addresses of its guests are kept.</summary>
    public async ValueTask<int> MonthsAsync(CancellationToken cancellation) => (await settings.ReadAsync(cancellation)).GuestMonths;
}
