using System.Text.Json;

namespace TerritoireCollab.Platform.Activities;

/// <summary>What an activity carries besides its keys.</summary>
public sealed record ActivityParticulars
{
    /// <summary>Members mentioned in the text.</summary>
    public IReadOnlyList<Guid> Mentioned { get; init; } = [];

    /// <summary>A word that goes with it, such as the reason of a refusal.</summary>
    public string? Note { get; init; }

    /// <summary>Those of <paramref name="activity"/>.</summary>
    public static ActivityParticulars Of(Activity activity) =>
        activity.Particulars is { } json ? JsonSerializer.Deserialize<ActivityParticulars>(json) ?? new() : new();
}
