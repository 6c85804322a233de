using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Agenda.Pages;

/// <summary>A calendar of another site as its form posts it.</summary>
public sealed record OutsideCalendarPosted
{
    /// <summary>Where it is.</summary>
    public string? Address { get; init; }
    /// <summary>What the group calls it.</summary>
    public string? Name { get; init; }
    /// <summary>Who sees its dates.</summary>
    public Audience? Audience { get; init; }
    /// <summary>Whether its dates stand in the group's own calendar, too.</summary>
    public bool IsExported { get; init; }
    /// <summary>Which button was pressed.</summary>
    public string? Act { get; init; }

    internal OutsideCalendarInput ToInput() => new(Address, Name, Audience ?? Platform.Content.Audience.Group, IsExported);
}
