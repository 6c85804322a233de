using System.Text.Json;

namespace TerritoireCollab.Platform.Activities;

/// <summary>What an activity carries besides its keys.</summary>
public sealed record ActivityParticulars
{
    /// <summary>Members mentioned in the text.</summary>
    public IReadOnlyList<Guid> Mentioned { get; init; } = [];

    /// <summary>A word that goes with it, such as the reason of a refusal.</summary>
    public string? Note { get; init; }

    /// <summary>As an activity keeps them.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Those of <paramref name="activity"/>.</summary>
    public static ActivityParticulars Of(Activity activity) => Of(activity.Particulars);

    /// <summary>Those written in <paramref name="json"/>.</summary>
    public static ActivityParticulars Of(string? json) => json is null ? new() : JsonSerializer.Deserialize<ActivityParticulars>(json) ?? new();
}
