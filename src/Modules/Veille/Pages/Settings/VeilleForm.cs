using System.Globalization;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Pages.Settings;

/// <summary>The settings of a veille as their form posts them.</summary>
public sealed class VeilleForm
{
    /// <summary>Name of the revue.</summary>
    public string? Name { get; set; }
    /// <summary>Rubrics, one a line.</summary>
    public string? Rubrics { get; set; }
    /// <summary>Name of an <see cref="Platform.Content.Audience"/>.</summary>
    public string? Audience { get; set; }
    /// <summary>Name of a <see cref="DayOfWeek"/>.</summary>
    public string? Day { get; set; }
    /// <summary>Hour.</summary>
    public string? Hour { get; set; }
    /// <summary>First number; null where it is not asked.</summary>
    public string? FirstNumber { get; set; }
    /// <summary>Whether sources are listed.</summary>
    public bool ListsSources { get; set; }
    /// <summary>Whether it is the territory's revue.</summary>
    public bool ServesTerritory { get; set; }

    internal static VeilleForm Of(VeilleSettingsInput input) => new()
    {
        Name = input.Name, Rubrics = input.Rubrics, Audience = $"{input.Audience}", Day = $"{input.Day}", Hour = input.Hour?.ToString(CultureInfo.InvariantCulture),
        FirstNumber = input.FirstNumber?.ToString(CultureInfo.InvariantCulture), ListsSources = input.ListsSources, ServesTerritory = input.ServesTerritory,
    };

    internal VeilleSettingsInput ToInput() => new()
    {
        Name = Name, Rubrics = Rubrics, Audience = Enum.TryParse<Audience>(Audience, out var audience) ? audience : null, Day = Enum.TryParse<DayOfWeek>(Day, out var day) ? day : null,
        Hour = Number(Hour), FirstNumber = FirstNumber is null ? null : Number(FirstNumber) ?? 0, ListsSources = ListsSources, ServesTerritory = ServesTerritory,
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
